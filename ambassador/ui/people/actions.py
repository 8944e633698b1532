"""What can be done with people: open, add, archive, merge, erase."""

import json
from collections.abc import Sequence

from ambassador.services.backups.daily import of_the_erased
from ambassador.services.people.edit_people import add_person, archive_people, restore_people
from ambassador.services.people.erase_person import erase_person, export_person
from ambassador.services.people.merge_people import merge_people, preview_merge, undo_merge
from ambassador.services.people.person_card import open_person
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.markup import bullets
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import rich, t, t_count
from ambassador.ui.kit.workspace import current_url, current_work
from ambassador.ui.people.edit_people import person_form
from ambassador.ui.people.person_card import draw_card
from ambassador.ui.people.person_link import close_person
from ambassador.ui.people.words import said
from ambassador.values.identity import KNOWN_PLATFORMS
from ambassador.values.money import Money, money
from ambassador.values.people.people import MergePreview, NewPerson
from ambassador.values.people.person_card import PersonCard


def person_dialog(person_id: int) -> None:
    """Open one person over the page."""
    wanted = tuple(st.session_state.get("people_filter_wanted") or ())
    card = open_person(current_work(), person_id, wanted)

    @st.dialog(card.row.label, width="large", icon=":material/person:", on_dismiss=close_person)
    def ask() -> None:
        with errors_shown():
            draw_card(card, edit=person_form, more=_more)

    ask()


def add_person_dialog() -> None:
    """Ask for a person by hand."""

    @st.dialog(t("Add a person"), icon=":material/person_add:")
    def ask() -> None:
        with errors_shown(), st.form("add_person", border=False):
            new = _asked_for()
            if st.form_submit_button(t("Add"), type="primary"):
                work = current_work().noting()
                add_person(work, new)
                say_done(t("{name} was added.", name=new.name or new.handle), undo=undo_of(work))
                st.rerun()

    ask()


def merge_dialog(person_ids: Sequence[int]) -> None:
    """Show what a merge would do, and do it."""
    work = current_work()
    first = preview_merge(work, person_ids[0], person_ids[1:])
    names = {row.id: f"{row.label} ({', '.join(row.handles) or '–'})" for row in (first.kept, *first.others)}  # noqa: RUF001

    @st.dialog(t("Are these one person?"), icon=":material/merge:")
    def ask() -> None:
        with errors_shown():
            keep = st.radio(t("Keep"), list(names), format_func=names.__getitem__)
            others = [person for person in names if person != keep]
            preview = preview_merge(work, keep, others)
            _show_preview(preview)
            reason = st.text_input(t("How do you know?"))
            if st.button(t("Merge"), type="primary"):
                noting = work.noting()
                merge_people(noting, keep, others, reason)
                say_done(t("Merged into {name}.", name=preview.kept.label), undo=undo_of(noting))
                st.rerun()

    ask()


def archive(person_ids: Sequence[int]) -> None:
    """Put people away, with an undo."""
    with errors_shown():
        work = current_work().noting()
        count = archive_people(work, person_ids)
        text = t_count("{count} person was archived.", "{count} people were archived.", count)
        say_done(text, undo=undo_of(work))


def restore(person_ids: Sequence[int]) -> None:
    """Bring people back, with an undo."""
    with errors_shown():
        work = current_work().noting()
        count = restore_people(work, person_ids)
        text = t_count("{count} person is back.", "{count} people are back.", count)
        say_done(text, undo=undo_of(work))


def _asked_for() -> NewPerson:
    name = st.text_input(t("Name"))
    left, right = st.columns(2)
    platforms = sorted(KNOWN_PLATFORMS)
    with left:
        handle = st.text_input(
            t("Handle or address of the page"), help=t("Such as {example}", example="@nina")
        )
        followers = st.number_input(t("Followers"), min_value=0, value=None, placeholder=t("not known"))
        city = st.text_input(t("City"))
        email = st.text_input(t("E-mail"))
        telephone = st.text_input(t("Telephone number"))
    with right:
        platform = st.selectbox(t("Platform"), platforms, index=platforms.index("instagram"))
        fee = st.number_input(t("Usual fee (EUR)"), min_value=0.0, value=None, placeholder=t("not known"))
        topics = st.text_input(t("Topics"), help=t("Separated by commas."))
        source = st.text_input(t("How did you find them?"))
    return NewPerson(
        name=name,
        platform=platform or "",
        handle=handle,
        followers=followers,
        city=city,
        topics=tuple(part.strip() for part in topics.split(",") if part.strip()),
        email=email,
        telephone=telephone,
        fee=None if fee is None else money(str(fee)),
        source=source,
    )


def _show_preview(preview: MergePreview) -> None:
    for obstacle in preview.obstacles:
        st.error(said(obstacle))
    st.markdown(rich("**{name}** gets:", name=preview.kept.label))
    lines = [t("account {handle}", handle=handle) for handle in preview.accounts]
    lines += [t("the deal in {campaign}", campaign=campaign) for campaign in preview.campaigns]
    lines += [
        t("{field}: {value}", field=_field(name), value=value)
        for name, value in preview.filled.items()
        if name != "fee_currency"
    ]
    if preview.self_ties:
        lines.append(
            t_count(
                "{count} tie among their own accounts is left out of the network",
                "{count} ties among their own accounts are left out of the network",
                preview.self_ties,
            )
        )
    st.markdown(bullets(lines))
    st.caption(t("The others are archived. All of it can be taken back later."))


def _field(name: str) -> str:
    labels = {
        "city": t("City"),
        "country": t("Country"),
        "language": t("Language"),
        "email": t("E-mail"),
        "telephone": t("Telephone number"),
        "notes": t("Notes"),
        "fee_minor": t("Usual fee (cents)"),
        "posting_probability": t("Chance of posting"),
        "lawful_basis": t("Lawful basis"),
        "noticed_on": t("Informed on"),
    }
    return labels.get(name, name)


def _more(card: PersonCard) -> None:
    """Offer what is seldom needed: their own data, taking a merge back, archiving, erasing."""
    work = current_work()
    with st.container(horizontal=True):
        st.download_button(
            t("Everything known of them"),
            lambda: json.dumps(
                export_person(work, card.row.id), default=_plain, ensure_ascii=False, indent=1
            ),
            file_name=f"person-{card.row.id}.json",
            icon=":material/download:",
            on_click="ignore",
        )
        if card.merges and st.button(t("Take the last merge back"), icon=":material/undo:"):
            noting = work.noting()
            undo_merge(noting, card.merges[:1])
            say_done(t("They are two people again."), undo=undo_of(noting))
            close_person()
            st.rerun()
        if not card.row.archived and st.button(t("Archive"), icon=":material/archive:"):
            archive([card.row.id])
            close_person()
            st.rerun()
        _erase(card)


def _erase(card: PersonCard) -> None:
    with st.popover(t("Erase for good"), icon=":material/delete_forever:"):
        st.markdown(
            rich(
                "Name, handles, addresses, texts and notes are removed everywhere. Counts stay, nameless. "
                "A later import does not bring them back. **This cannot be taken back.**"
            )
        )
        sure = st.checkbox(t("{name} asked for it, or the law does", name=card.row.label))
        if st.button(t("Erase"), type="primary", disabled=not sure):
            count = erase_person(current_work(), card.row.id)
            done = t_count("Erased, with {count} post.", "Erased, with {count} posts.", count)
            say_done(f"{done} {_still_held()}".strip())
            close_person()
            st.rerun()


def _still_held() -> str:
    """Say that backups still hold whoever was erased, and where to renew them."""
    older = len(of_the_erased(current_url(), current_work().engine))
    if not older:
        return ""
    return t_count(
        "{count} backup still holds them: Workspace offers a fresh one in its place.",
        "{count} backups still hold them: Workspace offers a fresh one in their place.",
        older,
    )


def _plain(value: object) -> object:
    return (
        {"amount": str(value.amount), "currency": value.currency} if isinstance(value, Money) else str(value)
    )
