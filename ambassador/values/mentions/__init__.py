"""What crosses borders about mentions."""
