"""Live sources on the page of imports: what is followed, what came, run now, follow something new.

Public names: LIVE_JOB, live_section.
Read in this order: words, actions.
"""

from ambassador.ui.live.actions import LIVE_JOB, live_section

__all__ = ["LIVE_JOB", "live_section"]
