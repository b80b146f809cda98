"""What strings the packages together: one module a stage of the workflow."""
