"""Rows of learning: queries and writes."""
