"""An evening with the chief executive: eighteen questions, two of them asked twice, twelve answered."""

from typing import Final

from ambassador.services.activations import bring_in_votes, create_activation, move_activation
from ambassador.services.activations.questions import (
    answer_question,
    ask_question,
    merge_question,
    moderate_question,
    read_session,
)
from ambassador.services.mentions.care import care_figures
from ambassador.values.activations import ActivationDraft, ActivationKind, ActivationStatus
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.activations.states import QuestionStatus
from ambassador.values.money import money
from seed.stage import Stage

_DAY: Final = -3
_BOSS, _TECH = "Lucia Ferrante", "Marco Deiana"
_IMPORTED: Final = (
    ("When does the Q1 come to Lecce?", "anna.pugliese", "On the first of next month, in two shops.", _BOSS),
    ("Will there be a smaller one?", "gigi_bari", "Yes, before the summer ends.", _BOSS),
    ("How long do you keep sending updates?", "dora.m", "Five years, every month.", _TECH),
    ("Can the battery be changed at home?", "piero.nonno", "With one screw; the shop lends the tool.", _TECH),
    ("Who makes the cameras?", "foto.lella", "A company near Turin.", _TECH),
    ("Why no charger in the box?", "ugo.s", "Most people have one; who has none gets it free.", _BOSS),
    ("Does it survive the sea?", "mare.mosso", "An hour at two metres. Rinse it afterwards.", _TECH),
    ("Do you hire in Bari?", "sara.cv", "Eleven people this year, most of them in care.", _BOSS),
    ("Is there a price for students?", "uniba.ele", "Ten per cent less with the card.", _BOSS),
    ("What happens to old phones?", "verde.puglia", "We take any of them back and say where they go.", _BOSS),
    ("Will the old apps run on it?", "zio.pino", "All that ran on the last two models.", _TECH),
    ("When does the green one come?", "lella.green", "", ""),
    ("Why do you sponsor a football club?", "curva.nord", "", ""),
    ("How much did the launch cost?", "conti.in.tasca", "", ""),
    (
        "Is your phone made by children?",
        "domande.scomode",
        "It is not. The list of factories is on our site.",
        _BOSS,
    ),
)
_TWICE: Final = ("When does the Q1 come to Lecce then?", "salento.shop")
_REFUSED: Final = ("You are all thieves!!!", "anon123", "It asks nothing.")


def play_questions(stage: Stage, campaign_id: int) -> None:
    """Take questions for an evening, merge those that ask the same, answer twelve, close."""
    draft = ActivationDraft(
        "An hour with Lucia Ferrante",
        stage.day(_DAY),
        stage.day(_DAY),
        kind=ActivationKind.QUESTIONS,
        campaign_id=campaign_id,
        cost=money(300),
        rules="Every question is read. What asks nothing or insults somebody is turned down; why is kept.",
    )
    number = create_activation(stage.on(_DAY - 6), draft)
    move_activation(stage.on(_DAY, 17), number, ActivationStatus.OPEN)
    bring_in_votes(stage.on(_DAY, 18), number, "questions.csv", _file(stage))
    posted = care_figures(stage.work).open_questions[:1]
    for one in posted:
        ask_question(stage.on(_DAY, 18, 20), number, QuestionDraft("", mention_id=one.mention_id))
    rows = read_session(stage.work, number).questions
    known = {row.text: row.id for row in rows}
    moderate_question(stage.on(_DAY, 18, 30), known[_REFUSED[0]], QuestionStatus.REFUSED, _REFUSED[2])
    merge_question(stage.on(_DAY, 18, 31), known[_TWICE[0]], known[_IMPORTED[0][0]])
    for minute, (text, _, answer, who) in enumerate(_IMPORTED):
        moderate_question(stage.on(_DAY, 18, 40), known[text], QuestionStatus.ACCEPTED)
        if answer:
            answer_question(stage.on(_DAY, 19, minute * 3), known[text], answer, who)
    move_activation(stage.on(_DAY, 20), number, ActivationStatus.CLOSED)


def _file(stage: Stage) -> bytes:
    asked = [(text, who) for text, who, _, _ in _IMPORTED] + [_TWICE, _REFUSED[:2]]
    lines = ["question,platform,asked by,asked at"]
    for place, (text, who) in enumerate(asked):
        lines.append(f'"{text}",instagram,{who},{stage.moment(_DAY, 17, 2 * place).isoformat()}')
    return "\n".join(lines).encode()
