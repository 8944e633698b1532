"""Rows of people: queries and writes."""
