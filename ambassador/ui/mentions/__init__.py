"""The mentions screens."""
