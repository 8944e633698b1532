"""A post put to discussion: what belongs to it, who came in new, in which tone, and what is refused."""

from datetime import timedelta

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError
from ambassador.services.activations.activation_view import list_activations
from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.discussions import read_discussion
from ambassador.services.activations.entries import put_idea
from ambassador.services.activations.replies import set_poll_post
from ambassador.services.mentions.review import label_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.tone.labelling import label_tone
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, Person
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus
from ambassador.values.status import Label
from ambassador.values.tone import Tone
from tests.people_samples import add
from tests.services.activations.rounds import draft, polled
from tests.services.activations.test_replies import AT, said


def discussed(work: UnitOfWork) -> int:
    return create_activation(work, draft("The new tariff", kind=ActivationKind.DISCUSSION))


def talk(work: UnitOfWork) -> tuple[int, dict[str, int]]:
    """Nina, known before, and Leo answer; Eva shares what Leo says; the brand and its author answer too."""
    number = discussed(work)
    posts = {"before": said(work, "nina", "good morning", minute=-600)}
    posts["post"] = said(work, "brand", "What do you think of the new tariff?")
    posts["nina"] = said(work, "nina", "too dear", posts["post"], minute=5)
    posts["leo"] = said(work, "leo", "I like it", posts["post"], minute=9)
    posts["eva"] = said(work, "eva", "so do I", posts["leo"], minute=60)
    posts["ivo"] = said(work, "ivo", "why so dear?", posts["eva"], minute=2_000)
    posts["brand"] = said(work, "brand", "thank you", posts["leo"], minute=70)
    posts["other"] = said(work, "ugo", "something else", posts["before"], minute=80)
    set_poll_post(work, number, posts["post"])
    return number, posts


def test_all_beneath_a_post_is_its_discussion(work: UnitOfWork) -> None:
    number, posts = talk(work)
    label_tone(work, [posts["nina"]], Tone.NEGATIVE)
    label_tone(work, [posts["leo"]], Tone.POSITIVE)
    label_mentions(work, [posts["ivo"]], Label.COMPLAINT)
    found = read_discussion(work, number)
    assert found is not None
    assert (found.mention_id, found.by) == (posts["post"], "instagram:brand")
    assert (found.posts, found.people, found.new, found.ours, found.longest) == (4, 4, 3, 1, 3)
    assert (found.positive, found.neutral, found.complaints, found.unlabelled) == (
        1,
        0,
        1,
        4 - 1 - found.negative,
    )
    days = [(AT.date(), 3), (AT.date() + timedelta(days=1), 1)]
    assert list(found.by_day) == days
    assert [(one.mention_id, one.drew) for one in found.leading] == [(posts["leo"], 3), (posts["eva"], 1)]
    (card,) = list_activations(work)
    assert card.took_part == 4
    assert read_discussion(work, number) is found, "kept until something changes"
    said(work, "zoe", "me too", posts["ivo"], minute=2_010)
    assert read_discussion(work, number).posts == 5


def test_accounts_of_one_person_are_one_and_known_by_any_of_them(sqlite_work: UnitOfWork) -> None:
    number, posts = talk(sqlite_work)
    said(sqlite_work, "leo2", "me again", posts["post"], minute=90)
    before = read_discussion(sqlite_work, number)
    people = []
    with sqlite_work.writing() as session:
        for handle in ("nina", "leo2"):
            person = Person(name=handle, created_at=AT)
            add(session, person)
            session.exec(select(Account).where(Account.handle == handle)).one().person_id = person.id
            people.append(person.id or 0)
    first, second = people
    merge_people(sqlite_work, first, [second])
    after = read_discussion(sqlite_work, number)
    assert (before.people, before.new) == (5, 4)
    assert (after.people, after.new) == (4, 3), "Nina was here before, whatever she is called"
    erase_person(sqlite_work, first)
    assert read_discussion(sqlite_work, number).posts == 5


def test_posts_in_a_circle_and_archived_ones_end_it(sqlite_work: UnitOfWork) -> None:
    number, posts = talk(sqlite_work)
    with sqlite_work.writing() as session:
        session.get_one(Mention, posts["post"]).parent_observed_id = posts["ivo"]
    assert read_discussion(sqlite_work, number).posts == 4
    with sqlite_work.writing() as session:
        session.get_one(Mention, posts["leo"]).archived_at = AT
    assert read_discussion(sqlite_work, number).posts == 1


def test_it_opens_once_its_post_is_said_and_takes_no_votes(sqlite_work: UnitOfWork) -> None:
    number = discussed(sqlite_work)
    assert read_discussion(sqlite_work, number) is None
    with pytest.raises(BadInputError, match="which post is discussed"):
        move_activation(sqlite_work, number, ActivationStatus.OPEN)
    with pytest.raises(BadInputError, match="nothing is voted on"):
        put_idea(sqlite_work, number, EntryDraft("1", "Yes"))
    noting = sqlite_work.noting()
    set_poll_post(noting, number, said(sqlite_work, "brand", "What do you think?"))
    found = read_discussion(sqlite_work, number)
    assert (found.posts, found.by_day, found.leading) == (0, (), ())
    undo_of(noting)()
    assert read_discussion(sqlite_work, number) is None
    set_poll_post(sqlite_work, number, found.mention_id)
    move_activation(sqlite_work, number, ActivationStatus.OPEN)
    with pytest.raises(BadInputError, match="no post put to discussion"):
        read_discussion(sqlite_work, polled(sqlite_work))
    ideas = create_activation(sqlite_work, draft("Ideas"))
    with pytest.raises(BadInputError, match="nor a post put to discussion"):
        set_poll_post(sqlite_work, ideas, 1)
