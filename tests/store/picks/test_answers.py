"""Labelled answers are counted for the person they answer, alike on both databases."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from ambassador.services.work import UnitOfWork
from ambassador.store.picks.answers import labelled_answers
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.people import Account, Person
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.care.states import CaseChannel, CaseEventKind, CaseKind
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import Label, MentionKind
from ambassador.values.tone import Tone
from tests.conftest import NOW

WHEN = datetime(2026, 3, 1, tzinfo=UTC)


class Talk:
    """Accounts and posts, made as they are named."""

    def __init__(self, session: Session) -> None:
        self.session, self.posts = session, 0

    def account(self, handle: str, person_id: int | None = None, *, is_brand: bool = False) -> int:
        row = Account(platform="x", handle=handle, person_id=person_id, is_brand=is_brand, created_at=NOW)
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def post(self, account: int, parent: int | None = None, *, inferred: bool = False) -> int:
        self.posts += 1
        row = Mention(
            platform="x",
            post_id=f"p{self.posts}",
            account_id=account,
            kind=MentionKind.ORIGINAL if parent is None else MentionKind.REPLY,
            posted_at=WHEN + timedelta(hours=self.posts),
            parent_observed_id=None if inferred else parent,
            parent_inferred_id=parent if inferred else None,
            recorded_at=NOW,
        )
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def label(self, mention: int, *labels: Label) -> int:
        self.session.add_all(MentionLabel(mention_id=mention, label=one, labelled_at=NOW) for one in labels)
        return mention

    def tone(self, mention: int, *tones: Tone | None) -> int:
        for tone in tones:
            self.session.add(ToneLabel(mention_id=mention, tone=tone, labelled_at=NOW))
            self.session.flush()
        return mention

    def case(self, mention: int, kind: CaseKind) -> int:
        case = CareCase(kind=kind, channel=CaseChannel.POST, opened_at=NOW, created_at=NOW)
        self.session.add(case)
        self.session.flush()
        asked = CaseEventKind.ASKED
        event = CareEvent(
            case_id=case.id or 0, kind=asked, happened_at=NOW, mention_id=mention, created_at=NOW
        )
        self.session.add(event)
        return mention


def test_each_labelled_answer_counts_once_for_whom_it_answers(work: UnitOfWork) -> None:
    with work.writing() as session:
        person = Person(name="Nina", created_at=NOW)
        session.add(person)
        session.flush()
        talk = Talk(session)
        nina, ninas_other = (talk.account(one, person.id) for one in ("nina", "nina2"))
        leo, fan, brand = talk.account("leo"), talk.account("fan"), talk.account("brand", is_brand=True)
        hers, also_hers, his = talk.post(nina), talk.post(ninas_other), talk.post(leo)
        talk.label(talk.post(fan, hers), Label.COMPLAINT, Label.QUESTION)
        talk.label(talk.post(fan, also_hers), Label.PRAISE)
        talk.tone(talk.post(fan, hers, inferred=True), Tone.NEGATIVE)
        talk.tone(talk.post(fan, his), Tone.NEGATIVE, Tone.NEUTRAL)
        talk.case(talk.post(fan, his), CaseKind.CRISIS)
        talk.case(talk.tone(talk.post(fan, his), Tone.POSITIVE), CaseKind.QUESTION)
        # said nothing of: no label, one taken off, one that cannot be told
        talk.post(fan, his)
        talk.tone(talk.post(fan, his), Tone.NEGATIVE, None)
        talk.tone(talk.post(fan, his), Tone.CANNOT_TELL)
        # answers nobody, answers themselves, ours, answers us, joins a complaint
        talk.label(talk.post(fan), Label.COMPLAINT)
        talk.label(talk.post(nina, also_hers), Label.COMPLAINT)
        talk.label(talk.post(brand, hers), Label.PRAISE)
        talk.label(talk.post(fan, talk.post(brand)), Label.COMPLAINT)
        angry = talk.label(talk.post(leo, hers), Label.COMPLAINT)
        talk.label(talk.post(fan, angry), Label.COMPLAINT)
        found = labelled_answers(session)
        expected = {NodeKey.of_person(person.id or 0): (4, 3), NodeKey.of_account(leo): (3, 1)}
    assert found == expected


def test_without_labels_there_is_nobody(sqlite_work: UnitOfWork) -> None:
    with sqlite_work.reading() as session:
        assert labelled_answers(session) == {}
