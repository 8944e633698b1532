"""Rows of picks: queries and writes."""
