"""The cascades screens."""
