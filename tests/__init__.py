"""The suite mirrors the package; ``naive`` holds the slow and obvious twins."""
