"""Rows of mentions: queries and writes."""
