"""Word of mouth as arrays: networks, simulated spread, certified picks, observed cascades."""
