"""How the app is served: Streamlit behind a gate that lets in only this app's own pages.

Public names: Admission, FirstPaint, StartPage, may_enter.
Read in this order: admission, start_page, first_paint; then app, which is what ``ambassador run`` starts.
"""

from ambassador.ui.server.admission import Admission, may_enter
from ambassador.ui.server.first_paint import FirstPaint
from ambassador.ui.server.start_page import StartPage

__all__ = ["Admission", "FirstPaint", "StartPage", "may_enter"]
