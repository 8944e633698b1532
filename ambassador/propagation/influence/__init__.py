"""Learning how probable it is that one person makes another talk."""
