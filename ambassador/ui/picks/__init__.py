"""The picks screens."""
