"""The workspace screens."""
