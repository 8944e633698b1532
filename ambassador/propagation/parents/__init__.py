"""Parents the platform hides: each possible one with its probability."""
