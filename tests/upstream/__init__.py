"""Small upstream files in their real formats, written by the tests."""
