"""What crosses borders about people."""
