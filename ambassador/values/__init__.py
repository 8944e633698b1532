"""What crosses borders: frozen dataclasses, states and spellings. Standard library only."""
