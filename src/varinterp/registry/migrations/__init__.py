"""Alembic's environment: one revision per step of the registry's schema."""
