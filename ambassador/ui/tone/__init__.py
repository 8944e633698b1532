"""What posts sound like and speak of: the likeliest complaints first, labels, how good the order is, topics.

Public names: choose_view, draw_reading, draw_topics, nothing_to_read.
Read in this order: reading, labelling, files, topics.
"""

from ambassador.ui.tone.reading import choose_view, draw_reading, nothing_to_read
from ambassador.ui.tone.topics import draw_topics

__all__ = ["choose_view", "draw_reading", "draw_topics", "nothing_to_read"]
