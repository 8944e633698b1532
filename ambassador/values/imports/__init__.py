"""What crosses borders about imports."""
