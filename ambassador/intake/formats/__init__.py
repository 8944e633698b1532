"""Exports that programs write always alike: one small module each, recognised by content."""
