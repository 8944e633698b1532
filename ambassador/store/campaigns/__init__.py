"""Rows of campaigns: queries and writes."""
