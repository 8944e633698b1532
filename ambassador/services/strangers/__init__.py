"""What the organisation's past says of strangers: whom a post brings, and nobody named before."""
