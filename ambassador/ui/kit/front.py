"""What one drawing of the app is: the menu, the header, and the page that was asked for."""

from importlib.util import module_from_spec, spec_from_file_location

from ambassador.ui.kit import header, navigation
from ambassador.ui.kit.errors import errors_shown, refuse_bad_settings


def open_page() -> None:
    """Draw the page that was asked for, and what stands around it."""
    refuse_bad_settings()
    entry = navigation.enter()
    with errors_shown():
        header.draw_header()
        _run(navigation.page_path(entry.name))


def _run(path: str) -> None:
    """Run a page's file as part of this script.

    Run by Streamlit the page would be a script of its own, and the old one be wiped away, white, before the
    new one has drawn its first line; so it stays until the new one stands in its place.
    """
    spec = spec_from_file_location("page", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    spec.loader.exec_module(module_from_spec(spec))
