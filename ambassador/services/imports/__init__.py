"""Files coming in: looked at, asked about, written whole or not at all, taken back."""
