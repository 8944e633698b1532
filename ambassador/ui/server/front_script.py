"""The front door as the server runs it: no folder ``pages`` stands beside it, whose file names would show."""

from ambassador.ui.kit.front import open_page

if __name__ == "__main__":  # worker processes of a cluster on this machine import it under another name
    open_page()
