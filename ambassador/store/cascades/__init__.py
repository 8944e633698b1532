"""Rows of cascades: queries and writes."""
