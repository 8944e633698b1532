"""What was learned last, as the other rooms use it."""
