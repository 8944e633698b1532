"""Whatever can be taken back is again what it was: done, taken back, compared row by row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, Date, Enum, select, update

from ambassador.errors import ConflictError
from ambassador.services.campaigns.ambassadors import answer, edit_ambassadors, list_ambassadors
from ambassador.services.campaigns.campaign_view import campaign_draft
from ambassador.services.campaigns.campaigns import (
    archive_campaign,
    close_campaign,
    edit_campaign,
    launch_campaign,
)
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.campaigns.invite import invite_next, invite_people
from ambassador.services.devices import devices
from ambassador.services.devices.dispatch import change_sending_rule, put_notice, sending_rules
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.refresh import bring_up_to_date, refresh_mentions
from ambassador.services.mentions.review import label_mentions, review_mentions
from ambassador.services.people.edit_people import archive_people, edit_people
from ambassador.services.people.merge_people import merge_people, undo_merge
from ambassador.services.results.outcomes import archive_outcome, log_outcome, restore_outcome
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.changes import RowChange, joined_changes
from ambassador.store.schema import metadata
from ambassador.store.tables.base import UTCDateTime
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.campaigns.campaigns import MatchRuleDraft
from ambassador.values.devices import AgreementRule, PhoneFate
from ambassador.values.drafts import DealDraft, MetricsDraft
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.money import money
from ambassador.values.people.people import PersonEdit
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import AmbassadorStatus, Deal, DeviceStatus, Label, OutcomeKind, Verdict
from tests.conftest import NOW
from tests.services.launch import add_accounts, add_launch, add_people, add_phones, add_pick, invite
from tests.store.test_column_words import NEVER_NOTED

COMPUTED = {"credit", "parent_candidate", "tie", "mention_campaign"}
"""Worked out anew after an undo: the same but for their numbers."""


OWN_MARKS = ("('stale:", "('turn:", "('undo'")


@dataclass(frozen=True)
class Scene:
    """The numbers of what is there."""

    campaign: int
    ann: int
    bob: int
    custody: int
    free: int
    pick: int
    outcome: int
    people: tuple[int, ...]
    merge: int
    mention: int


def _scene(work: UnitOfWork) -> Scene:
    """A campaign with a delivered phone, a reserve list, a merge, an outcome and two posts."""
    phones = add_phones(work, 4)
    campaign = add_launch(work)
    draft = campaign_draft(work, campaign)
    edit_campaign(work, campaign, replace(draft, rule=MatchRuleDraft(hashtags=("#calma",))))
    ann, bob = invite(work, campaign, "Ann", "Bob")
    answer(work, ann, AmbassadorStatus.ACCEPTED)
    custody = devices.reserve_device(work, ann).id
    devices.deliver_device(work, custody)
    people = tuple(add_people(work, "Cleo", "Dora", "Edda", "Fay"))
    merge = merge_people(work, people[0], [people[1]])[0]
    accounts = add_accounts(work, "gus", "hal")
    picks = [{"account_id": accounts[0], "marginal_spread": 2.0}, {"person_id": people[2]}]
    pick = add_pick(work, campaign, picks, [{"account_id": accounts[1]}])
    form = OutcomeForm(campaign, OutcomeKind.ORDERS, quantity=3, value=money(90))
    outcome = log_outcome(work, form, "first")
    archive_outcome(work, log_outcome(work, form, "second"))
    mention = paste_mention(work, _post("p1", "ann", "so good #calma"), "m1")
    paste_mention(
        work, replace(_post("p2", "gus", "indeed"), parent_link="https://x.com/ann/status/p1"), "m2"
    )
    refresh_mentions(work)
    return Scene(campaign, ann, bob, custody, phones[3], pick, outcome, people, merge, mention)


def _post(number: str, handle: str, text: str) -> PastedMention:
    return PastedMention(
        link=f"https://x.com/{handle}/status/{number}", handle=handle, text=text,
        figures=MetricsDraft(likes=4, views=900),
    )  # fmt: skip


def _labelled(post: PastedMention, scene: Scene) -> PastedMention:
    return replace(post, campaign_id=scene.campaign, labels=(Label.QUESTION,))


def _edit(work: UnitOfWork, scene: Scene) -> None:
    was = campaign_draft(work, scene.campaign)
    rule = MatchRuleDraft(hashtags=("#brezza",))
    edit_campaign(work, scene.campaign, replace(was, name="Q1 in May", notes="moved", rule=rule), was)
    refresh_mentions(replace(work, kept=None), scene.campaign)


def _lose_and_replace(work: UnitOfWork, scene: Scene) -> None:
    devices.replace_device(work, scene.custody, note="stolen")
    answer(work, scene.ann, AmbassadorStatus.ACCEPTED, "lost it", phone=PhoneFate.STAYS)


def _rule(work: UnitOfWork, _scene: Scene) -> None:
    change_sending_rule(work, AgreementRule.REFUSE, "Brezza", sending_rules(work))


def _words(work: UnitOfWork, _scene: Scene) -> None:
    known = sending_rules(work).notices[0]
    put_notice(work, replace(known, text="Supplied by {brand}."), known)


def _deal(work: UnitOfWork, scene: Scene) -> None:
    row = list_ambassadors(work, scene.campaign)[0]
    edit_ambassadors(work, [AmbassadorEdit(row.id, row.revision, {"next_action": "call"})])


Act = Callable[[UnitOfWork, Scene], object]
ACTS: dict[str, Act] = {
    "campaign edited": _edit,
    "campaign put away": lambda work, scene: archive_campaign(work, scene.campaign),
    "pick confirmed": lambda work, scene: confirm_pick(work, scene.pick, DealDraft(deal=Deal.GIFT)),
    "people invited": lambda work, scene: invite_people(work, scene.campaign, scene.people[2:]),
    "next invited": lambda work, scene: invite_next(work, scene.campaign, scene.people[3]),
    "declined, phone back": lambda work, scene: answer(
        work, scene.ann, AmbassadorStatus.DECLINED, "no time", phone=PhoneFate.BACK
    ),
    "accepted": lambda work, scene: answer(work, scene.bob, AmbassadorStatus.ACCEPTED),
    "deal edited": _deal,
    "phone lost, another reserved": _lose_and_replace,
    "phone reserved": lambda work, scene: devices.reserve_device(work, scene.bob),
    "phone back": lambda work, scene: devices.return_device(work, scene.custody, "in a box"),
    "phone kept": lambda work, scene: devices.keep_device(work, scene.custody),
    "phone retired": lambda work, scene: devices.move_device(work, scene.free, DeviceStatus.RETIRED),
    "mention pasted": lambda work, scene: paste_mention(
        work, _labelled(_post("p9", "ivy", "also #calma"), scene), "m9"
    ),
    "mention pasted again": lambda work, scene: paste_mention(
        work, _labelled(_post("p1", "ann", ""), scene), "m8"
    ),
    "mention labelled": lambda work, scene: label_mentions(work, [scene.mention], Label.COMPLAINT),
    "mention decided": lambda work, scene: review_mentions(
        work, [scene.mention], scene.campaign, Verdict.REJECTED
    ),
    "outcome logged": lambda work, scene: log_outcome(
        work, OutcomeForm(scene.campaign, OutcomeKind.VISITS, quantity=7), "third"
    ),
    "outcome taken out": lambda work, scene: archive_outcome(work, scene.outcome),
    "outcome brought back": lambda work, scene: restore_outcome(work, scene.outcome + 1),
    "sending rule changed": _rule,
    "words changed": _words,
    "person edited": lambda work, scene: edit_people(
        work, [PersonEdit(scene.people[2], {"city": "Lecce", "noticed_on": date(2026, 4, 2)})]
    ),
    "people put away": lambda work, scene: archive_people(work, scene.people[2:]),
    "people merged": lambda work, scene: merge_people(work, scene.people[2], [scene.people[3]]),
    "merge taken back": lambda work, scene: undo_merge(work, [scene.merge]),
}  # fmt: skip


def everything(work: UnitOfWork) -> dict[str, list[str]]:
    """Read every row of every table, but for marks of the machinery."""
    found = {}
    with work.engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if not (one.name == "id" and table.name in COMPUTED)]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            found[table.name] = [
                row for row in rows if not row.startswith(("('stale:", "('turn:", "('undo'"))
            ]
    return found


def test_whatever_is_taken_back_is_what_it_was_unless_somebody_changed_it_since(work: UnitOfWork) -> None:
    scene = _scene(work)
    bring_up_to_date(work)
    before = everything(work)
    for name, act in ACTS.items():
        kept = _noted(work, scene, act)
        assert not {one.table for one in kept} & NEVER_NOTED, name
        changed = everything(work)
        assert changed != before, name
        with _changed_by_somebody(work, joined_changes(kept)):
            theirs = everything(work)
            with pytest.raises(ConflictError, match="nothing was taken back"):
                take_back(work, kept)
            assert everything(work) == theirs, name
        take_back(work, kept)
        bring_up_to_date(work)
        assert everything(work) == before, name
        with pytest.raises(ConflictError, match="taken back already"):
            take_back(work, kept)
        assert everything(work) == before, name


def _noted(work: UnitOfWork, scene: Scene, act: Act) -> list[RowChange]:
    noting = work.noting()
    act(noting.at(NOW + timedelta(hours=1)), scene)
    assert noting.kept
    return noting.kept


@contextmanager
def _changed_by_somebody(work: UnitOfWork, changes: Sequence[RowChange]) -> Iterator[None]:
    """Change one value that was written, as somebody else would, for a while."""
    change, name, new = next(_other_values(changes), (changes[0], "", None))
    assert name, changes
    table = metadata.tables[change.table]
    key = next(iter(table.primary_key))
    with work.engine.begin() as connection:
        own = connection.execute(select(table.c[name]).where(key == change.key[0])).scalar_one()
        connection.execute(update(table).where(key == change.key[0]).values({name: new}))
    yield
    with work.engine.begin() as connection:
        connection.execute(update(table).where(key == change.key[0]).values({name: own}))


def _other_values(changes: Sequence[RowChange]) -> Iterator[tuple[RowChange, str, object]]:
    """Give values that stand in a row's place where another was written."""
    for change in reversed(changes):
        before, after = change.before or {}, change.after or {}
        for name, value in after.items():
            if name.endswith("id") or name == "key" or value == before.get(name):
                continue
            kind = metadata.tables[change.table].c[name].type
            if isinstance(kind, UTCDateTime):
                yield change, name, NOW - timedelta(days=90)
            elif isinstance(kind, Enum) and value is not None:
                yield change, name, next(one for one in kind.python_type if one.value != value)
            elif isinstance(kind, JSON) or (isinstance(value, str) and not isinstance(kind, Date)):
                yield change, name, "theirs"
            elif isinstance(value, int) and not isinstance(value, bool):
                yield change, name, value + 1


def test_the_campaign_that_was_edited_since_is_named(work: UnitOfWork) -> None:
    scene = _scene(work)
    kept = _noted(work, scene, _edit)
    was = campaign_draft(work, scene.campaign)
    edit_campaign(work.by("leo"), scene.campaign, replace(was, name="Q1 in June"), was)
    with pytest.raises(ConflictError, match=r"Q1 in May became Q1 in June"):
        take_back(work, kept)
    assert campaign_draft(work, scene.campaign).name == "Q1 in June"


def test_another_field_that_was_edited_since_stays(work: UnitOfWork) -> None:
    scene = _scene(work)
    kept = _noted(work, scene, _edit)
    was = campaign_draft(work, scene.campaign)
    edit_campaign(work.by("leo"), scene.campaign, replace(was, silent_after_days=9), was)
    take_back(work, kept)
    now = campaign_draft(work, scene.campaign)
    assert (now.name, now.notes, now.silent_after_days) == ("Q1 Launch", "", 9)


def test_people_invited_who_got_a_phone_since_stay(work: UnitOfWork) -> None:
    scene = _scene(work)
    kept = _noted(work, scene, ACTS["people invited"])
    newest = max(row.id for row in list_ambassadors(work, scene.campaign))
    devices.reserve_device(work, newest)
    theirs = everything(work)
    with pytest.raises(ConflictError, match="Something new rests on"):
        take_back(work, kept)
    assert everything(work) == theirs


def test_a_campaign_is_closed_and_live_again(work: UnitOfWork) -> None:
    scene = _scene(work)
    launch_campaign(work, scene.campaign)
    before, noting = everything(work), work.noting()
    close_campaign(noting, scene.campaign)
    take_back(work, noting.kept or ())
    assert everything(work) == before
