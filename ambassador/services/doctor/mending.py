"""Mend what can be mended from the rows themselves; a backup is made first."""

from ambassador.config import database_name
from ambassador.i18n import mark
from ambassador.services.backups.daily import folder_of
from ambassador.services.backups.making import back_up, file_name
from ambassador.services.mentions.refresh import refresh_in
from ambassador.services.work import UnitOfWork
from ambassador.store.doctor import take_pointers_off
from ambassador.store.doctor.pointers import forget_parents, wrong_parents
from ambassador.store.doctor.stock import put_stock_right
from ambassador.store.post_words import make_words_again
from ambassador.values.backups import Backup

_NOTE = mark("put right by the doctor")


def mend(work: UnitOfWork) -> Backup:
    """Put pointers, parents, stock and everything computed right, in one transaction; give the backup."""
    url = work.engine.url.render_as_string(hide_password=False)
    folder = folder_of(url)
    folder.mkdir(parents=True, exist_ok=True)
    name = file_name(f"{database_name(url)}-before-mending", work.now())
    kept = back_up(url, folder / name, actor=work.actor)
    with work.writing() as session:
        take_pointers_off(session)
        forget_parents(session, wrong_parents(session))
        put_stock_right(session, at=work.now(), actor=work.actor, note=_NOTE)
        refresh_in(session, work)
        make_words_again(session)
    return kept
