"""How long others who write wait while many posts come in: ``python -m benchmarks.writers``."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from ambassador.errors import ConflictError
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.imports import import_file, refresh_after
from ambassador.services.people.edit_people import add_person
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.services.workspace import ScoreSettings, change_score_settings, score_settings
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.people.people import NewPerson
from ambassador.values.status import ImportKind
from benchmarks.rows import Row

POSTS, WRITERS, AUTHORS = 20_000, 12, 12_000
STARTS = 0.3
START = datetime(2026, 5, 1, tzinfo=UTC)
NOW = START + timedelta(days=12)


def writer_rows() -> Iterator[Row]:
    """Import posts while twelve others save a setting again and again."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/writers.db"
        work = open_workspace(url, actor="importer").at(NOW)
        people_and_campaign(work)
        command = [sys.executable, "-m", "benchmarks.writers", url]
        others = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        while score_settings(work).weights.get("reach", 0.0) <= 1.0:
            time.sleep(0.1)  # until they are at it
        began = time.monotonic()
        import_file(work, ImportKind.MENTIONS, "posts.csv", posts().encode())
        imported = time.monotonic() - began
        refresh_after(work)
        whole = time.monotonic() - began
        (Path(folder) / "stop").touch()
        told = json.loads(others.communicate()[0])
    longest, refused = max(one["longest"] for one in told), sum(one["refused"] > 0 for one in told)
    saves = round(sum(one["saves"] for one in told))
    yield Row(
        f"{POSTS:,} posts imported beside {WRITERS} who write",
        "nobody refused, nobody waits for more than 3 s",
        f"in after {imported:.1f} s, credited after {whole:.1f} s; {refused} of {WRITERS} refused, "
        f"{saves:,} saves, the longest wait {longest:.1f} s",
    )


def posts(count: int = POSTS) -> str:
    """Give made-up posts: a third starts of cascades, the others answers."""
    rng = Random(1)  # noqa: S311 - made-up posts
    lines = ["post_id,platform,author,author_id,followers,created_at,kind,parent_id,text,likes,views"]
    for number in range(count):
        author = number % WRITERS if number < 5 * WRITERS else WRITERS + rng.randrange(AUTHORS)
        at = (START + timedelta(seconds=40 * number)).isoformat()
        starts = number < 5 * WRITERS or rng.random() < STARTS
        parent = "" if starts else f"p{rng.randrange(number)}"
        text = f"look #launch {number}" if starts else f"nice @u3 {number}"
        kind = "original" if starts else "reply"
        lines.append(
            f"p{number},x,u{author},{author + 1},{rng.randrange(10**5)},{at},{kind},{parent},{text},"
            f"{rng.randrange(500)},{rng.randrange(9_000)}"
        )
    return "\n".join(lines)


def people_and_campaign(work: UnitOfWork) -> None:
    """Invite a dozen to a campaign."""
    people = [add_person(work, NewPerson(f"U{number}", "x", f"u{number}")) for number in range(WRITERS)]
    rule = MatchRuleDraft(hashtags=("launch",))
    draft = CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24), rule=rule)
    invite_people(work, create_campaign(work, draft), people)


def _others(url: str) -> None:
    """Let a dozen save settings until told to stop, each on its own connection, and say what they met."""
    with ThreadPoolExecutor(WRITERS) as pool:
        print(json.dumps(list(pool.map(partial(_save, url), range(WRITERS)))), flush=True)


def _save(url: str, number: int) -> dict[str, float]:
    work = open_workspace(url, actor=f"writer {number}")
    stop = Path(url.removeprefix("sqlite:///")).with_name("stop")
    longest, refused, saves = 0.0, 0, 0
    while not stop.exists() and stop.parent.exists():
        began = time.monotonic()
        try:
            change_score_settings(work, ScoreSettings({"reach": 2.0 + number}, 1 + number))
            saves += 1
        except ConflictError:
            refused += 1
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.5)
    return {"longest": longest, "refused": refused, "saves": saves}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _others(sys.argv[1])
    else:
        for row in writer_rows():
            print(f"{row.what}: {row.measured} ({row.target})")
