"""The front door: the menu, the header, and the page that was asked for."""

from ambassador.ui import header, navigation
from ambassador.ui.errors import errors_shown

page = navigation.enter()
with errors_shown():
    header.draw_header()
    page.run()
