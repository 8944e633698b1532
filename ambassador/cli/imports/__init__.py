"""Verbs about imports."""
