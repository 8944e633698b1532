"""Rows of devices: queries and writes."""
