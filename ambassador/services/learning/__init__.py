"""What the organisation's own past teaches: learned, checked, kept, shown, used."""
