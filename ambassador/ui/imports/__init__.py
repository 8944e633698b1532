"""The imports screens."""
