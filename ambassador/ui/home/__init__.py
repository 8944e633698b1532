"""The home screens."""
