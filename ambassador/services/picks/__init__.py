"""Picking ambassadors: from what is known to a recorded choice, what it rests on, what else it could be."""
