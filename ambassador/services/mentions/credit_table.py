"""Sum up a campaign's credit by ambassador and by device; both cuts sum to the same total."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from ambassador.services.activations.moment_lift import MomentShare, moment_shares
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.mentions import credit as store
from ambassador.store.mentions.credit import SharedMention
from ambassador.values.mentions.credit import CreditMethod, CreditRow, CreditTable

_Key = tuple[int | None, int | None, bool, int | None]
_Part = tuple[SharedMention, float, int | None]
"""A share, how much of it, and the moment that part goes back to."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Who the ambassadors are, and what the devices are called."""

    ambassadors: Mapping[int, tuple[int, str]]
    serials: Mapping[int, str]
    moments: Mapping[int, str]


def credit_table(work: UnitOfWork, campaign_id: int) -> CreditTable:
    """Read who is credited with what, the largest first and the unattributed row last.

    Examples
    --------
    >>> [(row.name, row.mentions, row.own_posts) for row in credit_table(work, campaign).by_ambassador]
    [('Nina Rossi', 4.0, 1), ('Leo Conti', 1.0, 1), ('', 0.0, 0)]
    """
    with work.reading() as session:
        get_campaign(session, campaign_id)
        shares = store.read_shared_mentions(session, campaign_id)
        moments = moment_shares(session, campaign_id, work.now())
        parts = [part for share in shares for part in _parted(share, moments)]
        names = _Names(
            store.ambassador_names(session, campaign_id),
            store.serials(session, {share.device_id for share in shares if share.device_id}),
            {one.activation_id: one.title for one in moments},
        )
    return CreditTable(
        campaign_id=campaign_id,
        total=round(fsum(share.share for share in shares)),
        by_ambassador=_cut(parts, names, _by_ambassador),
        by_device=_cut(parts, names, _by_device),
    )


def _parted(share: SharedMention, moments: Sequence[MomentShare]) -> list[_Part]:
    """Give the moment in whose hours a post of nobody's came by itself its part; the rest stays nobody's."""
    if share.ambassador_id is None and share.came_by_itself:
        for one in moments:
            if one.holds(share.posted_at):
                part = share.share * one.share
                return [(share, part, one.activation_id), (share, share.share - part, None)]
    return [(share, share.share, None)]


def _by_ambassador(part: _Part) -> _Key:
    share, _, moment = part
    return share.ambassador_id, None, moment is None and _is_outside(share), moment


def _by_device(part: _Part) -> _Key:
    share, _, moment = part
    holder = None if share.device_id else share.ambassador_id
    return holder, share.device_id, moment is None and _is_outside(share), moment


def _is_outside(share: SharedMention) -> bool:
    return share.method == CreditMethod.NOBODY


def _cut(parts: Sequence[_Part], names: _Names, key: Callable[[_Part], _Key]) -> tuple[CreditRow, ...]:
    groups: dict[_Key, list[_Part]] = defaultdict(list)
    for part in parts:
        groups[key(part)].append(part)
    if not any(share.ambassador_id is None for share, *_ in parts):
        groups[None, None, False, None] = []
    rows = [_row(group, names) for group in groups.values()]
    total = fsum(row.mentions for row in rows)
    rows.sort(
        key=lambda row: (
            row.is_unattributed,
            row.moment_id is None,
            not row.is_outside,
            -row.mentions,
            row.name,
            row.serial,
        )
    )
    return tuple(replace(row, share=row.mentions / total if total else 0.0) for row in rows)


def _row(parts: list[_Part], names: _Names) -> CreditRow:
    group, moment = [share for share, *_ in parts], parts[0][2] if parts else None
    own = CreditMethod.OWN_POST.value
    holders = sorted({share.ambassador_id for share in group if share.ambassador_id is not None})
    device = group[0].device_id if group and len({share.device_id for share in group}) == 1 else None
    people = [names.ambassadors[key][0] for key in holders]
    return CreditRow(
        mentions=fsum(part for _, part, _ in parts),
        share=0.0,
        people=len({_author(share) for share in group if share.person_id not in people}),
        own_posts=sum(share.method == own for share in group),
        ambassador_id=holders[-1] if holders else None,
        person_id=people[-1] if people else None,
        name=", ".join(names.ambassadors[key][1] for key in holders)
        if moment is None
        else names.moments[moment],
        device_id=device,
        serial=names.serials.get(device, "") if device else "",
        is_outside=moment is None and any(_is_outside(share) for share in group),
        inferred=fsum(
            part for share, part, _ in parts if moment is not None or not CreditMethod(share.method).is_sure
        ),
        moment_id=moment,
    )


def _author(share: SharedMention) -> tuple[str, int]:
    """Count a person once, whatever the account; an account nobody is known behind counts as one person."""
    return ("person", share.person_id) if share.person_id is not None else ("account", share.account_id)
