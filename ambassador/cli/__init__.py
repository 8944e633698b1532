"""The same services from a shell."""
