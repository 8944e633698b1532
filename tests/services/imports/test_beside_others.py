"""One brings 5,000 posts while four others write: nobody is refused, nothing is lost, all take turns."""

from collections.abc import Callable
from multiprocessing import get_context
from queue import Empty
from time import monotonic
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event
from sqlmodel import col, func, select

from ambassador.services import work as unit
from ambassador.services.campaigns.campaigns import edit_campaign
from ambassador.services.devices.devices import (
    add_device,
    deliver_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.services.doctor import examine
from ambassador.services.imports import import_file, refresh_after
from ambassador.services.imports.pieces import AT_ONCE
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.mentions.review import label_mentions
from ambassador.services.people.edit_people import add_person
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.devices import Custody
from ambassador.store.tables.mentions import Credit, Mention, MentionLabel
from ambassador.store.tables.people import Person
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.doctor import FaultKind
from ambassador.values.drafts import DeviceDraft
from ambassador.values.people.people import NewPerson
from ambassador.values.status import ImportKind, Label
from tests.conftest import NOW
from tests.kill import no_main
from tests.services.launch import ENDS
from tests.services.talk import RULE, START, Talk

POSTS = 5_000
_HEAD = "post_id,platform,author,followers,created_at,kind,parent_id,text,likes\n"
FILE = _HEAD + "".join(
    f"p{n},x,{'nina' if n % 50 == 0 else f'u{n % 900}'},{n},2026-05-{3 + n // 1000:02d}T10:{n % 60:02d}:00Z,"
    f"{'reply' if n % 9 else 'original'},{f'p{n - 1}' if n % 9 else ''},look #q1brezza {n},{n % 40}\n"
    for n in range(POSTS)
)


class Told(NamedTuple):
    """What one process did: how often, when it had committed, what it met with."""

    name: str
    done: int
    commits: list[float]
    refused: list[str]
    longest: float
    asked_again: int
    """Times it found the database locked and asked again."""


def _bring(work: UnitOfWork, _: int) -> None:
    import_file(work, ImportKind.MENTIONS, "posts.csv", FILE.encode())
    refresh_after(work)


def _edit(work: UnitOfWork, number: int) -> None:
    draft = CampaignDraft(name="Q1 Launch", starts_on=START, ends_on=ENDS, rule=RULE, notes=f"note {number}")
    edit_campaign(work, 1, draft)


def _phone(work: UnitOfWork, number: int) -> None:
    device = add_device(work, DeviceDraft(0, "Q1", f"S{number}"))
    custody = reserve_device(work, 1, device).id
    ship_devices(work, [custody])
    deliver_device(work, custody)
    return_device(work, custody)


def _label(work: UnitOfWork, number: int) -> None:
    label_mentions(work, [1 + number % 40], list(Label)[number // 40])


def _person(work: UnitOfWork, number: int) -> None:
    add_person(work, NewPerson(f"Person {number}", "x", f"person{number}"))


ACTS: dict[str, Callable[[UnitOfWork, int], object]] = {
    "posts": _bring,
    "campaign": _edit,
    "phones": _phone,
    "labels": _label,
    "people": _person,
}


def write_until(url: str, name: str, begun: Any, through: Any, told: Any) -> None:
    """Write from the first piece of the posts until all are in, at least five times; the posts once."""
    work = UnitOfWork(open_engine(url), name, lambda: NOW)
    commits: list[float] = []
    waits: list[float] = []
    asked: list[float] = []
    refused: list[str] = []
    event.listen(work.engine, "commit", lambda _: commits.append(monotonic()))
    if name == "posts":
        event.listen(work.engine, "commit", lambda _: begun.set())
    else:
        begun.wait(60)
    pause = unit.sleep
    unit.sleep = lambda seconds: (asked.append(seconds), pause(seconds))  # type: ignore[assignment]
    done = 0
    while done < 80 and (done < 5 or not through.is_set()):
        began = monotonic()
        try:
            ACTS[name](work, done)
        except Exception as error:  # noqa: BLE001 - told to the test
            refused.append(repr(error))
        waits.append(monotonic() - began)
        done += 1
        if name == "posts":
            through.set()
            break
    told.put(Told(name, done, commits, refused, max(waits), len(asked)))
    work.engine.dispose()


@pytest.fixture
def told(work: UnitOfWork) -> dict[str, Told]:
    """Let five processes write, and give what each tells."""
    talk = Talk(work)
    talk.ambassador("nina")
    for number in range(40):
        talk.post(f"before{number}", "nina", "#q1brezza", at=number / 60)
    bring_up_to_date(work)
    start = get_context("forkserver")
    start.set_forkserver_preload([__name__])
    begun, through, answers = start.Event(), start.Event(), start.Queue()
    url = work.engine.url.render_as_string(hide_password=False)
    with no_main():
        processes = [
            start.Process(target=write_until, args=(url, name, begun, through, answers)) for name in ACTS
        ]
        for process in processes:
            process.start()
    found: dict[str, Told] = {}
    try:
        while len(found) < len(ACTS) and (answer := answers.get(timeout=120)):
            found[answer.name] = answer
    except Empty:
        pytest.fail(f"only {sorted(found)} came to an end")
    finally:
        for process in processes:
            process.join(20)
            process.kill()
    return found


@pytest.mark.slow
def test_nobody_is_refused_nothing_is_lost_and_all_take_turns(
    work: UnitOfWork, told: dict[str, Told], record_property: Callable[[str, object], None]
) -> None:
    for one in told.values():
        record_property(one.name, f"{one.done} times, longest {one.longest:.2f} s, {one.asked_again} pauses")
    assert {name: one.refused for name, one in told.items() if one.refused} == {}
    posts = told.pop("posts").commits
    assert len(posts) > POSTS // AT_ONCE[ImportKind.MENTIONS] + 1  # piece by piece
    for one in told.values():  # between the first and the last of them, and not after all of them
        assert any(posts[0] < at < posts[-1] for at in one.commits), one.name
    bring_up_to_date(work)
    with work.reading() as session:
        here = {
            row: session.exec(select(func.count()).select_from(row)).one()
            for row in (Mention, MentionLabel, Custody, Person)
        }
        notes = session.exec(select(col(Campaign.notes))).one()
        credited = session.exec(select(func.count(func.distinct(Credit.mention_id)))).one()
    assert here == {
        Mention: POSTS + 40,
        MentionLabel: told["labels"].done,
        Custody: told["phones"].done,
        Person: 1 + told["people"].done,
    }
    assert notes == f"note {told['campaign'].done - 1}"
    assert credited == POSTS + 40
    faults = examine(work.engine.url.render_as_string(hide_password=False)).faults
    assert [one for one in faults if one.kind not in {FaultKind.BACKUP, FaultKind.UNKNOWN_FILE}] == []
