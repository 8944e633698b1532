"""What follows from posts is worked out beside others: whatever they do meanwhile, it ends right."""

import pytest
from sqlalchemy import delete, event
from sqlmodel import col

from ambassador.services.mentions import refresh
from ambassador.services.mentions.match_mentions import judge_mentions
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale, refresh_in, refresh_mentions
from ambassador.services.mentions.review import review_mentions
from ambassador.store.doctor import read_derived
from ambassador.store.mentions.matching import known_matches
from ambassador.store.stale import mark_stale
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign
from ambassador.values.status import Verdict
from tests.services.brought import rows
from tests.services.talk import Talk


@pytest.fixture
def talk(work):
    talk = Talk(work)
    talk.ambassador("nina")
    talk.post("a", "nina", "#q1brezza")
    for number in range(25):
        talk.post(f"b{number}", f"u{number % 4}", "yes @nina", parent="a", at=number + 1)
    mark(work)
    return talk


def mark(work, campaign=None):
    with work.writing() as session:
        mark_stale(session, campaign)


def right(work):
    """Check that what stands is what comes out where nobody else is there."""
    with work.reading() as session:
        stands = read_derived(session)
    with work.writing() as session:
        refresh_in(session, work)
        found = read_derived(session)
    return stands == found


def once(monkeypatch, name, act):
    """Do something the first time a step has been worked out and not been written yet."""
    real, done = getattr(refresh, name), []

    def beside(*arguments):
        found = real(*arguments)
        found = list(found) if name == "share_mentions" else found
        if not done:
            done.append(1)
            act()
        return found

    monkeypatch.setattr(refresh, name, beside)
    return done


@pytest.mark.parametrize("step", ["judge_mentions", "share_mentions"])
def test_what_a_person_decides_meanwhile_stays_and_is_worked_out_too(work, talk, monkeypatch, step):
    def decide() -> None:
        review_mentions(work, [talk.posts["b3"]], talk.campaign, Verdict.REJECTED)

    done = once(monkeypatch, step, decide)
    bring_up_to_date(work)
    assert done
    assert right(work)
    assert not is_stale(work)
    with work.reading() as session:
        known = known_matches(session, talk.campaign, [talk.posts["b3"]])[talk.posts["b3"]]
        assert (known.verdict, known.by_hand) == (Verdict.REJECTED, True)
    assert talk.posts["b3"] not in {row.mention_id for row in rows(work, Credit)}


def test_posts_that_go_meanwhile_are_left_out(work, talk, monkeypatch):
    gone = talk.posts["b24"]

    def remove() -> None:
        with work.writing() as session:
            session.execute(delete(Mention).where(col(Mention.id) == gone))

    done = once(monkeypatch, "judge_mentions", remove)
    bring_up_to_date(work)
    assert done
    assert right(work)
    assert gone not in {row.mention_id for row in rows(work, MentionCampaign)}


def test_of_two_who_work_it_out_the_later_writes_nothing_older(work, talk, monkeypatch):
    """The first read before the rules changed; the other has changed them and is through by then."""

    def change_rule_and_finish() -> None:
        with work.writing() as session:
            session.get(Mention, talk.posts["b1"]).parent_post_id = ""
            session.get(Mention, talk.posts["b1"]).parent_observed_id = None
            mark_stale(session)
        refresh_mentions(work)

    done = once(monkeypatch, "judge_mentions", change_rule_and_finish)
    bring_up_to_date(work)
    assert done
    assert right(work)
    assert talk.posts["b1"] not in {row.mention_id for row in rows(work, MentionCampaign)}


def test_who_is_overtaken_again_and_again_does_it_while_others_wait(work, talk, monkeypatch):
    tries = []

    def always(*arguments):
        tries.append(1)
        with work.writing() as session:
            refresh.next_turn(session)
        return judge_mentions(*arguments)

    monkeypatch.setattr(refresh, "judge_mentions", always)
    bring_up_to_date(work)
    assert len(tries) == refresh._ROUNDS
    assert not is_stale(work)
    assert right(work)


def test_a_writing_holds_no_more_rows_than_a_piece(work, talk, monkeypatch):
    monkeypatch.setattr(refresh, "AT_ONCE", 5)
    written, most = [0], []

    def count(_connection, cursor, statement, *_):
        tables = ("mention_campaign", "credit", "tie")
        if statement.startswith(
            tuple(f"{verb} {table}" for verb in ("INSERT INTO", "COPY") for table in tables)
        ):
            written[0] += cursor.rowcount

    def committed(_connection) -> None:
        most.append(written[0])
        written[0] = 0

    event.listen(work.engine, "after_cursor_execute", count)
    event.listen(work.engine, "commit", committed)
    bring_up_to_date(work)
    event.remove(work.engine, "after_cursor_execute", count)
    event.remove(work.engine, "commit", committed)
    assert 0 < max(most) <= 5
    assert sum(most) > 50
    assert right(work)


def test_a_mark_of_one_campaign_leaves_the_others_and_the_parents_alone(work, talk, monkeypatch):
    bring_up_to_date(work)
    other = talk.add_campaign("Q2", None)
    bring_up_to_date(work)
    judged = []

    def note(session, wanted):
        judged.append(list(wanted))
        return judge_mentions(session, wanted)

    monkeypatch.setattr(refresh, "judge_mentions", note)
    monkeypatch.setattr(refresh, "named_parents", lambda _: pytest.fail("nothing of posts has changed"))
    mark(work, other)
    bring_up_to_date(work)
    assert judged == [[other]]
    assert not is_stale(work)
