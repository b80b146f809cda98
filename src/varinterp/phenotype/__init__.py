"""How well a disease explains a patient's HPO terms."""
