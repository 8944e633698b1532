"""Sum up a campaign's credit by ambassador and by device; both cuts sum to the same total."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.mentions import credit as store
from ambassador.store.mentions.credit import SharedMention
from ambassador.values.mentions.credit import CreditMethod, CreditRow, CreditTable

_Key = tuple[int | None, int | None, bool]


@dataclass(frozen=True, slots=True)
class _Names:
    """Who the ambassadors are, and what the devices are called."""

    ambassadors: Mapping[int, tuple[int, str]]
    serials: Mapping[int, str]


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
        names = _Names(
            store.ambassador_names(session, campaign_id),
            store.serials(session, {share.device_id for share in shares if share.device_id}),
        )
    return CreditTable(
        campaign_id=campaign_id,
        total=round(fsum(share.share for share in shares)),
        by_ambassador=_cut(shares, names, lambda share: (share.ambassador_id, None, _is_outside(share))),
        by_device=_cut(shares, names, _by_device),
    )


def _by_device(share: SharedMention) -> _Key:
    return (None if share.device_id else share.ambassador_id), share.device_id, _is_outside(share)


def _is_outside(share: SharedMention) -> bool:
    return share.method == CreditMethod.NOBODY


def _cut(
    shares: Sequence[SharedMention], names: _Names, key: Callable[[SharedMention], _Key]
) -> tuple[CreditRow, ...]:
    groups: dict[_Key, list[SharedMention]] = defaultdict(list)
    for share in shares:
        groups[key(share)].append(share)
    if not any(share.ambassador_id is None for share in shares):
        groups[None, None, False] = []
    rows = [_row(group, names) for group in groups.values()]
    total = fsum(row.mentions for row in rows)
    rows.sort(key=lambda row: (row.is_unattributed, not row.is_outside, -row.mentions, row.name, row.serial))
    return tuple(replace(row, share=row.mentions / total if total else 0.0) for row in rows)


def _row(group: list[SharedMention], names: _Names) -> CreditRow:
    own = CreditMethod.OWN_POST.value
    holders = sorted({share.ambassador_id for share in group if share.ambassador_id is not None})
    device = group[0].device_id if group and len({share.device_id for share in group}) == 1 else None
    people = [names.ambassadors[key][0] for key in holders]
    return CreditRow(
        mentions=fsum(share.share for share in group),
        share=0.0,
        people=len({_author(share) for share in group if share.person_id not in people}),
        own_posts=sum(share.method == own for share in group),
        ambassador_id=holders[-1] if holders else None,
        person_id=people[-1] if people else None,
        name=", ".join(names.ambassadors[key][1] for key in holders),
        device_id=device,
        serial=names.serials.get(device, "") if device else "",
        is_outside=any(_is_outside(share) for share in group),
        inferred=fsum(share.share for share in group if not CreditMethod(share.method).is_sure),
    )


def _author(share: SharedMention) -> tuple[str, int]:
    """Count a person once, whatever the account; an account nobody is known behind counts as one person."""
    return ("person", share.person_id) if share.person_id is not None else ("account", share.account_id)
