"""What crosses borders about cascades."""
