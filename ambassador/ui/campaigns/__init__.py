"""The campaigns screens."""
