"""Messages, calls and e-mails from a file: each in its customer's case, and none of them twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError
from ambassador.services.care import bringing, list_cases, merge_cases, open_case
from ambassador.services.care.bringing import bring_in_cases
from ambassador.services.care.moves import move_case
from ambassador.services.care.queue import open_case_view
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.values.care.cases import CaseDraft, CaseFilter
from ambassador.values.care.states import CaseChannel, CaseEventKind, CaseKind, CasePriority, CaseStatus
from ambassador.values.people.people import NewPerson

DAY = (
    "Data;Cliente;E-mail;Messaggio;Canale;Tipo;Priorità;Reparto\n"
    "04/05/2026 09:00;Ida Neri;ida@example.org;Dov'è il pacco?;email;domanda;alta;logistica\n"
    "04/05/2026 09:30;Ugo Riva;333 1234567;È rotto;telefonata;reclamo;;\n"
    "11/05/2026 10:00;Ida Neri;IDA@example.org;Allora?;mail;;;\n"
).encode()


def every(work: UnitOfWork) -> list[str]:
    """Tell all that customers said, case by case."""
    queue = list_cases(work, CaseFilter(limit=200))
    views = (open_case_view(work, card.id) for card in sorted(queue.rows, key=lambda card: card.id))
    return [
        f"{view.card.id} {event.text}"
        for view in views
        for event in view.events
        if event.kind is CaseEventKind.ASKED
    ]


def test_each_row_opens_a_case_or_goes_to_one_of_its_customer(work: UnitOfWork) -> None:
    report = bring_in_cases(work, "oggi.csv", DAY, owner="sara")
    assert (report.opened, report.joined, report.known, report.rejected) == ((1, 2), 1, 0, ())
    assert every(work) == ["1 Dov'è il pacco?", "1 Allora?", "2 È rotto"]
    first, second = (open_case_view(work, number).card for number in (1, 2))
    assert (first.channel, first.kind, first.priority) == (
        CaseChannel.EMAIL,
        CaseKind.QUESTION,
        CasePriority.HIGH,
    )
    assert (second.channel, second.kind, second.owner) == (CaseChannel.CALL, CaseKind.COMPLAINT, "sara")
    assert first.opened_at.isoformat() == "2026-05-04T07:00:00+00:00"  # of the desk, which is in Rome
    assert [str(note) for note in report.notes] == [
        "dates like 03/04/2026 were read with the day first",
        "columns that are not used: Reparto",
    ]


def test_the_same_file_again_adds_nothing_whatever_became_of_the_cases(work: UnitOfWork) -> None:
    bring_in_cases(work, "oggi.csv", DAY)
    said = every(work)
    move_case(work, 1, CaseStatus.SOLVED)
    again = bring_in_cases(work, "oggi.csv", DAY)
    assert (again.opened, again.joined, again.known) == ((), 0, 3)
    merge_cases(work, 2, 1)
    assert bring_in_cases(work, "oggi.csv", DAY).known == 3
    assert sorted(text.split(" ", 1)[1] for text in every(work)) == sorted(
        text.split(" ", 1)[1] for text in said
    )


def test_rows_that_cannot_be_used_are_told_and_the_others_are_in(work: UnitOfWork) -> None:
    file = (
        b"date,account,platform,message,channel,kind\n"
        b"2026-05-04,nina,x,Where?,message,question\n"
        b"2999-01-01,ugo,x,When?,message,question\n"
        b"2026-05-04,leo,x,,message,question\n"
        b"2026-05-04,leo,x,Why?,pigeon,question\n"
        b"soon,leo,x,Who?,message,question\n"
        b"2026-05-04,pia,,Hm?,message,question\n"
    )
    report = bring_in_cases(work, "q.csv", file)
    assert report.opened == (1, 2)
    assert sorted(one.line for one in report.rejected) == [3, 4, 5, 6]
    assert "pigeon is none of message, call, email" in {str(one) for one in report.rejected}
    assert open_case_view(work, 1).handle == "x:nina"
    assert open_case_view(work, 2).card.customer == "pia"


def test_a_file_that_says_nothing_of_customers_is_refused(work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="column called message"):
        bring_in_cases(work, "q.csv", b"customer,email\nIda,i@example.org\n")
    assert every(work) == []


def test_whoever_was_erased_is_not_taken_in_again(work: UnitOfWork) -> None:
    file = b"account,message\nx:nina,Where?\n"
    person = add_person(work, NewPerson("Nina", "x", "nina"))
    bring_in_cases(work, "q.csv", file)
    erase_person(work, person)
    again = bring_in_cases(work, "q.csv", file)
    assert (again.opened, len(again.rejected)) == ((), 1)


def test_a_message_written_down_by_hand_is_the_same_in_a_file(work: UnitOfWork) -> None:
    open_case(work, CaseDraft("Where?", customer="Ida", contact="ida@example.org"))
    assert bring_in_cases(work, "q.csv", b"customer,email,message\nIda,ida@example.org,Where?\n").known == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Ida", "Ugo", ""]),
            st.sampled_from(["a@x.org", "B@x.org", ""]),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=9,
    ),
    cut=st.integers(0, 9),
)
def test_pieces_and_halves_come_to_the_same_as_one_go(tmp_path_factory, rows, cut) -> None:
    lines = [
        f"2026-05-0{1 + which}T09:00,{customer},{contact},said {which}\n" for customer, contact, which in rows
    ]
    head = "date,customer,email,message\n"
    whole, parted = (
        open_workspace(f"sqlite:///{tmp_path_factory.mktemp('care')}/a.db", actor="nina") for _ in range(2)
    )
    bring_in_cases(whole, "all.csv", (head + "".join(lines)).encode())
    at_once, bringing._AT_ONCE = bringing._AT_ONCE, 2
    try:
        bring_in_cases(parted, "half.csv", (head + "".join(lines[:cut])).encode())
        bring_in_cases(parted, "all.csv", (head + "".join(lines)).encode())
    finally:
        bringing._AT_ONCE = at_once
    assert every(whole) == every(parted)
    for work in (whole, parted):
        work.engine.dispose()
