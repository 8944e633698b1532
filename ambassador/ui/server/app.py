"""The app as ``ambassador run`` serves it: ``streamlit run ambassador/ui/server/app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ambassador.config import settings
from ambassador.ui.kit.navigation import PAGES
from ambassador.ui.server import Admission, FirstPaint, StartPage

app = st.App(
    Path(__file__).with_name("front_script.py"),
    middleware=[
        Middleware(Admission, names=settings().hosts),
        Middleware(
            StartPage,
            pages=[entry.name for entry in PAGES[1:]],  # the first one's address is the start itself
            base=st.get_option("server.baseUrlPath"),
        ),
        Middleware(FirstPaint),
    ],
)
