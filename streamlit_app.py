"""The front door: the menu, the header, and the page that was asked for."""

from ambassador.ui.kit import header, navigation
from ambassador.ui.kit.errors import errors_shown, refuse_bad_settings

if __name__ == "__main__":  # worker processes of a cluster on this machine import it under another name
    refuse_bad_settings()
    page = navigation.enter()
    with errors_shown():
        header.draw_header()
        page.run()
