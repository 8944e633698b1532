"""NUL and half characters, wherever text comes in: refused in words or left out, on both databases."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ambassador.cli.main import main
from ambassador.errors import AmbassadorError, BadInputError
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.devices.devices import add_device
from ambassador.services.devices.dispatch import change_sending_rule, sending_rules
from ambassador.services.imports.import_files import import_file
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.people.edit_people import add_person, edit_people
from ambassador.services.people.people import list_people
from ambassador.services.people.person_card import open_person
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.schema import metadata
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DeviceDraft
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.people.people import NewPerson, PeopleFilter, PersonEdit
from ambassador.values.status import ImportKind
from tests.services.brought import bring

HALVES = ("\ud800", "\udfff", "\udcff", "\ude00")
"""Half characters as damaged text and file names that are no Unicode bring them."""
DAY = date(2026, 5, 1)


def _import(kind: ImportKind, head: str, row: str) -> Callable[[UnitOfWork, str], object]:
    def run(work: UnitOfWork, text: str) -> None:
        content = f"{head}\n{row.format(text=text)}\n".encode("utf-8", "surrogatepass")
        import_file(work, kind, f"{text}.csv", content)

    return run


def _shell(*arguments: str) -> Callable[[UnitOfWork, str], object]:
    def run(work: UnitOfWork, text: str) -> None:
        url = work.engine.url.render_as_string(hide_password=False)
        main(["--database", url, *(one.replace("TEXT", text) for one in arguments)])

    return run


def _json_import(work: UnitOfWork, text: str) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in text if ord(letter) < 0x10000)
    content = f'[{{"handle": "lia", "platform": "x", "name": "{escaped}"}}]'
    bring(work, ImportKind.PEOPLE, content, name="people.json")


INTO: Mapping[str, Callable[[UnitOfWork, str], object]] = {
    "name": lambda work, text: add_person(work, NewPerson(text, "x", "nina")),
    "handle": lambda work, text: add_person(work, NewPerson("Nina", "x", text)),
    "topics": lambda work, text: add_person(work, NewPerson("Nina", "x", "nina", topics=(text,))),
    "edit": lambda work, text: edit_people(work, [PersonEdit(1, {"notes": text})]),
    "search": lambda work, text: list_people(work, PeopleFilter(search=text, cities=(text,))),
    "campaign": lambda work, text: create_campaign(work, CampaignDraft(text, DAY, DAY, notes=text)),
    "rule": lambda work, text: create_campaign(
        work, CampaignDraft("Q1", DAY, DAY, rule=MatchRuleDraft(hashtags=(text,), keywords=(text,)))
    ),
    "our accounts": lambda work, text: set_brand_accounts(work, [f"x:{text}"]),
    "phone": lambda work, text: add_device(work, DeviceDraft(0, text, text)),
    "sender": lambda work, text: change_sending_rule(
        work, sending_rules(work).unsigned, text, sending_rules(work)
    ),
    "typed mention": lambda work, text: paste_mention(
        work, PastedMention(link=text, platform="x", handle="nina", text=text), "form-1"
    ),
    "people file": _import(ImportKind.PEOPLE, "handle,platform,city,topics", "lia,x,{text},{text}"),
    "posts file": _import(
        ImportKind.MENTIONS, "post_id,platform,author,created_at,text", "p,x,lia,2026-05-03T10:00:00Z,{text}"
    ),
    "ties file": _import(ImportKind.TIES, "source,target,platform", "lia,{text},x"),
    "phones file": _import(ImportKind.DEVICES, "model,serial", "{text},{text}"),
    "JSON file": _json_import,
    "shell, search": _shell("people", "list", "--search", "TEXT"),
    "shell, person": _shell("people", "show", "TEXT"),
    "shell, file": _shell("import", "people", "/tmp/TEXT.csv"),  # noqa: S108 - a name only
}


def unstorable() -> st.SearchStrategy[str]:
    """Give a text with at least one NUL or half character somewhere in it."""
    around = st.text(st.characters(codec="utf-8", exclude_characters='\0\r\n",'), max_size=5)
    return st.tuples(around, st.sampled_from(("\0", *HALVES)), around).map("".join)


def stored(work: UnitOfWork) -> str:
    """Give every row of every table."""
    with work.engine.connect() as connection:
        return "".join(str(connection.execute(select(table)).all()) for table in metadata.sorted_tables)


@pytest.mark.parametrize("into", INTO)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=unstorable())
def test_it_is_refused_in_words_or_left_out_and_never_stored(work: UnitOfWork, into: str, text: str) -> None:
    try:
        INTO[into](work, text)
    except AmbassadorError as error:
        str(error).encode()  # can be shown
    left = stored(work)
    assert "\\x00" not in left
    assert "\\u0000" not in left
    assert "\\ud" not in left


def test_a_whole_character_beyond_the_first_plane_is_kept(work: UnitOfWork) -> None:
    number = add_person(work, NewPerson("Nina 😀", "x", "nina", topics=("😀", "a\\u0000b")))
    noting = work.noting()
    edit_people(noting, [PersonEdit(number, {"topics": ("🎉",)})])
    take_back(work, noting.kept or ())
    assert open_person(work, number).row.topics == ("😀", "a\\u0000b")


def test_the_refusal_says_which_text(work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="“Ni\ufffdna” holds a character that is none"):
        add_person(work, NewPerson("Ni\0na", "x", "nina"))
