"""Verbs about workspace."""
