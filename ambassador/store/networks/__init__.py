"""Rows of networks: queries and writes."""
