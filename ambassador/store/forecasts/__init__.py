"""Rows of forecasts: queries and writes."""
