"""Incidents among the mentions: the list, one opened, and what is watched for, looked at before it is.

Public names: choose_stream_or_incidents, draw_incidents.
Read in this order: choosing, listing, opened, watching.
"""

from ambassador.ui.incidents.choosing import choose_stream_or_incidents
from ambassador.ui.incidents.listing import draw_incidents

__all__ = ["choose_stream_or_incidents", "draw_incidents"]
