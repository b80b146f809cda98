"""This folder is importable by the tests of its own folders."""
