"""Perimeters: asked about before they hold everything, versioned, taken back; a campaign's is its rule."""

from dataclasses import replace

import pytest

from ambassador.errors import BadInputError, ConflictError, EditedMeanwhileError, NotFoundError
from ambassador.services.campaigns.campaign_view import open_campaign
from ambassador.services.mentions.mentions import find_mentions
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.perimeters import (
    add_perimeter,
    archive_perimeter,
    count_perimeters,
    edit_perimeter,
    filter_of,
    list_perimeters,
    open_perimeter,
    preview_perimeter,
)
from ambassador.services.perimeters.perimeters import draft_of
from ambassador.services.perimeters.reading import find_perimeter
from ambassador.services.perimeters.views import find_view, list_views, remove_view, save_view
from ambassador.services.undo import undo_of
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.people.people import NewPerson
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, PerimeterRef, SavedViewDraft
from ambassador.values.status import Label
from tests.services.talk import Talk

BRAND = PerimeterDraft("Brezza", PerimeterKind.BRAND, PerimeterRule(words=("brezza",)))


@pytest.fixture
def talk(sqlite_work):
    talk = Talk(sqlite_work)
    for number in range(12):
        talk.post(f"p{number}", "nina" if number % 2 else "ugo", "la brezza #q1brezza", at=30 * number)
    talk.post("other", "leo", "una camera", at=1)
    refresh_mentions(sqlite_work)
    return talk


def test_a_preview_says_how_much_before_anything_is_saved(talk, sqlite_work):
    found = preview_perimeter(sqlite_work, PerimeterRule(words=("Brezza",), languages=("it",)))
    assert (found.mentions, found.of, found.without_language) == (0, 13, 13)
    found = preview_perimeter(sqlite_work, PerimeterRule(words=("Brezza",)))
    assert found.mentions == 12 and not found.is_everything
    assert [row.post_id for row in found.newest] == ["p11", "p10", "p9"]
    assert not [card for card in list_perimeters(sqlite_work) if not card.ref.is_campaign]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (PerimeterRule(), "Nothing says which"),
        (PerimeterRule(exclude_words=("camera",)), "Nothing says which"),
        (PerimeterRule(words=("la", "una")), "all 13 mentions"),
        (PerimeterRule(words=("!!!",)), "no word"),
        (PerimeterRule(languages=("it?",)), "no language"),
        (PerimeterRule(words=tuple(f"w{n}" for n in range(201))), "at most 200"),
    ],
)
def test_what_holds_everything_or_cannot_be_looked_for_is_refused(talk, sqlite_work, rule, told):
    with pytest.raises(BadInputError) as refused:
        add_perimeter(sqlite_work, replace(BRAND, rule=rule))
    assert told in str(refused.value)
    assert len(list_perimeters(sqlite_work)) == 1


def test_everything_can_be_meant(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, replace(BRAND, rule=PerimeterRule(everything=True)))
    assert open_perimeter(sqlite_work, ref).mentions == 13


def test_an_edit_is_a_new_version_and_is_taken_back(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, BRAND)
    noting = sqlite_work.noting()
    edit_perimeter(noting, ref, replace(BRAND, name="Camera", rule=PerimeterRule(words=("camera",))), BRAND)
    view = open_perimeter(sqlite_work, ref)
    assert (view.card.name, view.mentions, [one.version for one in view.versions]) == ("Camera", 1, [2, 1])
    edit_perimeter(sqlite_work, ref, replace(BRAND, name="Camera", rule=PerimeterRule(words=("camera",))))
    assert open_perimeter(sqlite_work, ref).card.version == 2
    undo_of(noting)()
    view = open_perimeter(sqlite_work, ref)
    assert (view.card.name, view.mentions, view.card.version) == ("Brezza", 12, 1)


def test_two_people_at_once_are_told_and_lay_over_what_they_did_not_touch(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, BRAND)
    edit_perimeter(sqlite_work, ref, replace(BRAND, rule=PerimeterRule(words=("camera",))), BRAND)
    edit_perimeter(sqlite_work, ref, replace(BRAND, name="Ours"), BRAND)
    assert draft_of(sqlite_work, ref) == PerimeterDraft("Ours", BRAND.kind, PerimeterRule(words=("camera",)))
    with pytest.raises(EditedMeanwhileError):
        edit_perimeter(sqlite_work, ref, replace(BRAND, rule=PerimeterRule(words=("vento",))), BRAND)


def test_names_are_free_of_perimeters_and_of_campaigns(talk, sqlite_work):
    add_perimeter(sqlite_work, BRAND)
    for name in ("BREZZA", "q1 launch"):
        with pytest.raises(ConflictError):
            add_perimeter(sqlite_work, replace(BRAND, name=name))
    with pytest.raises(NotFoundError):
        find_perimeter(sqlite_work, "nobody's")


def test_the_rule_of_a_campaign_is_edited_through_its_perimeter(talk, sqlite_work):
    ref = find_perimeter(sqlite_work, "Q1 Launch")
    was = draft_of(sqlite_work, ref)
    assert was.kind is PerimeterKind.CAMPAIGN and was.rule.hashtags == ("#q1brezza",)
    assert open_perimeter(sqlite_work, ref).mentions == 12
    noting = sqlite_work.noting()
    edit_perimeter(noting, ref, replace(was, rule=PerimeterRule(words=("fotocamera", "una camera"))), was)
    refresh_mentions(sqlite_work)
    rule = open_campaign(sqlite_work, ref.number).rule
    assert (rule.version, rule.rule.hashtags, rule.rule.keywords) == (2, (), ("fotocamera", "una camera"))
    assert open_perimeter(sqlite_work, ref).mentions == 1
    undo_of(noting)()
    assert open_perimeter(sqlite_work, ref).mentions == 12
    for draft in (
        replace(was, name="Other"),
        replace(was, kind=PerimeterKind.BRAND),
        replace(was, rule=replace(was.rule, languages=("it",))),
    ):
        with pytest.raises(BadInputError):
            edit_perimeter(sqlite_work, ref, draft, was)
    with pytest.raises(BadInputError):
        archive_perimeter(sqlite_work, ref)
    with pytest.raises(BadInputError):
        add_perimeter(sqlite_work, replace(BRAND, kind=PerimeterKind.CAMPAIGN))


def test_a_mention_is_in_several_and_days_are_counted(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, BRAND)
    add_perimeter(
        sqlite_work, PerimeterDraft("Nina", PerimeterKind.PRODUCT, PerimeterRule(accounts=("nina",)))
    )
    found = count_perimeters(sqlite_work)
    assert [(one.card.name, one.mentions, one.in_days) for one in found.perimeters] == [
        ("Brezza", 12, 12), ("Nina", 6, 6), ("Q1 Launch", 12, 12),
    ]  # fmt: skip
    assert (found.last - found.first).days == 89 and found.zone == "Europe/Rome"
    brezza = dict(found.perimeters[0].by_day)
    assert brezza[found.last] == 1 and len(brezza) == 12
    archive_perimeter(sqlite_work, ref)
    assert [one.card.name for one in count_perimeters(sqlite_work).perimeters] == ["Nina", "Q1 Launch"]
    archive_perimeter(sqlite_work, ref, archived=False)
    talk.post("late", "zoe", "brezza!", at=331)
    assert count_perimeters(sqlite_work).perimeters[0].mentions == 13


def test_the_perimeter_of_somebody_erased_holds_nothing_rather_than_everything(talk, sqlite_work):
    number = add_person(sqlite_work, NewPerson("Nina Neri", "x", "nina"))
    ref = add_perimeter(sqlite_work, replace(BRAND, rule=PerimeterRule(accounts=("x:nina",))))
    save_view(sqlite_work, SavedViewDraft("Hers", ref, search="@nina brezza"))
    assert open_perimeter(sqlite_work, ref).mentions == 6
    erase_person(sqlite_work, number)
    view = open_perimeter(sqlite_work, ref)
    assert view.card.rule == PerimeterRule() and view.mentions == 0
    assert "nina" not in find_view(sqlite_work, "hers").draft.search


def test_views_are_kept_for_everybody_and_taken_back(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, BRAND)
    noting = sqlite_work.noting()
    draft = SavedViewDraft("Angry", ref, Label.COMPLAINT, "battery -cheap")
    number = save_view(noting, draft)
    (kept,) = list_views(sqlite_work)
    assert kept.draft == draft and kept.id == number
    with pytest.raises(ConflictError):
        save_view(sqlite_work, replace(draft, name="ANGRY"))
    for bad in (replace(draft, name=" "), replace(draft, name="b", search='"open')):
        with pytest.raises(BadInputError):
            save_view(sqlite_work, bad)
    undo_of(noting)()
    assert list_views(sqlite_work) == ()
    save_view(sqlite_work, replace(draft, perimeter=PerimeterRef(talk.campaign, is_campaign=True)))
    assert find_view(sqlite_work, "angry").draft.perimeter.is_campaign
    removing = sqlite_work.noting()
    remove_view(removing, find_view(sqlite_work, "angry").id)
    assert list_views(sqlite_work) == ()
    undo_of(removing)()
    assert len(list_views(sqlite_work)) == 1


def test_perimeters_combine_with_a_campaign(talk, sqlite_work):
    ref = add_perimeter(sqlite_work, replace(BRAND, rule=PerimeterRule(accounts=("ugo", "leo"))))
    wanted = replace(filter_of(sqlite_work, ref), campaign_id=talk.campaign)
    assert {row.handle for row in find_mentions(sqlite_work, wanted).rows} == {"ugo"}
