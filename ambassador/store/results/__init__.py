"""Rows of results: queries and writes."""
