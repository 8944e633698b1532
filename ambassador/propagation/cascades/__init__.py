"""Observed cascades: logs, forests of mentions, their size, depth and shape."""
