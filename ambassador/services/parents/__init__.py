"""Parents a platform hides: named in texts, or inferred with their probabilities."""
