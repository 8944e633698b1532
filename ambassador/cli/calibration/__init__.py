"""Verbs about calibration."""
