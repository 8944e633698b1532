"""What crosses borders about networks."""
