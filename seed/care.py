"""Customers who write while the launch runs: twenty cases, three of them late, one reopened, one merged."""

from typing import Final

from ambassador.services.care import (
    answer_case,
    merge_cases,
    open_case,
    open_from_mentions,
    set_calendar,
)
from ambassador.services.care.canned import keep_answer
from ambassador.services.care.moves import customer_said, rate_case
from ambassador.services.care.rules import set_promises
from ambassador.services.mentions.care import care_figures
from ambassador.values.care import CareCalendar, CarePromise, CaseDraft, CaseKind, CaseStatus
from ambassador.values.care.cases import ReadyAnswer
from ambassador.values.care.states import CaseChannel, CasePriority
from seed.stage import CARE, Stage

_MORNING, _AFTERNOON, _SATURDAY = (9 * 60, 13 * 60), (14 * 60, 18 * 60), (9 * 60, 12 * 60)
_HOURS: Final = {**dict.fromkeys(range(5), (_MORNING, _AFTERNOON)), 5: (_SATURDAY,)}
_ANSWER, _URGENT, _SOLUTION, _CRISIS = 16 * 60, 4 * 60, 3 * 24 * 60, 30
"""Two working days, so that no more become late while somebody looks around; urgent ones in half a day."""
_OPENED: Final = -20
_LATE: Final = 3
_C, _K = CaseChannel, CaseKind
_SOLVED: Final = (
    (-14, 10, _C.EMAIL, _K.QUESTION, "Ida Neri", "Which shops have it?", "Three in Bari.", 5),
    (-13, 15, _C.CALL, _K.COMPLAINT, "Ugo Serra", "The charger is too short.", "A longer one comes.", 4),
    (-12, 9, _C.MESSAGE, _K.QUESTION, "Marta Lo Re", "Does it take two SIMs?", "It does.", 5),
    (-8, 16, _C.MESSAGE, _K.PRAISE, "Enzo Gallo", "Your shop was so kind.", "We told them!", None),
    (-7, 11, _C.EMAIL, _K.COMPLAINT, "Rita Fabbri", "Nobody rang the bell.", "It waits at number 12.", 3),
    (-6, 12, _C.CALL, _K.QUESTION, "Paolo Conti", "Can I pay in four parts?", "Yes, in the app.", 4),
    (-5, 10, _C.MESSAGE, _K.COMPLAINT, "Lia Marchi", "The red is an orange.", "Swap it in any shop.", 2),
    (-5, 17, _C.EMAIL, _K.QUESTION, "Aldo Piras", "How long is the warranty?", "Two years.", None),
)
_WAITING: Final = (
    (
        -4,
        9,
        _C.EMAIL,
        _K.COMPLAINT,
        "Nora Villa",
        "It restarts by itself.",
        "Could you send us its serial number?",
    ),
    (-3, 11, _C.CALL, _K.QUESTION, "Gino Rea", "Where is my invoice?", "Which address did you order with?"),
    (
        -1,
        10,
        _C.MESSAGE,
        _K.COMPLAINT,
        "Sofia Berti",
        "The box was open.",
        "Could you send us a picture of it?",
    ),
)
_NEW: Final = (
    (-1, 17, 10, _C.EMAIL, _K.COMPLAINT, "Dario Elia", "No signal since yesterday, on the whole street."),
    (0, 9, 5, _C.MESSAGE, _K.QUESTION, "Pia Longo", "Is there a case in green?"),
    (0, 10, 40, _C.CALL, _K.PRAISE, "Teo Manzi", "Best camera I had in years."),
)


def play_care(stage: Stage) -> None:
    """Open the desk, then let customers write: posts of complaints, calls, messages, e-mails."""
    desk = stage.on(_OPENED).by(CARE)
    set_calendar(desk, CareCalendar("Europe/Rome", _HOURS))
    set_promises(
        desk,
        [
            CarePromise(first_minutes=_ANSWER, next_minutes=_ANSWER, solution_minutes=_SOLUTION),
            CarePromise(None, CasePriority.HIGH, _URGENT, _URGENT, _SOLUTION),
            CarePromise(_K.CRISIS, first_minutes=_CRISIS, in_opening_hours=False),
        ],
    )
    for language, text in (
        ("en", "Dear {customer}, we are looking into it (case {case}). {me}"),
        ("it", "Gentile {customer}, ce ne stiamo occupando (caso {case}). {me}"),
    ):
        keep_answer(desk, ReadyAnswer("We look into it", language, text))
    _solved(stage)
    _again(stage)
    _twice(stage)
    for day, hour, channel, kind, name, text, reply in _WAITING:
        number = _typed(stage, day, hour, 0, CaseDraft(text, kind, channel, name, owner="sara"))
        answer_case(stage.on(day, hour, 50).by("sara"), number, reply, then=CaseStatus.WAITING)
    asked = care_figures(stage.work).open_questions
    waiting = list({one.handle: one.mention_id for one in reversed(asked)}.values())[-_LATE:]
    open_from_mentions(stage.on(-3, 9).by(CARE), waiting, priority=CasePriority.HIGH)
    for day, hour, minute, channel, kind, name, text in _NEW:
        _typed(stage, day, hour, minute, CaseDraft(text, kind, channel, name))


def _typed(stage: Stage, day: int, hour: int, minute: int, draft: CaseDraft) -> int:
    return open_case(stage.on(day, hour, minute).by(CARE), draft).id


def _solved(stage: Stage) -> None:
    for day, hour, channel, kind, name, text, reply, satisfaction in _SOLVED:
        number = _typed(stage, day, hour, 0, CaseDraft(text, kind, channel, name, owner="marco"))
        later = stage.on(day, hour, 40).by("marco")
        answer_case(later, number, reply, then=CaseStatus.SOLVED)
        if satisfaction is not None:
            rate_case(later, number, satisfaction)


def _again(stage: Stage) -> None:
    """Solve a case too early: the customer writes once more this morning."""
    draft = CaseDraft("The screen flickers.", _K.COMPLAINT, _C.EMAIL, "Carla Ruggeri", owner="marco")
    number = _typed(stage, -4, 15, 0, draft)
    answer_case(stage.on(-4, 16).by("marco"), number, "Please update it.", then=CaseStatus.SOLVED)
    customer_said(stage.on(0, 9, 30).by(CARE), number, "I did. It still flickers.")


def _twice(stage: Stage) -> None:
    """Let one customer write by e-mail and call as well: both become one case."""
    first = CaseDraft("I was charged twice.", _K.COMPLAINT, _C.EMAIL, "Fabio Testa", owner="sara")
    kept = _typed(stage, -1, 9, 20, first)
    called = CaseDraft("It is about two charges of 399 euro.", _K.COMPLAINT, _C.CALL, "Fabio Testa")
    other = _typed(stage, -1, 11, 0, called)
    merge_cases(stage.on(-1, 11, 10).by("sara"), kept, other)
    answer_case(stage.on(-1, 11, 30).by("sara"), kept, "One of them goes back today.")
