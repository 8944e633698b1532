"""What crosses borders about campaigns."""
