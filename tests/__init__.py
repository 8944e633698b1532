"""The suite mirrors the package; ``naive.py`` holds the slow and obvious twins."""
