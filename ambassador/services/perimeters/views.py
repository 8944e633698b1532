"""Views of the list of mentions that somebody kept, for everybody who works here."""

from dataclasses import replace

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.perimeters.reading import filter_in
from ambassador.services.work import UnitOfWork
from ambassador.store.perimeters import views as store
from ambassador.values.mentions.search import parse_search
from ambassador.values.perimeters import SavedView, SavedViewDraft


def save_view(work: UnitOfWork, draft: SavedViewDraft) -> int:
    """Keep a view of the mentions under a name, and give its number.

    Examples
    --------
    >>> save_view(work, SavedViewDraft("Battery", search="battery"))
    1
    """
    name = " ".join(draft.name.split())
    if not name:
        raise BadInputError(mark("A view needs a name"))
    parse_search(draft.search)
    with work.writing() as session:
        if draft.perimeter is not None:
            filter_in(session, draft.perimeter)
        kept = replace(draft, name=name, search=draft.search.strip())
        return store.add_view(session, kept, at=work.now(), actor=work.actor)


def list_views(work: UnitOfWork) -> tuple[SavedView, ...]:
    """List the views by name.

    Examples
    --------
    >>> list_views(work)
    ()
    """
    with work.reading() as session:
        return store.list_views(session)


def find_view(work: UnitOfWork, name: str) -> SavedView:
    """Return the view of this name or number.

    Examples
    --------
    >>> number = save_view(work, SavedViewDraft("Battery", search="battery"))
    >>> find_view(work, "battery").draft.search
    'battery'
    """
    with work.reading() as session:
        return store.find_view(session, name)


def remove_view(work: UnitOfWork, view_id: int) -> None:
    """Let go of a view; the mentions stay.

    Examples
    --------
    >>> remove_view(work, save_view(work, SavedViewDraft("Battery", search="battery")))
    >>> list_views(work)
    ()
    """
    with work.writing() as session:
        store.remove_view(session, view_id)
