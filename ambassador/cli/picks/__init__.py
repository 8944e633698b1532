"""Verbs about picks."""
