"""What crosses borders about results."""
