"""The network of ties: read, ruled, drawn, played through, written out."""
