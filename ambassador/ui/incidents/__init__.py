"""Incidents among the mentions: the list, one opened, what is watched for; complaints beside a promotion.

Public names: choose_stream_or_incidents, draw_complaints, draw_incidents.
Read in this order: choosing, listing, opened, watching, complaints.
"""

from ambassador.ui.incidents.choosing import choose_stream_or_incidents
from ambassador.ui.incidents.complaints import draw_complaints
from ambassador.ui.incidents.listing import draw_incidents

__all__ = ["choose_stream_or_incidents", "draw_complaints", "draw_incidents"]
