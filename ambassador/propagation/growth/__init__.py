"""Where a running cascade is heading, and how large one will be."""
