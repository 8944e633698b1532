"""The calibration screens."""
