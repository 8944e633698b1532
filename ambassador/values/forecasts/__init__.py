"""What crosses borders about forecasts."""
