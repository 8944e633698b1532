"""A case from its first word to its solution: states, clocks, whose posts it holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambassador.errors import (
    BadInputError,
    ConflictError,
    EditedMeanwhileError,
    IllegalStatusChangeError,
    NotFoundError,
)
from ambassador.services.care.joining import link_cases, merge_cases, split_case
from ambassador.services.care.moves import (
    answer_case,
    case_fields,
    customer_said,
    edit_case,
    log_minutes,
    move_case,
    note_on_case,
    rate_case,
)
from ambassador.services.care.opening import MOST_CHARACTERS, open_case, open_from_mentions
from ambassador.services.care.queue import list_cases, open_case_view
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import remember_change, undo_last
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import MentionCampaign
from ambassador.values.care.cases import CaseDraft, CaseFilter, OpenedCase
from ambassador.values.care.states import (
    CaseChannel,
    CaseEventKind,
    CaseKind,
    CasePriority,
    CaseStatus,
    PromiseClock,
)
from ambassador.values.status import ImportKind, Verdict
from tests.conftest import NOW
from tests.people_samples import made
from tests.services.brought import bring
from tests.services.care.desk import ANSWERS, HEAD, at, posts, promised
from tests.services.launch import add_launch

_S, _E = CaseStatus, CaseEventKind


def typed(work: UnitOfWork, text: str = "Where is it?", **more: object) -> int:
    return open_case(work, CaseDraft(text, **more)).id  # type: ignore[arg-type]


def test_posts_become_cases_one_a_person_of_the_kind_of_their_label(work: UnitOfWork) -> None:
    posts(work)
    opened = open_from_mentions(work, [1, 2, 4])
    assert [(one.id, one.is_new) for one in opened] == [(1, True), (2, True), (3, True)]
    assert [open_case_view(work, number).card.kind for number in (1, 3)] == [
        CaseKind.COMPLAINT,
        CaseKind.QUESTION,
    ]
    first = open_case_view(work, 1)
    assert [(one.kind, one.text) for one in first.events] == [
        (_E.ASKED, "It does not start"),
        (_E.ASKED, "see?"),
    ]
    assert (first.card.status, first.card.waiting_since) == (_S.NEW, at(4, 8))
    assert open_from_mentions(work, [3]) == (OpenedCase(1, is_new=False),)


def test_a_case_is_of_the_campaign_its_post_belongs_to_and_of_none_where_there_are_several(
    work: UnitOfWork,
) -> None:
    first, second = add_launch(work, "First"), add_launch(work, "Second")
    posts(work)
    with work.writing() as session:
        for mention, campaign in ((1, first), (4, first), (4, second)):
            matched = MentionCampaign(
                mention_id=mention, campaign_id=campaign, verdict=Verdict.MATCHED, decided_at=NOW
            )
            session.add(matched)
    one, both = (opened.id for opened in open_from_mentions(work, [1, 4]))
    assert (open_case_view(work, one).campaign_id, open_case_view(work, both).campaign_id) == (first, None)
    assert [row.id for row in list_cases(work, CaseFilter(campaign_id=first)).rows] == [one]


def test_a_reply_of_ours_that_comes_in_later_answers_every_case_above_it(work: UnitOfWork) -> None:
    posts(work)
    open_from_mentions(work, [1, 2, 4])
    bring(work, ImportKind.MENTIONS, HEAD + ANSWERS)
    bring_up_to_date(work)
    for number in (1, 2):
        card = open_case_view(work, number).card
        assert (card.status, card.first_answer_at, card.waiting_since) == (_S.OPEN, at(4, 10), None)
    assert open_case_view(work, 3).card.status is _S.NEW
    more = "a5,x,lia,2026-05-05T08:00:00Z,and now?,a4,\n"
    move_case(work.at(at(4, 12)), 1, _S.SOLVED)
    bring(work, ImportKind.MENTIONS, HEAD + more)
    bring_up_to_date(work)
    assert open_case_view(work, 1).card.status is _S.REOPENED
    assert open_case_view(work, 1).card.waiting_since == at(5, 8)
    bring_up_to_date(work)
    assert len(open_case_view(work, 1).events) == 5


def test_a_reply_that_is_here_already_answers_at_once(work: UnitOfWork) -> None:
    posts(work)
    bring(work, ImportKind.MENTIONS, HEAD + ANSWERS)
    open_from_mentions(work, [1])
    assert open_case_view(work, 1).card.first_answer_at == at(4, 10)


def test_what_one_person_writes_by_two_accounts_is_one_case(work: UnitOfWork) -> None:
    one, other = made(work, "lia", platform="x"), made(work, "lia.b", platform="instagram")
    first = open_case(work, CaseDraft("Hello?", account="x:lia"))
    apart = open_case(work, CaseDraft("Anybody?", account="instagram:lia.b"))
    assert (first.is_new, apart.is_new) == (True, True)
    merge_people(work, one, [other])
    assert not open_case(work, CaseDraft("And?", account="instagram:lia.b")).is_new
    assert open_case(work, CaseDraft("And?", account="x:lia"), alone=True).is_new
    public = open_case(work, CaseDraft("Out loud", account="x:lia", is_private=False))
    assert public.is_new


def test_the_clocks_stand_still_while_we_wait_for_the_customer(work: UnitOfWork) -> None:
    promised(work)
    number = typed(work.at(at(4, 12)), said_at=at(4, 12))
    card = open_case_view(work.at(at(4, 12)), number).card
    assert (card.due_at, card.due_clock) == (at(4, 15), PromiseClock.FIRST)  # lunch is from 13 to 14
    answer_case(work.at(at(4, 14)), number, "Which colour?", then=_S.WAITING)
    waiting = open_case_view(work.at(at(8, 14)), number)
    assert (waiting.card.due_at, waiting.card.status) == (None, _S.WAITING)
    customer_said(work.at(at(8, 16)), number, "The red one")
    again = open_case_view(work.at(at(8, 17)), number)
    assert (again.card.status, again.card.due_clock) == (_S.OPEN, PromiseClock.NEXT)
    assert again.card.due_at == at(11, 11)  # two hours of Friday, two of Monday
    clocks = {one.clock: one for one in again.clocks}
    assert clocks[PromiseClock.FIRST].taken == timedelta(hours=2)
    assert clocks[PromiseClock.FIRST].taken_open == timedelta(hours=1)
    assert clocks[PromiseClock.SOLUTION].taken == timedelta(hours=3)
    assert clocks[PromiseClock.SOLUTION].is_kept


def test_the_queue_begins_with_what_is_latest_and_pages_through_it(work: UnitOfWork) -> None:
    promised(work)
    numbers = [typed(work, said_at=at(4, 9 + hour)) for hour in range(3)]
    crisis = typed(work, kind=CaseKind.CRISIS, said_at=at(4, 9))
    waits = typed(work, said_at=at(4, 9))
    move_case(work.at(at(4, 10)), waits, _S.WAITING)
    now = work.at(at(4, 11, 30))
    queue = list_cases(now)
    assert [card.id for card in queue.rows] == [crisis, *numbers, waits]
    assert (queue.total, queue.late, queue.unowned) == (5, 2, 5)
    assert queue.rows[0].late_by(queue.now) == timedelta(hours=2)
    assert queue.rows[2].due_in(queue.now) == timedelta(minutes=30)
    found, after = [], None
    while page := list_cases(now, CaseFilter(limit=2, after=after)).rows:
        found += [card.id for card in page]
        after = found[-1]
    assert found == [card.id for card in queue.rows]
    late = list_cases(now, CaseFilter(late=True, kinds=(CaseKind.CRISIS,)))
    assert [card.id for card in late.rows] == [crisis]


def test_filters_by_owner_channel_and_words(work: UnitOfWork) -> None:
    mine = typed(work, owner="Sara", channel=CaseChannel.CALL, customer="Ida Neri", subject="Parcel 100%")
    typed(work, priority=CasePriority.HIGH)

    def ids(**wanted: object) -> list[int]:
        return [card.id for card in list_cases(work, CaseFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert ids(owner="sara") == ids(channels=(CaseChannel.CALL,)) == ids(search="ida") == [mine]
    assert ids(search="100%") == [mine]
    assert ids(owner="") == ids(priorities=(CasePriority.HIGH,)) == [2]


def test_states_that_cannot_follow_are_refused_by_name(work: UnitOfWork) -> None:
    number = typed(work)
    with pytest.raises(IllegalStatusChangeError, match="Case 1 is new: it cannot become reopened"):
        move_case(work, number, _S.REOPENED)
    move_case(work, number, _S.WAITING)
    move_case(work, number, _S.OPEN)
    move_case(work, number, _S.SOLVED)
    move_case(work, number, _S.REOPENED)
    kinds = [event.kind for event in open_case_view(work, number).events]
    assert kinds == [_E.ASKED, _E.WAITED, _E.RESUMED, _E.SOLVED, _E.REOPENED]


def test_who_acts_on_what_somebody_else_has_changed_is_told_and_writes_nothing(work: UnitOfWork) -> None:
    number = typed(work)
    seen = open_case_view(work, number).card.revision
    answer_case(work.by("sara"), number, "We look into it", seen=seen)
    with pytest.raises(ConflictError, match="we answered"):
        answer_case(work.by("leo"), number, "We do", seen=seen)
    assert len(open_case_view(work, number).events) == 2


def test_two_forms_change_different_fields_and_clash_over_the_same(work: UnitOfWork) -> None:
    number = typed(work)
    was = case_fields(work, number)
    edit_case(work, number, replace(was, owner="sara"), was)
    edit_case(work, number, replace(was, subject="Parcel"), was)
    now = case_fields(work, number)
    assert (now.owner, now.subject) == ("sara", "Parcel")
    with pytest.raises(EditedMeanwhileError):
        edit_case(work, number, replace(was, owner="leo"), was)


def test_merged_cases_are_one_history_and_can_be_parted_again(work: UnitOfWork) -> None:
    promised(work)
    first = typed(work, said_at=at(4, 11))
    second = typed(work, "Hello, where is it?", said_at=at(4, 9), owner="sara")
    noting = work.noting()
    merge_cases(noting, first, second)
    kept = open_case_view(work, first)
    assert (kept.card.opened_at, kept.card.owner, kept.merged) == (at(4, 9), "sara", (second,))
    assert [event.from_case for event in kept.events if event.kind is _E.ASKED] == [second, None]
    assert [card.id for card in list_cases(work).rows] == [first]
    for act in (
        lambda: answer_case(work, second, "Here"),
        lambda: note_on_case(work, second, "Here"),
        lambda: merge_cases(work, first, second),
    ):
        with pytest.raises(BadInputError, match="was merged into case"):
            act()
    remember_change(noting, "case merge")
    undo_last(work)
    assert [card.id for card in list_cases(work).rows] == [second, first]
    assert open_case_view(work, first).card.opened_at == at(4, 11)
    with pytest.raises(BadInputError, match="with itself"):
        merge_cases(work, first, first)


def test_a_split_leaves_something_said_on_both_sides(work: UnitOfWork) -> None:
    number = typed(work, said_at=at(4, 9))
    customer_said(work.at(at(4, 10)), number, "And the invoice?")
    asked = [event.id for event in open_case_view(work, number).events]
    part = split_case(work, number, [asked[1]])
    assert next(event.text for event in open_case_view(work, part).events) == "And the invoice?"
    assert open_case_view(work, part).card.opened_at == at(4, 10)
    with pytest.raises(BadInputError, match="Each of the two"):
        split_case(work, number, [asked[0]])
    with pytest.raises(NotFoundError, match="no entry 999"):
        split_case(work, number, [999])
    with pytest.raises(BadInputError, match="which entries"):
        split_case(work, number, [])
    link_cases(work, part, number)
    assert (open_case_view(work, part).linked, open_case_view(work, number).linked) == ((number,), (part,))
    with pytest.raises(ConflictError, match="linked already"):
        link_cases(work, number, part)


def test_texts_of_any_kind_are_kept_as_they_are_and_too_long_ones_refused(work: UnitOfWork) -> None:
    for text in ("\u202eto the left", "\U0001f525" * 40, "x" * MOST_CHARACTERS):
        assert open_case_view(work, typed(work, text)).events[0].text == text
    for text in ("  ", "x" * (MOST_CHARACTERS + 1)):
        with pytest.raises(BadInputError):
            typed(work, text)
    with pytest.raises(BadInputError, match="lies in the future"):
        typed(work, said_at=work.now() + timedelta(minutes=1))


def test_posts_that_are_nobodys_question_open_no_case(work: UnitOfWork) -> None:
    posts(work)
    bring(work, ImportKind.MENTIONS, HEAD + ANSWERS)
    with pytest.raises(BadInputError, match="account of ours"):
        open_from_mentions(work, [5])
    with pytest.raises(NotFoundError):
        open_from_mentions(work, [999])
    assert list_cases(work).total == 0


def test_erasing_somebody_empties_their_cases_and_keeps_the_figures(work: UnitOfWork) -> None:
    person = made(work, "lia", platform="x", name="Lia Verdi")
    posts(work)
    open_from_mentions(work, [1])
    private = open_case(work, CaseDraft("My number is 333 1234567", account="x:lia", customer="Lia Verdi"))
    other = typed(work, "I am a friend of Lia Verdi", customer="Ugo")
    answer_case(work, private.id, "Dear Lia, it is on its way")
    rate_case(work, private.id, 4, "Lia was happy")
    erase_person(work, person)
    view = open_case_view(work, private.id)
    assert (view.card.customer, view.handle, view.satisfaction_note) == ("", "", "")
    assert {event.text for event in view.events} == {""}
    assert (view.card.satisfaction, view.card.first_answer_at is not None) == (4, True)
    assert "Lia" not in open_case_view(work, other).events[0].text
    posted = open_case_view(work, 1)
    assert [event.is_gone for event in posted.events] == [True, True]
    with pytest.raises(BadInputError, match="erased"):
        open_from_mentions(work, [1])


def test_minutes_are_logged_corrected_and_taken_back(work: UnitOfWork) -> None:
    number = open_case(work, CaseDraft("Where is it?", customer="Ida")).id
    with pytest.raises(BadInputError, match="has no answer, solution or note of ours yet"):
        log_minutes(work, number, 5)
    answer_case(work, number, "On its way", minutes=8)
    move_case(work, number, _S.SOLVED, minutes=2)
    noting = work.noting()
    log_minutes(noting, number, 3)
    remember_change(noting, "case minutes")
    asked, answered, solved = open_case_view(work, number).events
    assert [one.minutes for one in (asked, answered, solved)] == [None, 8, 3]
    undo_last(work)
    log_minutes(work, number, None, entry=answered.id)
    assert [one.minutes for one in open_case_view(work, number).events] == [None, None, 2]


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_minutes_that_cannot_be_are_refused_and_nothing_is_written(work: UnitOfWork, minutes: int) -> None:
    number = open_case(work, CaseDraft("Where is it?", customer="Ida")).id
    for act in (
        lambda: answer_case(work, number, "On its way", minutes=minutes),
        lambda: move_case(work, number, _S.SOLVED, minutes=minutes),
        lambda: log_minutes(work, number, minutes),
    ):
        with pytest.raises(BadInputError, match="whole minutes from 1 to 1440"):
            act()
    (asked,) = open_case_view(work, number).events
    with pytest.raises(BadInputError, match="no answer, solution or note of ours"):
        log_minutes(work, number, 5, entry=asked.id)
    with pytest.raises(NotFoundError):
        log_minutes(work, number, 5, entry=999)
