"""What follows from an import follows for good: killed at any moment, locked out, or told late."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from ambassador.errors import ConflictError
from ambassador.services.calibration.calibration import check_calibration
from ambassador.services.campaigns.campaigns import edit_campaign
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.cascades.growth import observe_growth
from ambassador.services.imports.import_files import refresh_after
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.learning.learned_view import learn_overview
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale, refresh_mentions
from ambassador.services.mentions.review import decide_in
from ambassador.services.results.report import report_file
from ambassador.services.results.results import observe_results, observed_by_day
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, Snapshot
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import ImportKind, MentionKind, Verdict
from tests.conftest import NOW
from tests.services.brought import bring, counts, rows
from tests.services.talk import START, Talk

MENTIONS = ImportKind.MENTIONS
HEAD = "post_id,platform,author,author_id,followers,created_at,kind,parent_id,text,likes\n"
POSTS = (
    HEAD
    + "a,x,nina,7,900,2026-05-03T10:00:00Z,original,,here it is #q1brezza,10\n"
    + "b,x,ugo,8,40,2026-05-03T11:00:00Z,reply,a,nice,1\n"
    + "c,x,eva,9,60,2026-05-03T12:00:00Z,reply,b,really,\n"
)
_CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import event
from ambassador.services.imports.import_files import refresh_after
from ambassador.services.imports.import_files import import_file
from ambassador.services.work import open_workspace
from ambassador.values.status import ImportKind

url, file, last, now = sys.argv[1:]
work = open_workspace(url, actor="tester").at(datetime.fromisoformat(now))
passed = 0

def count(*_):
    global passed
    passed += 1
    if passed == int(last):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(work.engine, "before_cursor_execute", count)
import_file(work, ImportKind.MENTIONS, "posts.csv", Path(file).read_bytes())
refresh_after(work)
"""


def told(work: UnitOfWork, campaign: int) -> object:
    """Everything that rests on the posts, without numbers of rows."""
    credit = credit_table(work, campaign)
    results = observe_results(work, campaign)
    return (
        sorted(row.post_id for row in rows(work, Mention)),
        [(one.name, one.mentions, one.people, one.own_posts) for one in credit.by_ambassador],
        (results.total.talkers, results.total.mentions, results.unattributed.mentions),
        [(row.handle, row.figures.talkers, row.own_posts) for row in results.rows],
        observe_cascades(work, campaign).people,
    )


def story(work: UnitOfWork) -> int:
    talk = Talk(work)
    talk.ambassador("nina")
    refresh_mentions(work)
    return talk.campaign


@pytest.fixture
def whole(sqlite_template, tmp_path):
    """Give what an import that nothing cut off leaves, and how many statements it took."""
    (tmp_path / "whole").mkdir()
    from tests.databases import copy_sqlite

    engine = open_engine(copy_sqlite(sqlite_template, tmp_path / "whole"))
    work = UnitOfWork(engine, "tester", lambda: NOW)
    campaign, passed = story(work), []
    event.listen(engine, "before_cursor_execute", lambda *_: passed.append(1))
    bring(work, MENTIONS, POSTS)
    refresh_after(work)
    found = len(passed), told(work, campaign)
    engine.dispose()
    return found


def test_an_import_killed_at_any_moment_and_sent_again_equals_one_that_was_not(work, whole, tmp_path):
    campaign = story(work)
    steps, right = whole
    file = tmp_path / "posts.csv"
    file.write_text(POSTS)
    url = work.engine.url.render_as_string(hide_password=False)
    killed = []
    for share in (0.2, 0.6, 0.5):  # the third finds some of it worked out already
        last = str(round(share * steps))
        called = [sys.executable, "-c", _CHILD, url, str(file), last, NOW.isoformat()]
        done = subprocess.run(called, env=os.environ, check=False)
        killed.append(done.returncode == -signal.SIGKILL)
        here = len(rows(work, Mention))
        assert here in {0, 3}  # all of the file or nothing of it
        if here:
            assert is_stale(work)  # and then whoever comes next knows that figures are not right yet
    assert killed == [True, True, True]
    bring(work, MENTIONS, POSTS)
    refresh_after(work)
    assert told(work, campaign) == right
    assert not is_stale(work)


def test_the_same_file_again_finishes_what_was_cut_off(work):
    campaign = story(work)
    assert counts(bring(work, MENTIONS, POSTS)) == (3, 0, 0, 0)  # killed here: nothing followed
    assert observe_results(work, campaign).total.talkers == 0
    assert counts(bring(work, MENTIONS, POSTS)) == (0, 0, 3, 0)
    refresh_after(work)
    assert observe_results(work, campaign).total.talkers == 3
    assert not bring_up_to_date(work)


def test_a_mark_written_while_others_recompute_stays(work):
    from ambassador.store.stale import mark_stale, stale_marks, take_marks

    with work.writing() as session:
        mark_stale(session)
        seen = stale_marks(session)
        mark_stale(session, 5)
        take_marks(session, list(seen))
        assert list(stale_marks(session).values()) == [5]


def test_an_edit_of_the_rules_is_marked_until_its_campaign_is_matched_anew(work):
    campaign = story(work)
    bring(work, MENTIONS, POSTS)
    refresh_after(work)
    draft = CampaignDraft(name="Q1 Launch", starts_on=START, ends_on=datetime(2026, 5, 24, tzinfo=UTC).date())
    edit_campaign(work, campaign, draft)
    assert not is_stale(work)  # neither rule nor dates changed
    edit_campaign(
        work,
        campaign,
        CampaignDraft(
            name=draft.name, starts_on=START, ends_on=draft.ends_on, rule=MatchRuleDraft(hashtags=("other",))
        ),
    )
    assert is_stale(work)
    refresh_mentions(work, campaign)
    assert not is_stale(work)
    assert observe_results(work, campaign).total.talkers == 0


def test_followers_and_names_of_a_newer_export_are_kept_and_can_be_taken_back(work):
    bring(work, MENTIONS, POSTS)
    newer = POSTS.replace(",900,", ",950,").replace("x,ugo,", "x,ugo_new,")
    assert counts(bring(work, MENTIONS, newer, name="newer.csv")) == (0, 2, 1, 0)
    assert max(one.followers or 0 for one in rows(work, Snapshot)) == 950
    assert "ugo_new" in {one.handle for one in rows(work, Account)}
    assert len(rows(work, ImportBatch)) == 2
    undo_import(work, list_imports(work)[0].id)
    assert {one.handle for one in rows(work, Account)} == {"nina", "ugo", "eva"}
    assert max(one.followers or 0 for one in rows(work, Snapshot)) == 900


@pytest.mark.parametrize(
    ("moment", "enters"),
    [
        ("9999-12-31T23:59:59Z", False),
        ("1989-12-31T23:59:59Z", False),
        ("2026-05-14T10:00:00Z", False),  # two days and half an hour from now
        ("1990-01-01T00:00:00Z", True),
        ("2026-05-14T09:00:00Z", True),
    ],
)
def test_a_post_from_no_possible_day_is_refused_and_the_others_enter(work, moment, enters):
    report = bring(work, MENTIONS, POSTS + f"d,x,pia,10,5,{moment},original,,#q1brezza,1\n")
    assert (report.added, report.rejected) == ((4, 0) if enters else (3, 1))
    if not enters:
        assert "no post can be from then" in report.rejected_rows[0].reason


def test_who_finds_the_database_held_is_told_what_is_in(sqlite_work, monkeypatch):
    monkeypatch.setattr("ambassador.services.work.LOCK_SECONDS", 1)
    bring(sqlite_work, MENTIONS, POSTS)
    engine = sqlite_work.engine
    event.listen(engine, "connect", lambda opened, _: opened.execute("PRAGMA busy_timeout = 10"))
    other = open_engine(engine.url.render_as_string())
    engine.dispose()
    with UnitOfWork(other, "other").writing():
        with pytest.raises(ConflictError, match="rows of the file are in"):
            refresh_after(sqlite_work)
        with pytest.raises(ConflictError, match="for 1 seconds"):
            bring(sqlite_work, MENTIONS, POSTS + "e,x,pia,10,5,2026-05-04T10:00:00Z,original,,no,1\n")
    other.dispose()
    refresh_after(sqlite_work)
    assert len(list_mentions(sqlite_work, MentionFilter()).rows) == 3


@pytest.mark.parametrize("year", [1, 9999])
def test_a_post_of_the_year_9999_that_is_in_already_stops_nothing(work, year):
    campaign = story(work)
    bring(work, MENTIONS, POSTS)
    refresh_after(work)
    with work.writing() as session:
        ugo = next(one.id for one in rows(work, Account) if one.handle == "ugo")
        row = Mention(
            platform="x",
            post_id="far",
            account_id=ugo,
            kind=MentionKind.ORIGINAL,
            posted_at=datetime(year, 12, 31, 23, 59, tzinfo=UTC),
            text="#q1brezza",
            recorded_at=NOW,
        )
        session.add(row)
        session.flush()
        decide_in(session, work, [row.id], campaign, Verdict.MATCHED)
    refresh_mentions(work)
    assert observe_results(work, campaign).total.mentions == 4
    assert observe_cascades(work, campaign).mentions == observe_cascades(work).mentions == 4
    assert list_mentions(work, MentionFilter(campaign_id=campaign)).figures.mentions == 4
    assert len(observed_by_day(work, campaign)) <= 365 + 24
    assert report_file(work, campaign, "html", "en")
    observe_growth(work, campaign)
    check_calibration(work)
    learn_overview(work)
