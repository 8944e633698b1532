"""Who made whom talk: trees with seen and inferred parents, measured, drawn, and where they are heading."""
