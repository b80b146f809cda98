"""Stored documents: JSON that lives for years, validated when read, one version at a time."""
