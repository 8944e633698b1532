"""Tests of the word-of-mouth engine."""
