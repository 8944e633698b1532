"""The front door: the menu, the header, and the page that was asked for."""

from ambassador.ui.kit.front import open_page

if __name__ == "__main__":  # worker processes of a cluster on this machine import it under another name
    open_page()
