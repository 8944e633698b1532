"""What crosses borders about picks."""
