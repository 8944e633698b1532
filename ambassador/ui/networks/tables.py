"""The network in figures and tables: where ties come from, communities, the ties themselves, files."""

from functools import partial

from ambassador.i18n import mark
from ambassador.services.networks import export_network
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, percent, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.networks.network_view import (
    CommunityRow,
    NetworkFormat,
    NetworkView,
    TieOrigin,
    TieRow,
)

ORIGINS = {"file": mark("files"), "mentions": mark("mentions")}
KINDS = {
    "follow": mark("follows"),
    "reply": mark("replied"),
    "quote": mark("quoted"),
    "repost": mark("shared"),
    "comment": mark("commented"),
    "mention": mark("named"),
    "reaction": mark("reacted"),
    "": mark("not stated"),
}
_FORMATS = {
    NetworkFormat.EDGE_LIST: mark("Edge list (CSV)"),
    NetworkFormat.WORKBOOK: mark("Edge list (XLSX)"),
    NetworkFormat.PARQUET: mark("Edge list (Parquet)"),
    NetworkFormat.GEPHI: mark("Nodes and edges for Gephi (two CSV)"),
    NetworkFormat.GRAPHML: "GraphML",
    NetworkFormat.GEXF: "GEXF",
    NetworkFormat.NODE_LINK: mark("JSON for web tools"),
}


def network_figures(view: NetworkView) -> None:
    """Draw who is in it, where it comes from, and how much of the talk it covers."""
    named = t("{count} known by name", count=number(view.people))
    first_row(
        Figure(t("In the network"), number(view.nodes), named, help=_about_people()),
        Figure(t("Ties"), number(view.ties), _where_from(view), help=_about_ties()),
        _coverage(view),
        _lonely(view),
    )


def direction_in_words(view: NetworkView) -> None:
    """Say with a real tie which way influence flows."""
    if view.strongest:
        first = view.strongest[0]
        values = {"source": first.source, "target": first.target}
        st.caption(
            t(
                "Ties point the way influence flows. In the first one, what {source} posts reaches {target}, "
                "who follows {source} or reacted to them.",
                **values,
            )
        )


def origins_table(view: NetworkView) -> None:
    """List where the ties come from."""
    columns: tuple[Column[TieOrigin], ...] = (
        Column(t("Comes from"), lambda row: t(ORIGINS.get(row.origin, row.origin))),
        Column(t("What the follower did"), lambda row: t(KINDS.get(row.kind, row.kind))),
        Column(t("Platform"), "platform"),
        Column(t("Ties"), "ties", Kind.NUMBER),
    )
    show_table("tie_origins", view.origins, columns, title=t("Where the ties come from"))


def communities_table(view: NetworkView) -> None:
    """List the communities, those without an ambassador first."""
    if not view.is_drawn:
        st.caption(t("They are listed once the picture is drawn."))
        return
    rows = sorted(view.communities, key=lambda row: (bool(row.ambassadors), row.number))
    columns: tuple[Column[CommunityRow], ...] = (
        Column(t("Community"), "number", Kind.NUMBER),
        Column(t("People"), "people", Kind.NUMBER),
        Column(t("Ambassadors"), lambda row: ", ".join(row.ambassadors) or t("nobody yet")),
        Column(t("Best connected"), lambda row: ", ".join(row.best_connected)),
        Column(t("Ties inside"), "ties_inside", Kind.NUMBER),
    )
    show_table("communities", rows, columns, title=t("Communities"))


def ties_table(view: NetworkView) -> None:
    """List the strongest ties, and offer all of them as files."""
    columns: tuple[Column[TieRow], ...] = (
        Column(t("Reaches from"), "source"),
        Column(t("to"), "target"),
        Column(t("What the follower did"), lambda row: t(KINDS.get(row.kind, row.kind))),
        Column(t("Comes from"), lambda row: t(ORIGINS.get(row.origin, row.origin))),
        Column(t("Times"), "interactions", Kind.NUMBER),
        Column(t("Weight"), "weight", Kind.DECIMAL),
        Column(t("Given probability"), "probability", Kind.DECIMAL),
        Column(t("Last"), "last_at", Kind.MOMENT),
    )
    show_table("ties", view.strongest, columns, title=t("Ties"))
    st.caption(
        t("The {shown} strongest are listed. All of them, as a file:", shown=number(len(view.strongest)))
    )
    _files()


def _files() -> None:
    work = current_work()
    with st.container(horizontal=True):
        for form, label in _FORMATS.items():
            st.download_button(
                t(label),
                partial(export_network, work, form),
                file_name=f"network.{form.value}",
                icon=":material/download:",
                key=f"network_{form.value}",
                on_click="ignore",
            )


def _where_from(view: NetworkView) -> str:
    listed = sum(row.ties for row in view.origins)
    derived = sum(row.ties for row in view.origins if row.origin == "mentions")
    if derived in {0, listed}:
        return t("all from mentions") if derived else t("all from files")
    return t("{share} from mentions", share=percent(derived / listed))


def _coverage(view: NetworkView) -> Figure:
    about = t(
        "Authors of mentions that belong to the campaign. What the others did, no network forecast can say."
    )
    if view.coverage is None or not view.coverage.talkers:
        return Figure(t("Talkers in it"), t("no data yet"), help=about)
    values = {
        "inside": number(view.coverage.inside),
        "all": number(view.coverage.talkers),
        "campaign": view.coverage.campaign,
    }
    label, note = t("Talkers in it"), t("{inside} of {all} in {campaign}", **values)
    return Figure(label, percent(view.coverage.share), note, help=about)


def _lonely(view: NetworkView) -> Figure:
    about = t("People with more ties among each other than to the rest (Louvain's method).")
    label = t("No ambassador yet")
    if not view.is_drawn:
        return Figure(label, t("no data yet"), t("communities are being looked for"), help=about)
    if not view.ambassadors_of:
        return Figure(label, t("no data yet"), t("no campaign has ambassadors yet"), help=about)
    note = t("of {all} communities", all=number(len(view.communities)))
    return Figure(label, number(len(view.without_ambassador)), note, help=about)


def _about_people() -> str:
    return t("People, and accounts nobody is known behind, with at least one tie to somebody else.")


def _about_ties() -> str:
    return t("Who follows whom comes from files; who replied to, quoted, shared or named whom from mentions.")
