"""Make the database of a release, by its own code: ``python -m tests.store.releases.make [COMMIT]``.

Whoever adds a migration runs this once for the last commit before it: the file it writes is what
``tests/store/test_releases.py`` opens from then on. The story is told through the shell, whose words stay.
"""

import gzip
import os
import runpy
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
HANDLES = ("nina", "leo", "eva", "omar", "zoe", "ivo", "mia", "ugo", "lia", "max", "tea", "gus")
_CURRENCIES = ("EUR", "EUR", "KWD", "HUF", "XOF", "JPY")
_POSTS = 30


def _people() -> str:
    lines = ["platform,handle,name,followers,city,fee,currency"]
    lines += [
        f"x,{handle},{handle.title()} Neri,{800 - 50 * n},{'Bari' if n % 2 else 'Pisa'},"
        f"{60 + n},{_CURRENCIES[n % len(_CURRENCIES)]}"
        for n, handle in enumerate(HANDLES)
    ]
    return "\n".join(lines)


def _ties() -> str:
    pairs = {(n, (2 * n + step) % len(HANDLES)) for n in range(len(HANDLES)) for step in (1, 3, 5)}
    lines = [
        f"{HANDLES[one]},{HANDLES[other]},x,{one + other}" for one, other in sorted(pairs) if one != other
    ]
    return "\n".join(["source,target,platform,weight", *lines])


def _mentions() -> str:
    """Three starts, each answered along the ties: by a pointer, by a name in the text, or by nobody known."""
    lines = ["post_id,platform,author,followers,created_at,kind,parent_id,text,likes,views"]
    for n in range(_POSTS):
        starts = n % 10 == 0
        author = ("tea", "lia", "nina")[n // 10] if starts else HANDLES[(2 * n + 1) % len(HANDLES)]
        at = datetime(2026, 5, 3, 9, tzinfo=UTC) + timedelta(minutes=45 * n)
        answered = "" if starts or n % 3 == 0 else f"p{n - 1}"
        text = "look #brezza" if starts or n % 3 == 0 else f"so nice @{HANDLES[n % 7]}"
        kind = "original" if starts else "reply"
        lines.append(f"p{n},x,{author},{700 + n},{at.isoformat()},{kind},{answered},{text},{3 * n},{100 * n}")
    return "\n".join(lines)


def _storm() -> str:
    """Two months of little talk about something else, a post every six hours, then forty within an hour."""
    lines = ["post_id,platform,author,created_at,kind,text"]
    begins = datetime(2026, 4, 1, 6, tzinfo=UTC)
    steps = [timedelta(hours=6 * n) for n in range(240)]
    steps += [timedelta(days=59, hours=12, minutes=n) for n in range(40)]
    for n, step in enumerate(steps):
        lines.append(f"s{n},x,voice{n % 60},{(begins + step).isoformat()},original,tempesta {n}")
    return "\n".join(lines)


FILES = {
    "people.csv": _people(),
    "ties.csv": _ties(),
    "devices.csv": "model,serial,cost,currency\nBrezza,EU1,400,EUR\n"
    "Brezza,KW1,120.250,KWD\nBrezza,JP1,60000,JPY",
    "mentions.csv": _mentions(),
    "newer.csv": _mentions().replace(",711,", ",7110,").replace(",30,1000", ",99,5000"),
    "outcomes.csv": "campaign,kind,quantity,value,currency,date\n"
    "Spring,order,3,149.70,EUR,2026-05-06\nSpring,visit,40,,,2026-05-07",
    "storm.csv": _storm(),
    "votes.csv": 'voter,vote\nx:nina,"1,2"\nx:leo,2\nx:eva,1\nx:omar,"2,1"',
}
_SPRING = ("--campaign", "Spring")
_POINTS = (
    "applies", "rules", "length", "prizes", "deposit", "notice", "official", "advertising", "unclaimed",
    "ties", "pictures",
)  # fmt: skip
STORY: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("0001", "2026-04-20", ("import", "people", "people.csv")),
    ("0001", "2026-04-20", ("import", "ties", "ties.csv", "--direction", "as-listed")),
    ("0001", "2026-04-20", ("import", "devices", "devices.csv")),
    (
        "0001",
        "2026-04-21",
        ("campaign", "create", "Spring", "--starts", "2026-05-01", "--ends", "2026-05-24",
         "--currency", "EUR", "--budget", "900", "--hashtags", "brezza"),
    ),
    (
        "0001",
        "2026-04-21",
        ("campaign", "create", "Winter", "--starts", "2026-01-01", "--ends", "2026-01-31",
         "--currency", "KWD", "--budget", "900.500", "--keywords", "neve"),
    ),
    (
        "0006",
        "2026-04-21",
        ("campaign", "costs", "Spring", "--device-cost", "400", "--shipping", "8", "--costing", "whole"),
    ),
    (
        "0001",
        "2026-04-22",
        ("pick", "--count", "2", "--budget", "900", "--device-cost", "300", "--shipping", "8",
         *_SPRING, "--runs", "100", "--key", "7", "--without-fee"),
    ),
    ("0001", "2026-04-23", ("campaign", "confirm", "1", *_SPRING, "--deal", "gift")),
    ("0001", "2026-04-24", ("device", "reserve", "tea", *_SPRING)),
    ("0001", "2026-04-24", ("device", "ship", "EU1", "--courier", "DHL", "--tracking", "T1")),
    ("0001", "2026-04-28", ("device", "deliver", "EU1")),
    ("0001", "2026-04-29", ("forecast", "--pick", "1", "--runs", "100", "--key", "7")),
    ("0001", "2026-05-01", ("campaign", "launch", "Spring")),
    ("0001", "2026-05-08", ("import", "mentions", "mentions.csv")),
    ("0001", "2026-05-09", ("import", "mentions", "newer.csv")),
    ("0001", "2026-05-09", ("mentions", "label", "2", "--label", "praise")),
    ("0001", "2026-05-09", ("mentions", "review", "5", *_SPRING, "--reject")),
    ("0001", "2026-05-10", ("import", "outcomes", "outcomes.csv")),
    ("0001", "2026-05-11", ("learn",)),
    ("0001", "2026-05-11", ("calibration",)),
    (
        "0010",
        "2026-05-12",
        ("activation", "create", "Square", "--starts", "2026-05-12", "--ends", "2026-05-20",
         "--budget", "500", "--cost", "40", "--most", "2"),
    ),
    ("0010", "2026-05-12", ("activation", "idea", "Square", "1", "--title", "Benches", "--cost", "300")),
    ("0010", "2026-05-12", ("activation", "idea", "Square", "2", "--title", "Trees", "--cost", "200")),
    ("0010", "2026-05-13", ("activation", "open", "Square")),
    ("0010", "2026-05-14", ("activation", "import", "votes.csv", "--activation", "Square")),
    ("0010", "2026-05-14", ("activation", "vote", "Square", "x:zoe", "1")),
    ("0010", "2026-05-20", ("activation", "close", "Square")),
    ("0011", "2026-05-21", ("watch", "add", "mastodon", "hashtag", "#brezza")),
    (
        "0012",
        "2026-05-22",
        ("case", "add", "When does it come?", "--customer", "Ada Riva", "--contact", "ada@example.org",
         "--kind", "question", "--channel", "email", "--owner", "nina", "--at", "2026-05-22T09:00+02:00"),
    ),
    ("0012", "2026-05-22", ("case", "answer", "1", "Next week")),
    (
        "0014",
        "2026-05-23",
        ("activation", "create", "Photos", "--starts", "2026-05-23", "--ends", "2026-05-30",
         "--kind", "contest", "--jury-weight", "40"),
    ),
    *(("0014", "2026-05-23", ("activation", "law", "Photos", point, "--done")) for point in _POINTS),
    ("0014", "2026-05-23", ("activation", "open", "Photos")),
    (
        "0014",
        "2026-05-23",
        ("activation", "idea", "Photos", "--title", "Dawn", "--link", "https://a.example/1", "--by", "x:zoe"),
    ),
    ("0014", "2026-05-23", ("activation", "idea", "Photos", "--mention", "1")),
    ("0014", "2026-05-24", ("activation", "vote", "Photos", "x:nina", "1")),
    ("0014", "2026-05-24", ("activation", "mark", "Photos", "Ada Riva", "1", "8")),
    ("0014", "2026-05-24", ("activation", "mark", "Photos", "Ada Riva", "2", "5")),
    (
        "0014",
        "2026-05-25",
        ("activation", "create", "Ask us", "--starts", "2026-05-25", "--ends", "2026-05-25",
         "--kind", "questions"),
    ),
    ("0014", "2026-05-25", ("activation", "open", "Ask us")),
    ("0014", "2026-05-25", ("activation", "ask", "Ask us", "When does it come?", "--by", "x:nina")),
    ("0014", "2026-05-25", ("activation", "ask", "Ask us", "When will it come?", "--by", "x:leo")),
    ("0014", "2026-05-25", ("activation", "merge", "Ask us", "2", "--into", "1")),
    ("0014", "2026-05-25", ("activation", "answer", "Ask us", "1", "In May.", "--by", "Ada Riva")),
    (
        "0015",
        "2026-05-26",
        ("perimeter", "add", "Brand", "--words", "brezza", "--accounts", "x:nina",
         "--exclude-words", "meteo"),
    ),
    ("0015", "2026-05-26", ("view", "save", "Hers", "--perimeter", "Brand", "--search", "@nina")),
    (
        "0016",
        "2026-05-27",
        ("activation", "create", "Evening", "--starts", "2026-05-27", "--ends", "2026-05-27",
         "--kind", "moment"),
    ),
    (
        "0016",
        "2026-05-27",
        ("activation", "moment", "Evening", "--at", "2026-05-27T21:00", "--minutes", "40",
         "--medium", "television", "--place", "Channel 4", "--by", "x:tea", "--audience", "90000",
         "--expected", "12"),
    ),
    (
        "0016",
        "2026-05-28",
        ("activation", "create", "Which one", "--starts", "2026-05-04", "--ends", "2026-05-30",
         "--kind", "poll"),
    ),
    ("0016", "2026-05-28", ("activation", "idea", "Which one", "1", "--title", "Blue")),
    ("0016", "2026-05-28", ("activation", "idea", "Which one", "2", "--title", "Red")),
    ("0016", "2026-05-28", ("activation", "open", "Which one")),
    ("0016", "2026-05-28", ("activation", "replies", "Which one", "--post", "1", "--count")),
    ("0016", "2026-05-28", ("tone", "label", "2", "3", "--tone", "positive")),
    ("0016", "2026-05-28", ("tone", "label", "4", "--tone", "negative", "--random")),
    ("0016", "2026-05-28", ("perimeter", "add", "Storm", "--words", "tempesta")),
    ("0016", "2026-05-28", ("incident", "watch", "Storm", "--kinds", "spike,silence")),
    ("0016", "2026-05-31", ("import", "mentions", "storm.csv")),
)  # fmt: skip
"""Since which schema the release knows the words, the day, and what was typed."""


def make(commit: str) -> Path:
    """Tell the story with the code of a commit and keep the database under the number of its schema."""
    with tempfile.TemporaryDirectory(prefix="release") as place:
        code, folder = Path(place) / "code", Path(place) / "story"
        folder.mkdir()
        packed = subprocess.run(
            ["git", "archive", commit],
            check=True, capture_output=True, cwd=HERE.parents[2],
        )  # fmt: skip
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
            archive.extractall(code, filter="data")
        steps = (code / "ambassador" / "store" / "migrations" / "versions").glob("0*.py")
        schema = max(step.name for step in steps)[:4]
        for name, text in FILES.items():
            (folder / name).write_text(text + "\n")
        environment = {
            **os.environ, "PYTHONPATH": str(code), "AMBASSADOR_BACKUPS_KEPT": "0", "AMBASSADOR_USER": "nina",
            "AMBASSADOR_DATA_FOLDER": str(folder / "data"), "AMBASSADOR_LANGUAGE": "en",
        }  # fmt: skip
        for since, day, words in STORY:
            if since <= schema:
                command = [sys.executable, str(Path(__file__).resolve()), "--tell", day, *words]
                subprocess.run(command, check=True, cwd=folder, env=environment)
        return _keep(folder / "release.db", HERE / f"schema-{schema}.db.gz")


def _keep(database: Path, kept: Path) -> Path:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    kept.write_bytes(gzip.compress(database.read_bytes(), mtime=0))
    return kept


def _tell(day: str, words: list[str]) -> None:
    """Run one verb of whichever release stands on the path, at noon of a day."""
    from ambassador.services.work import UnitOfWork

    made = UnitOfWork.__init__.__defaults__ or ()
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    UnitOfWork.__init__.__defaults__ = (lambda: noon, *made[1:])
    sys.argv = ["ambassador", "--database", "sqlite:///release.db", *words]
    runpy.run_module("ambassador", run_name="__main__")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tell"]:
        sys.path.pop(0)  # the folder of this file
        _tell(sys.argv[2], sys.argv[3:])
    else:
        made_of = make((sys.argv[1:] or ["HEAD"])[0])
        sys.stdout.write(f"{made_of}: {made_of.stat().st_size:,} bytes\n")
