"""Whom one post may have been taken from, where the platform hides it."""

from collections.abc import Sequence

from ambassador.ui.cascades.views import basis_words
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.markup import bold, bullets
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, percent, t
from ambassador.values.cascades.inference import ParentBasis
from ambassador.values.mentions.mentions import MentionRow, PossibleParent


def draw_possible_parents(rows: Sequence[MentionRow]) -> None:
    """List whom the one mention asked for may have been taken from, with how likely each is."""
    if asked_number("mention") is None or len(rows) != 1:
        return
    row = rows[0]
    if not row.possible_parents:
        if row.parent_is_inferred:
            st.caption(t("Whom this was taken from is not known: the platform names only the start."))
        return
    st.markdown(bold(t("Taken from (not observed: inferred from ties and delays)")))
    st.caption(basis_words(ParentBasis.parse(row.possible_parents[0].method)))
    st.markdown(bullets(f"{percent(one.probability)} · {_words(one)}" for one in row.possible_parents))


def _words(one: PossibleParent) -> str:
    if one.mention_id is None:
        return t("nobody known")
    when = moment(one.posted_at) if one.posted_at else ""
    return " · ".join(filter(None, (f"@{one.handle}", when)))
