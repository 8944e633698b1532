"""Kill the program at a random statement, again and again: ``python -m tests.kill --kills 1000``.

Each turn takes a database with a story in it, starts one change of it in a process of its own, ends that
process by SIGKILL before one of its statements or commits, and runs the change again. Nothing may be half
there in between, and afterwards everything has to be as if nothing had been cut off.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import Engine, event

from ambassador.errors import AmbassadorError, BadInputError, ConflictError, IllegalStatusChangeError
from ambassador.intake.live.web import Answer, Hear, Web
from ambassador.services.backups import back_up, restore
from ambassador.services.backups.archive import check_archive
from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import edit_campaign, launch_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import add_device, deliver_device, reserve_device, ship_devices
from ambassador.services.devices.stock import list_custodies
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports import pieces
from ambassador.services.imports import undo_import as undoing
from ambassador.services.imports.import_files import ImportOptions, import_file, refresh_after
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.learning.learn import learn_influence
from ambassador.services.live import add_watch, fetch_watch, list_watches
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.mentions import refresh
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.mentions.review import label_mentions, review_mentions
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.migrate import upgrade
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DeviceDraft
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.live import Watched
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.people.people import NewPerson
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import AmbassadorStatus, ImportKind, Label, Verdict
from tests.conftest import NOW
from tests.databases import empty, migrated_sqlite, postgresql_server
from tests.everything import Everything, differences, everything
from tests.jetstream import talk
from tests.live_server import Asked, comments
from tests.services.launch import ENDS, STARTS
from tests.services.live.bluesky_view import View
from tests.services.talk import Talk

HEAD = "post_id,platform,author,author_id,followers,created_at,kind,parent_id,text,likes\n"
POSTS = HEAD + "".join(
    f"p{n},x,{'nina' if n % 5 == 0 else f'u{n % 7}'},{'n' if n % 5 == 0 else f'i{n % 7}'},{90 + n},"
    f"2026-05-03T10:{n:02d}:00Z,{'reply' if n % 3 else 'original'},{f'p{n - 1}' if n % 3 else ''},"
    f"#q1brezza @u{n % 4},{n}\n"
    for n in range(24)
)
PEOPLE = "handle,platform,name,followers,city\n" + "".join(
    f"{'leo' if n == 3 else f'u{n}'},x,Person {n % 17},{50 + n},{'Bari' if n % 2 else 'Pisa'}\n"
    for n in range(24)
)
TIES = "source,target,platform,weight\n" + "".join(
    f"u{n % 7},u{(3 * n + 1) % 11},x,{n}\nnina,u{n},x,1\n" for n in range(14)
)
NEWER = POSTS.replace(",i3,", ",i3,1").replace("u5,i5", "u5_new,i5")
OUTCOMES = "campaign,kind,quantity,date\nQ1 Launch,order,3,2026-05-06\nQ1 Launch,visit,40,2026-05-07\n"
_NUMBERED = re.compile(r"\bP-\d+")
AS_IT_IS = ImportOptions(answers={"direction": "as-listed"})
_PIECE = 9
"""Rows of a piece here, so that a small file is many."""


@contextmanager
def small_pieces() -> Iterator[None]:
    """Write and take back few rows at a time."""
    kept, undone, computed = dict(pieces.AT_ONCE), undoing.AT_ONCE, refresh.AT_ONCE
    pieces.AT_ONCE.update(dict.fromkeys(kept, _PIECE))
    undoing.AT_ONCE = refresh.AT_ONCE = _PIECE
    try:
        yield
    finally:
        pieces.AT_ONCE.update(kept)
        undoing.AT_ONCE, refresh.AT_ONCE = undone, computed


@dataclass(frozen=True)
class Change:
    """One change that is cut off: made by numbers that the story gives, and run again as a person would."""

    run: Callable[[UnitOfWork], object]


def _bring(kind: ImportKind, text: str, name: str) -> Callable[[UnitOfWork], object]:
    def run(work: UnitOfWork) -> None:
        import_file(work, kind, name, text.encode(), AS_IT_IS)
        refresh_after(work)

    return run


def _move_phone(work: UnitOfWork) -> None:
    """Reserve, send and deliver; a person who comes back goes on where it stopped."""
    with suppress(ConflictError):
        reserve_device(work, 1)
    custody = list_custodies(work)[-1].id
    with suppress(IllegalStatusChangeError):
        ship_devices(work, [custody])
    with suppress(IllegalStatusChangeError):
        deliver_device(work, custody)


def _courier(work: UnitOfWork) -> None:
    with suppress(ConflictError):
        reserve_device(work, 1)
    reference = list_custodies(work)[-1].reference
    text = f"reference,status,date\n{reference},delivered,2026-05-12T09:30:00Z\n"
    _bring(ImportKind.COURIER, text, "courier.csv")(work)


def _once(act: Callable[[UnitOfWork], object]) -> Callable[[UnitOfWork], object]:
    """Run what says the second time that it is done already."""

    def run(work: UnitOfWork) -> None:
        with suppress(ConflictError, IllegalStatusChangeError):
            act(work)
        bring_up_to_date(work)

    return run


def _edit_rules(work: UnitOfWork) -> None:
    rule = MatchRuleDraft(hashtags=("other",), keywords=("u1", "u2"))
    edit_campaign(work, 1, CampaignDraft(name="Q1 Launch", starts_on=STARTS, ends_on=ENDS, rule=rule))
    bring_up_to_date(work)


def _paste(work: UnitOfWork) -> None:
    typed = PastedMention(platform="x", handle="nina", text="typed #q1brezza", campaign_id=1)
    paste_mention(work, typed, token="once")  # noqa: S106 - of a form


def _archive(work: UnitOfWork) -> Path:
    """Name the backup that lies beside a database for one turn."""
    return Path(work.actor.removeprefix("tester:")) / "turn.zip"


def _back_up(work: UnitOfWork) -> None:
    """Back up; where a file of that name is there already, it has to be whole."""
    with suppress(BadInputError):
        back_up(_url(work), _archive(work), actor="tester")
    check_archive(_archive(work))


def _restore(work: UnitOfWork) -> None:
    """Restore; a place that holds rows already refuses, and then has to hold all of them."""
    with suppress(AmbassadorError):
        restore(_archive(work), _url(work))


def _url(work: UnitOfWork) -> str:
    return work.engine.url.render_as_string(hide_password=False)


class _Scripted(Web):
    """Answers without a network; each request is a moment to be killed at."""

    def send(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Answer as the small servers of the tests do."""
        del method, headers, body
        for count in _heard:
            count()
        parts = urlsplit(url)
        lists = parse_qs(parts.query)
        asked = Asked(parts.path, {name: one for name, (one, *_) in lists.items()}, {}, lists)
        status, told, said = (_VIEW if "/xrpc/" in parts.path else comments(20))(asked)
        return Answer(status, told, json.dumps(said).encode())

    @contextmanager
    def listening(self, url: str) -> Iterator[Hear]:
        """Tell of a talk, as Jetstream does; each message is a moment to be killed at."""
        after = int(parse_qs(urlsplit(url).query).get("cursor", ["0"])[0])
        left = [one for one in talk() if json.loads(one)["time_us"] >= after]

        def hear(_: float) -> str | None:
            for count in _heard:
                count()
            return left.pop(0) if left else None

        yield hear


def _view() -> View:
    """Let three accounts of Bluesky post, answer, quote and share."""
    view = View()
    posts = [view.say("nina", f"3a{n:02d}", n, f"hello {n} #brezza") for n in range(12)]
    under = {"parent": {"uri": posts[0]}, "root": {"uri": posts[0]}}
    view.say("leo", "3b", 20, "so nice", reply=under)
    view.say("eva", "3c", 21, "look", embed={"record": {"uri": posts[1]}})
    view.share("leo", "3d", 22, posts[2])
    view.share("nina", "3e", 23, posts[3])
    return view


_VIEW = _view()
_HERE = "http://127.0.0.1:1"
_FOLLOWED = (
    Watched("youtube", "video", "vid-brezza1"),
    Watched("bluesky", "account", "nina.example", _HERE),
    Watched("bluesky", "followers", "nina.example", _HERE),
    Watched("bluesky", "hashtag", "brezza", _HERE),
    Watched("bluesky", "jetstream", "brezza", _HERE),
)


def _fetch(work: UnitOfWork) -> None:
    """Fetch what is followed, of every kind; whoever comes back goes on where it was cut off."""
    for number, watched in enumerate(_FOLLOWED):
        if number == len(list_watches(work)):
            add_watch(work, watched)
        watch = list_watches(work)[number]
        if watch.ended_at is None:
            way = FetchOptions(secret=lambda _: "key", web=_Scripted)
            report = fetch_watch(work, watch.id, way)
            assert report.watch.failure is None
    bring_up_to_date(work)


CHANGES: Mapping[str, Change] = {
    "import": Change(_bring(ImportKind.MENTIONS, NEWER, "newer.csv")),
    "people": Change(_bring(ImportKind.PEOPLE, PEOPLE, "people.csv")),
    "ties": Change(_bring(ImportKind.TIES, TIES, "ties.csv")),
    "outcomes": Change(_bring(ImportKind.OUTCOMES, OUTCOMES, "outcomes.csv")),
    "fetch": Change(_fetch),
    "undo": Change(_once(lambda work: undo_import(work, 1))),
    "erase": Change(_once(lambda work: erase_person(work, 1))),
    "merge": Change(_once(lambda work: merge_people(work, 2, [3]))),
    "rules": Change(_edit_rules),
    "review": Change(lambda work: review_mentions(work, [1, 2, 5], 1, Verdict.REJECTED)),
    "paste": Change(_paste),
    "label": Change(lambda work: label_mentions(work, [1, 3], Label.COMPLAINT)),
    "launch": Change(_once(lambda work: launch_campaign(work, 1))),
    "answer": Change(lambda work: answer(work, 1, AmbassadorStatus.DECLINED)),
    "learn": Change(learn_influence),
    "pick": Change(lambda work: pick_ambassadors(work, PickRequest(2, key=7, runs=50))),
    "forecast": Change(lambda work: forecast(work, ForecastRequest(handles=("nina",), key=7, runs=50))),
    "phone": Change(_move_phone),
    "courier": Change(_courier),
    "backup": Change(_back_up),
    "restore": Change(_restore),
    "migrate": Change(lambda work: upgrade(work.engine)),
}


def story(work: UnitOfWork) -> None:
    """Write what the changes are about: a campaign, people, a phone, posts."""
    launched = Talk(work)
    launched.ambassador("nina")
    for handle in ("leo", "eva"):
        add_person(work, NewPerson(handle.title(), "x", handle))
    invite_people(work, launched.campaign, [2])
    add_device(work, DeviceDraft(0, "Q1", "S1"))
    _bring(ImportKind.MENTIONS, POSTS, "posts.csv")(work)


def _child(url: str, actor: str, name: str, last: int) -> None:
    """Make the change and end by force before the given statement."""
    work = UnitOfWork(open_engine(url), actor, lambda: NOW)
    passed = 0

    def count(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with small_pieces(), _counted(count):
        CHANGES[name].run(work)


def steps_of(work: UnitOfWork, name: str) -> int:
    """Make the change whole and count its statements and commits."""
    passed: list[int] = []

    def count(*_: object) -> None:
        passed.append(1)

    with small_pieces(), _counted(count):
        CHANGES[name].run(work)
    return len(passed)


_MOMENTS = ("before_cursor_execute", "commit")
_OF_FILES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"})
"""What backups do besides statements, as the interpreter names it to those who audit it."""
_heard: list[Callable[..., None]] = []


@contextmanager
def _counted(count: Callable[..., None]) -> Iterator[None]:
    """Call before each statement and commit of any engine, and before each step with files."""
    if not _auditing:
        _auditing.append(True)
        sys.addaudithook(_audit)
    for moment in _MOMENTS:
        event.listen(Engine, moment, count)  # restoring opens engines of its own
    _heard.append(count)
    try:
        yield
    finally:
        _heard.remove(count)
        for moment in _MOMENTS:
            event.remove(Engine, moment, count)


_auditing: list[bool] = []
"""Whether this process is audited: a hook stays for good."""


def _audit(name: str, _: object) -> None:
    if name in _OF_FILES:
        for count in _heard:
            count()


@dataclass
class Tally:
    """What was tried, and what was wrong."""

    kills: int = 0
    by_change: Counter[str] = field(default_factory=Counter)
    """Kills of each change."""
    finished: int = 0
    """Times the change was through before it could be killed."""
    faults: tuple[str, ...] = ()


def _standing(work: UnitOfWork) -> Everything:
    """All that stands there, but for the numbers in our references: PostgreSQL leaves gaps in them."""
    return {
        name: Counter({_NUMBERED.sub("P-", row): count for row, count in rows.items()})
        for name, rows in everything(work).items()
    }


@contextmanager
def no_main() -> Iterator[None]:
    """Keep a new process from running the main module again: after a test of a page that is the page."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class Killer:
    """Kills changes of one kind of database."""

    def __init__(self, fresh: Callable[[str], UnitOfWork], chance: random.Random) -> None:
        self._fresh, self._chance = fresh, chance
        self._whole: dict[str, tuple[int, Everything]] = {}
        self._start = get_context("forkserver")
        self._start.set_forkserver_preload(["tests.kill"])

    def turn(self, name: str, tally: Tally) -> None:
        """Kill one change once, look at what is left, run it again and compare."""
        if name not in self._whole:
            work = self._fresh(name)
            self._whole[name] = steps_of(work, name), _standing(work)
            work.engine.dispose()
        steps, right = self._whole[name]
        work = self._fresh(name)
        url = work.engine.url.render_as_string(hide_password=False)
        last = self._chance.randrange(1, steps + 1)
        child = self._start.Process(target=_child, args=(url, work.actor, name, last))
        with no_main():
            child.start()
        child.join(120)
        killed = child.exitcode == -signal.SIGKILL
        tally.kills, tally.finished = tally.kills + killed, tally.finished + (not killed)
        tally.by_change[name] += killed
        faults = list(self._broken(work))
        if not killed and child.exitcode:
            faults.append(f"it ended by itself with {child.exitcode}")
        try:
            with small_pieces():
                CHANGES[name].run(work)
                bring_up_to_date(work)
            now = _standing(work)
            if now != right:
                faults.append(f"differs: {differences(right, now)}")  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            faults.append(f"again: {error!r}")
        work.engine.dispose()
        tally.faults += tuple(f"{name}, statement {last} of {steps}: {fault}" for fault in faults)

    def _broken(self, work: UnitOfWork) -> Iterator[str]:
        if work.engine.dialect.name != "sqlite":
            return
        with work.engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if found != "ok" or orphans:
            yield f"integrity: {found}, {len(orphans)} orphans"


@contextmanager
def sqlite_killer(chance: random.Random) -> Iterator[Killer]:
    """Give a killer whose databases are copies of one file."""
    with tempfile.TemporaryDirectory(prefix="kill") as place:
        folder = Path(place)
        template = migrated_sqlite(folder)
        work = UnitOfWork(open_engine(f"sqlite:///{template}"), "tester", lambda: NOW)
        story(work)
        with work.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        work.engine.dispose()
        number = 0

        def fresh(name: str) -> UnitOfWork:
            nonlocal number
            number += 1
            for old in folder.glob("turn*"):
                old.unlink()
            copy = folder / f"turn-{number}.db"
            work = UnitOfWork(open_engine(f"sqlite:///{copy}"), f"tester:{folder}", lambda: NOW)
            if name == "migrate":
                _oldest(copy)
            elif name == "restore":
                back_up(f"sqlite:///{template}", _archive(work), actor="tester")
            else:
                shutil.copy(template, copy)
            return work

        yield Killer(fresh, chance)


@contextmanager
def postgresql_killer(chance: random.Random, url: str) -> Iterator[Killer]:
    """Give a killer whose one database is emptied and told the story again before every turn."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()

    with tempfile.TemporaryDirectory(prefix="kill") as folder:

        def fresh(name: str) -> UnitOfWork:
            work = UnitOfWork(open_engine(url), f"tester:{folder}", lambda: NOW)
            empty(work.engine)
            story(work)
            _archive(work).unlink(missing_ok=True)
            if name == "restore":
                back_up(url, _archive(work), actor="tester")
                empty(work.engine)
            return work

        yield Killer(fresh, chance)


def _oldest(copy: Path) -> None:
    import gzip

    packed = Path(__file__).with_name("store") / "releases" / "schema-0001.db.gz"
    copy.write_bytes(gzip.decompress(packed.read_bytes()))


def kill_often(killer: Killer, kills: int, names: list[str]) -> Tally:
    """Kill so many times, each change in turn."""
    tally = Tally()
    while tally.kills + tally.finished < kills:
        killer.turn(names[(tally.kills + tally.finished) % len(names)], tally)
    return tally


def main() -> int:
    """Kill as often as the command says and print what was tried and what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--change", choices=list(CHANGES), action="append", help="this one alone")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    on_postgresql = asked.kills // 4
    with sqlite_killer(chance) as killer:
        tallies = {"SQLite": kill_often(killer, asked.kills - on_postgresql, asked.change or list(CHANGES))}
    names = [name for name in asked.change or CHANGES if name != "migrate"]
    with postgresql_server() as url, postgresql_killer(chance, url) as killer:
        tallies["PostgreSQL"] = kill_often(killer, on_postgresql, names)
    for database, tally in tallies.items():
        head = f"{database}: {tally.kills} killed, {tally.finished} were through before"
        each = ", ".join(f"{name} {count}" for name, count in sorted(tally.by_change.items()))
        lines = [f"{head}; {len(tally.faults)} faults", f"  killed: {each}"]
        lines += [f"  {fault}" for fault in tally.faults]
        sys.stdout.write("\n".join(lines) + "\n")
    return sum(len(tally.faults) for tally in tallies.values()) > 0


if __name__ == "__main__":
    sys.exit(import_module("tests.kill").main())  # by its name: what a new process runs must be found there
