"""What live sources are called on the page."""

from ambassador.i18n import mark
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import number, t
from ambassador.values.live import SourceOffer, WatchView, open_places


def followed_word(view: WatchView, offers: dict[str, SourceOffer]) -> str:
    """Say what is followed: the network, what, and which."""
    offer = offers.get(view.watched.source)
    label = offer.label if offer else view.watched.source
    what = offer.offers.get(view.watched.what) if offer else None
    return f"{label} · {t(what) if what else view.watched.what} · {view.watched.target}"


def came_word(view: WatchView) -> str:
    """Say what became of the rows of the last run."""
    if view.began_at is None:
        return t("not run yet")
    counts = view.counts
    said = (
        (counts.added, mark("{count} added")),
        (counts.updated, mark("{count} updated")),
        (counts.known, mark("{count} known already")),
        (counts.merged, mark("{count} taken with another row")),
        (counts.left_out, mark("{count} left out")),
        (counts.refused, mark("{count} refused")),
    )
    parts = [t(text, count=number(count)) for count, text in said if count]
    return (
        t("{rows} rows: {parts}", rows=number(counts.rows), parts=", ".join(parts)) if parts else t("nothing")
    )


def trouble_word(view: WatchView) -> str:
    """Say why rows were refused, each reason with how many, and why the run ended early."""
    parts = [
        t("{count} refused: {reason}", count=number(count), reason=t(reason, **open_places(reason)))
        for reason, count in view.refusals.items()
    ]
    if view.failure:
        parts.append(t(view.failure.text, **view.failure.values))
    elif view.was_cut_off:
        parts.append(t("It is under way, or was cut off; the next run goes on there."))
    return "; ".join(parts)


def watch_columns(offers: dict[str, SourceOffer]) -> tuple[Column[WatchView], ...]:
    """Lay out what is followed."""
    return (
        Column(t("What is followed"), lambda view: followed_word(view, offers)),
        Column(t("Last run"), "began_at", Kind.MOMENT),
        Column(t("What came"), came_word),
        Column(t("Refused, and why"), trouble_word),
        Column(t("Next run"), "next_at", Kind.MOMENT),
        Column(t("Server"), lambda view: view.watched.server),
        Column(t("By"), "actor"),
    )
