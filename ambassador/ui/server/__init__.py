"""How the app is served: Streamlit behind a gate that lets in only this app's own pages.

``admission`` says which requests come in and what every answer forbids a browser to do; ``app`` is what
``ambassador run`` starts.
"""
