"""Files go in whole or not at all, twice adds nothing, and an import can be taken back."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ambassador.errors import AllOrNothingError, AnswerNeededError, CancelledError
from ambassador.services.imports.import_files import ImportOptions, import_file, preview_import
from ambassador.services.people.erase_person import erase_person
from ambassador.store.tables.devices import Device
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.mentions import Mention, MentionLabel, MentionMetrics
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows
from tests.services.launch import add_launch

PEOPLE, TIES, MENTIONS, DEVICES = ImportKind.PEOPLE, ImportKind.TIES, ImportKind.MENTIONS, ImportKind.DEVICES
REVERSED = ImportOptions(answers={"direction": "reversed"})

LIST = (
    "Nome;Handle;Piattaforma;Follower;Compenso;Città\n"
    "Lia Rossi;@lia;ig;12,4k;300 €;Bari\n"
    "Anna Bi;anna;tiktok;412.000;N/D;\n"
)
FOLLOWS = "follower,followed\nl1,a\nl2,a\nl2,b\n"
POSTS = (
    "post_id,platform,author,created_at,kind,parent_id,root_id,likes,label\n"
    "p0,x,lia,2026-03-01T10:00:00Z,original,,,10,\n"
    "p1,x,anna,2026-03-01T11:00:00Z,reply,p0,p0,1,complaint\n"
    "p2,x,ugo,2026-03-01T12:00:00Z,repost,,p0,,\n"
)


def totals(work):
    tables = (Account, Person, Snapshot, Tie, Mention, MentionMetrics, MentionLabel, Device)
    return {table.__name__: len(rows(work, table)) for table in tables}


def test_people_come_with_their_accounts_and_dated_figures(work):
    assert counts(bring(work, PEOPLE, LIST)) == (2, 0, 0, 0)
    lia, anna = rows(work, Person)
    assert (lia.name, lia.city, lia.fee_minor, lia.fee_currency) == ("Lia Rossi", "Bari", 30_000, "EUR")
    assert (anna.fee_minor, anna.city) == (None, None)
    assert [(one.platform, one.handle, one.person_id) for one in rows(work, Account)] == [
        ("instagram", "lia", lia.id),
        ("tiktok", "anna", anna.id),
    ]
    assert [one.followers for one in rows(work, Snapshot)] == [12_400, 412_000]


@pytest.mark.parametrize(
    ("kind", "content", "options"),
    [(PEOPLE, LIST, None), (TIES, FOLLOWS, REVERSED), (MENTIONS, POSTS, None)],
)
def test_the_same_file_twice_adds_nothing(work, kind, content, options):
    first = bring(work, kind, content, options)
    before = totals(work)
    again = bring(work.at(work.now() + timedelta(days=3)), kind, content, options)
    assert counts(again) == (0, 0, first.added, 0)
    assert again.batch_id is None
    assert totals(work) == before


def test_a_newer_list_updates_what_it_says_and_erases_nothing(work):
    bring(work, PEOPLE, LIST)
    newer = (
        "Handle;Piattaforma;Follower;Compenso;Città\nlia;ig;13k;;Roma\nanna;tiktok;412.000;;\nugo;ig;5;;\n"
    )
    later = work.at(work.now() + timedelta(days=7))
    assert counts(bring(later, PEOPLE, newer, name="b.csv")) == (1, 1, 1, 0)
    lia = rows(work, Person)[0]
    assert (lia.city, lia.fee_minor, lia.name) == ("Roma", 30_000, "Lia Rossi")
    mine = [one for one in rows(work, Snapshot) if one.account_id == rows(work, Account)[0].id]
    assert [(one.followers, one.read_at) for one in mine] == [(12_400, work.now()), (13_000, later.now())]


def test_an_old_file_coming_back_does_not_undo_what_a_newer_one_said(work):
    bring(work, PEOPLE, LIST)
    newer = "Handle;Piattaforma;Follower;Città\nlia;ig;13k;Roma\n"
    bring(work.at(work.now() + timedelta(days=7)), PEOPLE, newer, name="b.csv")
    assert counts(bring(work.at(work.now() + timedelta(days=9)), PEOPLE, LIST)) == (0, 0, 2, 0)
    assert rows(work, Person)[0].city == "Roma"


def test_the_same_person_twice_in_one_file_is_one_person_and_stays_so(work):
    double = "handle,platform,followers\nlia,ig,10\n@LIA,instagram,12\n"
    report = bring(work, PEOPLE, double)
    assert counts(report) == (1, 1, 0, 0)
    assert [(one.line, one.what, one.before, one.after) for one in report.changes] == [
        (3, "@lia", "10", "12")
    ]
    assert counts(bring(work, PEOPLE, double)) == (0, 0, 2, 0)
    assert [one.followers for one in sorted(rows(work, Snapshot), key=lambda one: one.read_at)] == [10, 12]


def test_influence_flows_from_the_followed_to_the_follower(work):
    bring(work, TIES, FOLLOWS, REVERSED)
    names = {one.id: one.handle for one in rows(work, Account)}
    assert {(names[tie.source_id], names[tie.target_id]) for tie in rows(work, Tie)} == {
        ("a", "l1"),
        ("a", "l2"),
        ("b", "l2"),
    }


def test_new_accounts_are_numbered_in_the_order_of_the_file(work):
    """A set would number them otherwise in every process, and every pick and forecast would move with it."""
    names = [f"p{place * 37 % 101}" for place in range(40)]
    lines = [f"{source},{target},x\n" for source, target in pairwise(names)]
    listed = ImportOptions(answers={"direction": "as-listed"})
    bring(work, TIES, "source,target,platform\n" + "".join(lines), listed)
    assert [account.handle for account in rows(work, Account)] == names


def test_direction_is_asked_once_for_each_layout(work):
    with pytest.raises(AnswerNeededError) as caught:
        bring(work, TIES, FOLLOWS)
    assert caught.value.questions[0].kind is QuestionKind.DIRECTION
    bring(work, TIES, FOLLOWS, REVERSED)
    report = bring(work, TIES, "follower,followed\nz,a\n", name="more.csv")
    assert report.added == 1
    assert [str(note) for note in report.notes] == [
        "direction used: the first of each row hears from the second"
    ]


def test_ties_without_a_platform_go_where_most_of_their_people_are_known(work):
    bring(work, PEOPLE, LIST)
    bring(work, TIES, "follower,followed\nlia,nina\n", REVERSED)
    assert {(one.platform, one.handle) for one in rows(work, Account)} >= {("instagram", "nina")}
    assert len(rows(work, Account)) == 3


def test_accounts_without_a_platform_take_the_first_one_a_file_states(work):
    bring(work, TIES, FOLLOWS, REVERSED)
    bring(work, PEOPLE, "handle,platform\na,ig\n")
    named_a = [one for one in rows(work, Account) if one.handle == "a"]
    assert [(one.platform, one.person_id is not None) for one in named_a] == [("instagram", True)]


def test_a_changed_weight_updates_the_tie(work):
    weights = "source,target,weight\na,b,1\na,c,2\n"
    options = ImportOptions(answers={"direction": "as-listed"})
    bring(work, TIES, weights, options)
    assert counts(bring(work, TIES, weights.replace("a,c,2", "a,c,5"), options)) == (0, 1, 1, 0)
    assert [tie.weight for tie in rows(work, Tie)] == [1.0, 5.0]


def test_posts_know_their_parents_and_where_the_platform_hides_them(work):
    assert counts(bring(work, MENTIONS, POSTS)) == (3, 0, 0, 0)
    root, reply, repost = rows(work, Mention)
    assert (reply.parent_observed_id, reply.parent_inferred_id) == (root.id, None)
    assert (repost.parent_observed_id, repost.parent_inferred_id) == (None, root.id)
    assert repost.inferred_by == "platform hides it"
    assert [one.likes for one in rows(work, MentionMetrics)] == [10, 1]
    assert [one.mention_id for one in rows(work, MentionLabel)] == [reply.id]


def test_next_weeks_export_of_the_same_posts_updates_their_figures(work):
    bring(work, MENTIONS, POSTS)
    later = work.at(work.now() + timedelta(days=7))
    assert counts(bring(later, MENTIONS, POSTS.replace(",10,", ",25,"), name="w2.csv")) == (0, 1, 2, 0)
    root = rows(work, Mention)[0]
    mine = [(one.likes, one.read_at) for one in rows(work, MentionMetrics) if one.mention_id == root.id]
    assert mine == [(10, work.now()), (25, later.now())]


def test_an_account_that_changed_its_handle_keeps_its_row(work):
    post = "post_id,platform,author,author_id,created_at\n{},x,{},77,2026-03-01T10:00:00Z\n"
    bring(work, MENTIONS, post.format("p1", "lia"))
    bring(work, MENTIONS, post.format("p2", "lia_new"))
    assert [(one.handle, one.native_id) for one in rows(work, Account)] == [("lia_new", "77")]
    assert len({one.account_id for one in rows(work, Mention)}) == 1


def test_devices_are_one_by_serial_or_imei(work):
    first = "model,serial,imei,cost\nQ1,S1,490154203237518,599\nQ1,S2,356938035643809,599\n"
    assert counts(bring(work, DEVICES, first)) == (2, 0, 0, 0)
    second = "model,serial,imei,colour\nQ1,,490154203237518,nero\nQ1,S2,,\nQ1,S1,356938035643809,\nQ1,S9,,\n"
    report = bring(work, DEVICES, second, name="b.csv")
    assert counts(report) == (1, 1, 1, 1)
    assert report.rejected_rows[0].line == 4
    assert [one.colour for one in rows(work, Device)] == ["nero", "", ""]


def test_bad_rows_stand_aside_and_the_rest_goes_in(work):
    report = bring(work, PEOPLE, "handle,platform,followers\nlia,ig,10\nanna,ig,tanti\n")
    assert counts(report) == (1, 0, 0, 1)
    assert (report.rejected_rows[0].line, report.rejected_rows[0].file) == (3, "file.csv")


def test_all_or_nothing_writes_nothing_when_a_row_is_bad(work):
    with pytest.raises(AllOrNothingError, match="line 3") as caught:
        bring(
            work,
            PEOPLE,
            "handle,platform,followers\nlia,ig,10\nanna,ig,tanti\n",
            ImportOptions(all_or_nothing=True),
        )
    assert caught.value.report.rejected == 1
    assert not rows(work, Person)
    assert not rows(work, ImportBatch)


def test_all_or_nothing_also_counts_rows_the_database_refuses(work):
    bring(work, DEVICES, "model,serial,imei\nQ1,S1,490154203237518\nQ1,S2,356938035643809\n")
    with pytest.raises(AllOrNothingError):
        bring(
            work,
            DEVICES,
            "model,serial,imei\nQ1,S9,\nQ1,S1,356938035643809\n",
            ImportOptions(all_or_nothing=True),
            name="b.csv",
        )
    assert len(rows(work, Device)) == 2


def test_an_import_stopped_half_way_leaves_nothing(work):
    def stop(done, total, stage):
        if stage == "Writing" and done:
            raise CancelledError("stopped")

    many = "follower,followed\n" + "".join(f"l{i},a{i % 7}\n" for i in range(5_000))
    with pytest.raises(CancelledError):
        import_file(work, TIES, "t.csv", many.encode(), REVERSED, progress=stop)
    assert totals(work) == dict.fromkeys(totals(work), 0)
    assert not rows(work, ImportBatch)


_KILLED = """
import os, signal, sys
from ambassador.services.people.erase_person import erase_person
from ambassador.services.imports.import_files import ImportOptions, import_file
from ambassador.services.work import open_workspace
from ambassador.values.status import ImportKind

def die(done, total, stage):
    if stage == "Writing" and done:
        os.kill(os.getpid(), signal.SIGKILL)

many = "follower,followed\\n" + "".join(f"l{i},a{i % 7}\\n" for i in range(5_000))
work = open_workspace(sys.argv[1], actor="tester")
options = ImportOptions(answers={"direction": "reversed"})
import_file(work, ImportKind.TIES, "t.csv", many.encode(), options, progress=die)
"""


def test_a_killed_process_leaves_nothing_and_the_next_import_goes_through(sqlite_work):
    url = str(sqlite_work.engine.url)
    done = subprocess.run([sys.executable, "-c", _KILLED, url], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    assert totals(sqlite_work) == dict.fromkeys(totals(sqlite_work), 0)
    assert bring(sqlite_work, TIES, FOLLOWS, REVERSED).added == 3


def test_two_imports_of_one_file_at_the_same_time_make_one_set_of_rows(work):
    reports, problems = [], []
    start = threading.Barrier(2)

    def go():
        start.wait()
        try:
            reports.append(bring(work, MENTIONS, POSTS))
        except Exception as problem:  # noqa: BLE001 - shown below
            problems.append(problem)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert sorted(counts(report) for report in reports) == [(0, 0, 3, 0), (3, 0, 0, 0)]
    assert len(rows(work, Mention)) == 3


def test_a_preview_writes_nothing_and_uses_the_mapping_confirmed_before(work):
    odd = "chi;dove\nlia;ig\n"
    options = ImportOptions(columns={"handle": "chi", "platform": "dove"})
    preview = preview_import(work, PEOPLE, "o.csv", odd.encode(), options)
    assert preview.mapping.columns == {"handle": "chi", "platform": "dove"}
    assert not rows(work, Person)
    bring(work, PEOPLE, odd, options)
    again = preview_import(work, PEOPLE, "o2.csv", b"chi;dove\nanna;ig\n")
    assert again.mapping.columns == {"handle": "chi", "platform": "dove"}


def test_times_without_a_zone_are_read_in_the_zone_of_the_campaigns(work):
    add_launch(work)
    bring(
        work.at(datetime(2026, 7, 2, tzinfo=UTC)),
        MENTIONS,
        "post_id,platform,author,created_at\np,x,lia,2026-07-01 18:00\n",
    )
    assert rows(work, Mention)[0].posted_at.hour == 16


@pytest.mark.parametrize(
    ("kind", "content", "options"),
    [
        (PEOPLE, "handle,platform\nlia,ig\nnina,ig\n", None),
        (TIES, "follower,followed,platform\nlia,nina,ig\nnina,zoe,ig\n", REVERSED),
        (MENTIONS, "post_id,platform,author,created_at\np,ig,lia,2026-03-01\nq,ig,nina,2026-03-01\n", None),
    ],
)
def test_somebody_who_asked_to_be_forgotten_does_not_come_back(work, kind, content, options):
    bring(work, PEOPLE, "handle,platform\nlia,ig\n", name="first.csv")
    erase_person(work, rows(work, Person)[0].id)
    report = bring(work, kind, content, options)
    assert (report.added, report.rejected) == (1, 1)
    assert "forgotten" in str(report.rejected_rows[0])
    assert not [one for one in rows(work, Account) if one.handle == "lia" and one.erased_at is None]
