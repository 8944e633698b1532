"""The forecasts screens."""
