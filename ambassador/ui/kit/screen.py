"""Streamlit as every screen uses it, ``from ambassador.ui.kit.screen import st``: what it is given is text.

Each call below escapes the texts Streamlit would read as Markdown, unless they are :class:`Markup`. A name of
Streamlit's that stands in neither list is refused, so that nobody can show a text from outside by a new way
before saying which of its texts are read as Markdown; a test compares the lists with Streamlit's own words.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Final

import streamlit

from ambassador.ui.kit.markup import shown

_FIELD: Final = ("label", "help")
_CHOICE: Final = ("label", "help", "options")
_LINE: Final = ("body", "help")
_BOX: Final = ("body", "title")
FORMATTED: Final[Mapping[str, tuple[str, ...]]] = {
    "button": _FIELD,
    "caption": _LINE,
    "checkbox": _FIELD,
    "date_input": _FIELD,
    "dialog": ("title",),
    "download_button": _FIELD,
    "error": _BOX,
    "expander": ("label",),
    "file_uploader": _FIELD,
    "form_submit_button": _FIELD,
    "header": _LINE,
    "info": _BOX,
    "link_button": _FIELD,
    "markdown": _LINE,
    "metric": ("label", "value", "delta", "help"),
    "multiselect": _FIELD,
    "number_input": _FIELD,
    "page_link": _FIELD,
    "pills": _CHOICE,
    "popover": _FIELD,
    "progress": ("text",),
    "radio": (*_CHOICE, "captions"),
    "segmented_control": _CHOICE,
    "selectbox": _FIELD,
    "subheader": _LINE,
    "success": _BOX,
    "table": ("data",),
    "tabs": ("tabs",),
    "text_area": _FIELD,
    "text_input": _FIELD,
    "time_input": _FIELD,
    "title": _LINE,
    "toast": ("body",),
    "toggle": _FIELD,
    "warning": _BOX,
}
"""Which texts of a call are read as Markdown."""
UNFORMATTED: Final = frozenset(
    {
        "Page",  # titles of pages are our own words
        "altair_chart",
        "bottom",
        "cache_resource",
        "code",
        "columns",
        "container",
        "context",
        "data_editor",
        "dataframe",
        "form",
        "fragment",
        "navigation",
        "query_params",
        "rerun",
        "secrets",
        "session_state",
        "set_page_config",
        "sidebar",
        "stop",
        "switch_page",
    }
)
"""What shows its texts as they are, or shows none."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    f"{kind}Column": ("help",)
    for kind in ("Checkbox", "Date", "Datetime", "LineChart", "Link", "Number", "Selectbox", "Text")
}
"""The same of the kinds of columns: labels and cells are shown as they are."""


class Screen:
    """A part of Streamlit with its texts shown as text."""

    def __init__(self, part: object, formatted: Mapping[str, tuple[str, ...]], *others: str) -> None:
        self._part = part
        self._formatted = formatted
        self._others = frozenset(others)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever Streamlit calls by that name
        """What Streamlit calls by that name, once it is known what it does with texts."""
        if name in self._formatted:
            call = _as_text(getattr(self._part, name), self._formatted[name])
            setattr(self, name, call)
            return call
        if name not in self._others:
            raise AttributeError(f"say in {__name__} which texts of {name} are read as Markdown")
        return getattr(self._part, name)


def _as_text(call: Callable[..., Any], texts: tuple[str, ...]) -> Callable[..., Any]:
    parameters = signature(call)

    @wraps(call)
    def showing(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the call itself
        given = parameters.bind(*arguments, **options)
        for name in texts:
            if name == "options":
                given.arguments["format_func"] = _option(given.arguments.get("format_func", str))
            elif name in given.arguments:
                given.arguments[name] = _all_shown(given.arguments[name])
        return call(*given.args, **given.kwargs)

    return showing


def _option(written: Callable[[Any], object]) -> Callable[[Any], str]:
    return lambda option: shown(str(written(option)))


def _all_shown(value: Any) -> Any:  # noqa: ANN401 - a text, several, a table of them, or nothing
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {_all_shown(name): _all_shown(one) for name, one in value.items()}
    return [_all_shown(one) for one in value] if isinstance(value, list | tuple) else value


if TYPE_CHECKING:
    import streamlit as st
else:
    st = Screen(streamlit, FORMATTED, *UNFORMATTED, "column_config")
    st.column_config = Screen(streamlit.column_config, COLUMNS)

__all__ = ["COLUMNS", "FORMATTED", "UNFORMATTED", "Screen", "st"]
