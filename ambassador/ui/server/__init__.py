"""How the app is served: Streamlit behind a gate that lets in only this app's own pages.

Public names: Admission, may_enter.
Read in this order: admission; then app, which is what ``ambassador run`` starts.
"""

from ambassador.ui.server.admission import Admission, may_enter

__all__ = ["Admission", "may_enter"]
