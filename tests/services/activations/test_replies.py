"""Votes counted from replies: one a person, the latest; unclear ones listed; nothing comes twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import func, select

from ambassador.errors import AmbassadorError
from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.entries import put_idea
from ambassador.services.activations.polls import count_poll
from ambassador.services.activations.replies import (
    count_replies,
    decide_reply,
    read_replies,
    set_poll_post,
)
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import take_back, undo_of
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.activations import Ballot, BallotChoice, ReplyVote
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.reply_votes import RepliesView, ReplyState
from ambassador.values.activations.states import ActivationKind, ActivationStatus
from ambassador.values.status import MentionKind
from tests.conftest import NOW
from tests.people_samples import add, made
from tests.services.activations.rounds import draft, opened, polled

AT = datetime(2026, 5, 3, 10, tzinfo=UTC)
_S = ReplyState


def said(
    work: UnitOfWork, handle: str, text: str, under: int | None = None, minute: int = 0, **more: object
) -> int:
    """Let somebody, new or known, post or reply."""
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.handle == handle)).first()
        if account is None:
            account = Account(platform="instagram", handle=handle, created_at=NOW)
            add(session, account)
        row = Mention(
            platform="instagram", post_id=f"{handle}-{minute}-{text[:20]}", account_id=account.id or 0,
            posted_at=AT + timedelta(minutes=minute), recorded_at=NOW, text=text, parent_observed_id=under,
            kind=MentionKind.REPLY if under else MentionKind.ORIGINAL, **more,
        )  # fmt: skip
        add(session, row)
        return row.id or 0


def asked(work: UnitOfWork) -> tuple[int, int]:
    number, post = polled(work), said(work, "brand", "Which colour? 1 red, 2 blue")
    set_poll_post(work, number, post)
    return number, post


def view(work: UnitOfWork, number: int) -> RepliesView:
    found = read_replies(work, number)
    assert found is not None
    return found


def states(work: UnitOfWork, number: int) -> dict[str, str]:
    return {one.text: one.state.value for one in view(work, number).replies}


def votes(work: UnitOfWork, number: int) -> dict[str, int]:
    return {one.key: one.votes for one in count_poll(work, number).options}


def test_replies_are_counted_listed_and_counted_again_without_adding(work: UnitOfWork) -> None:
    number, post = asked(work)
    texts = {"ann": "1", "bob": "Blue!", "cyd": "nice", "dan": "1 or 2", "eve": "not red", "fay": "2️⃣"}
    for minute, (who, text) in enumerate(texts.items()):
        said(work, who, text, post, minute)
    said(work, "brand", "1 is my own", post, 50)
    late = said(work, "gil", "1", post, 60 * 24 * 60)
    assert states(work, number)["Blue!"] == "to_count"
    report = count_replies(work, number)
    assert (report.added, report.changed, report.removed, report.to_decide) == (3, 0, 0, 3)
    assert votes(work, number) == {"1": 1, "2": 2}
    found = view(work, number)
    assert {one.text: str(one.why) for one in found.replies if one.state is _S.TO_DECIDE} == {
        "nice": "names no option clearly",
        "1 or 2": "names several options",
        "not red": "turns something down",
    }  # fmt: skip
    outside = {one.mention_id: str(one.why) for one in found.replies if one.state is _S.OUTSIDE}
    assert outside[late] == "came outside the days of the poll"
    assert len(outside) == 2
    again = count_replies(work, number)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    said(work, "hal", "red", post, 9)
    assert count_replies(work, number).added == 1
    assert votes(work, number) == {"1": 2, "2": 2}


def test_a_later_reply_changes_the_vote_and_accounts_of_one_person_have_one(work: UnitOfWork) -> None:
    number, post = asked(work)
    ann, other = made(work, "ann"), made(work, "ann.too")
    merge_people(work, ann, [other])
    said(work, "ann", "1", post, 1)
    said(work, "ann.too", "blue", post, 5)
    said(work, "bob", "2", post, 2)
    said(work, "bob", "red", post, 3)
    assert count_replies(work, number).added == 4
    assert votes(work, number) == {"1": 1, "2": 1}
    assert count_poll(work, number).participation.replaced == 2


def test_a_person_decides_and_lets_the_words_decide_again(work: UnitOfWork) -> None:
    number, post = asked(work)
    both, dog = said(work, "ann", "1 or 2", post), said(work, "bob", "1", post)
    count_replies(work, number)
    decide_reply(work, number, both, ["blue"])
    decide_reply(work, number, dog, [])
    assert votes(work, number) == {"1": 0, "2": 1}
    count_replies(work, number)
    assert votes(work, number) == {"1": 0, "2": 1}
    assert states(work, number) == {"1 or 2": "counted", "1": "no_vote"}
    decide_reply(work, number, dog, None)
    assert states(work, number)["1"] == "to_count"
    for keys in (["green"], ["1", "2"]):
        with pytest.raises(AmbassadorError):
            decide_reply(work, number, both, keys)
    with pytest.raises(AmbassadorError, match="no reply to the post"):
        decide_reply(work, number, post, ["1"])


def test_changed_words_and_options_change_the_vote_when_counted_again(sqlite_work: UnitOfWork) -> None:
    work = sqlite_work
    number, post = asked(work)
    one, two = said(work, "ann", "1", post), said(work, "bob", "red", post)
    count_replies(work, number)
    with work.writing() as session:
        for key, text in ((one, "2"), (two, "hm")):
            session.get_one(Mention, key).text = text
    report = count_replies(work, number)
    assert (report.added, report.changed, report.removed, report.to_decide) == (0, 1, 1, 1)
    assert votes(work, number) == {"1": 0, "2": 1}


def test_votes_of_who_is_erased_or_takes_a_reply_down_stay_and_new_ones_are_left_out(
    work: UnitOfWork,
) -> None:
    number, post = asked(work)
    ann = made(work, "ann")
    said(work, "ann", "1", post)
    down, later = said(work, "bob", "2", post), said(work, "cyd", "2", post, deleted_at=NOW)
    count_replies(work, number)
    with work.writing() as session:
        session.get_one(Mention, down).deleted_at = NOW
    erase_person(work, ann)
    assert (count_replies(work, number).removed, votes(work, number)) == (0, {"1": 1, "2": 1})
    rows = {one.mention_id: one for one in view(work, number).replies}
    assert (str(rows[later].why), rows[later].state) == ("was taken down by its author", _S.TO_DECIDE)
    with work.reading() as session:
        assert not [one for one in session.exec(select(Ballot.voter)) if "ann" in one]


def test_the_post_is_said_changed_and_taken_off_with_its_votes(sqlite_work: UnitOfWork) -> None:
    work = sqlite_work
    number, post = asked(work)
    other = said(work, "brand", "again", minute=3)
    said(work, "ann", "1", post)
    count_replies(work, number)
    with pytest.raises(AmbassadorError, match="take that post off first"):
        set_poll_post(work, number, other)
    noting = work.noting()
    set_poll_post(noting, number, None)
    assert (votes(work, number), read_replies(work, number)) == ({"1": 0, "2": 0}, None)
    with work.reading() as session:
        assert [
            session.exec(select(func.count()).select_from(one)).one()
            for one in (Ballot, BallotChoice, ReplyVote)
        ] == [0, 0, 0]
    assert undo_of(noting) is not None
    take_back(work, noting.kept)
    assert votes(work, number) == {"1": 1, "2": 0}
    with work.writing() as session:
        session.get_one(Mention, other).deleted_at = NOW
    set_poll_post(work, number, None)
    with pytest.raises(AmbassadorError, match="taken down or erased"):
        set_poll_post(work, number, other)
    with pytest.raises(AmbassadorError, match="no mention number"):
        set_poll_post(work, number, 99_999)
    with pytest.raises(AmbassadorError, match="Say first under which post"):
        count_replies(work, number)


def test_what_is_announced_or_no_poll_counts_nothing(sqlite_work: UnitOfWork) -> None:
    work = sqlite_work
    number, post = asked(work)
    said(work, "ann", "1", post)
    for state in (ActivationStatus.CLOSED, ActivationStatus.ANNOUNCED):
        move_activation(work, number, state)
    with pytest.raises(AmbassadorError, match="announcement"):
        count_replies(work, number)

    with pytest.raises(AmbassadorError, match="is no poll"):
        count_replies(work, opened(work))


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["1", "2", "red", "1 2", "no", "", "#blue"])),
        max_size=8,
    )
)
def test_counting_is_idempotent_and_gives_each_their_latest_clear_reply(
    sqlite_work: UnitOfWork, talk: list[tuple[str, str]]
) -> None:
    work = sqlite_work
    with work.reading() as session:
        place = session.exec(select(func.count()).select_from(Mention)).one()
    number = polled_again(work, place)
    post = said(work, f"brand{place}", "Which?", minute=place)
    set_poll_post(work, number, post)
    latest: dict[str, str] = {}
    for minute, (who, text) in enumerate(talk):
        said(work, f"{who}{place}", text, post, minute)
        clear = {"1": "1", "red": "1", "2": "2", "#blue": "2"}.get(text)
        if clear:
            latest[who] = clear
        if minute % 3 == 0:
            count_replies(work, number)
    first = count_replies(work, number)
    known = votes(work, number)
    again = count_replies(work, number)
    assert (again.added, again.changed, again.removed, again.to_decide) == (0, 0, 0, first.to_decide)
    assert votes(work, number) == known == {key: list(latest.values()).count(key) for key in ("1", "2")}


def polled_again(work: UnitOfWork, place: int) -> int:

    number = create_activation(work, draft(f"Colour {place}?", kind=ActivationKind.POLL, most_choices=1))
    for key, name in (("1", "red"), ("2", "blue")):
        put_idea(work, number, EntryDraft(key, name))
    move_activation(work, number, ActivationStatus.OPEN)
    return number
