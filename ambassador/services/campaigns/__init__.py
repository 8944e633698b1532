"""Campaigns and their ambassadors: made, staffed, launched, chased, closed."""
