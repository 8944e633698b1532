"""Rows of imports: queries and writes."""
