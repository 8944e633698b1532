"""Cases of customers who want an answer: their states, their cards, and what was promised them.

Public names: CareCalendar, CarePromise, CaseCard, CaseDraft, CaseFilter, CaseKind, CaseStatus, CaseView.
Read in this order: states, rules, cases, waiting.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.care.cases import CaseCard, CaseDraft, CaseFilter, CaseView
    from ambassador.values.care.rules import CareCalendar, CarePromise
    from ambassador.values.care.states import CaseKind, CaseStatus

__all__ = [
    "CareCalendar",
    "CarePromise",
    "CaseCard",
    "CaseDraft",
    "CaseFilter",
    "CaseKind",
    "CaseStatus",
    "CaseView",
]
__getattr__ = offering(
    __name__,
    {
        "CaseKind": "states",
        "CaseStatus": "states",
        "CareCalendar": "rules",
        "CarePromise": "rules",
        "CaseCard": "cases",
        "CaseDraft": "cases",
        "CaseFilter": "cases",
        "CaseView": "cases",
    },
)
