"""The screens' kit; with ``pages/`` and ``streamlit_app.py`` the only place that knows streamlit."""
