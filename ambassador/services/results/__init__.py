"""What came of it: counted, costed, logged, reported."""
