"""What crosses borders about calibration."""
