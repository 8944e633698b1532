"""Verbs about cascades."""
