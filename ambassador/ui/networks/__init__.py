"""The networks screens."""
