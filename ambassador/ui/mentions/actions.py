"""What can be done with mentions: decide, label, type one in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.review import (
    label_mentions,
    review_mentions,
    take_down_mentions,
)
from ambassador.services.perimeters.reading import perimeters_of
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import form_token, renew_token
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import day_order, rich_count, shown_zone, t, t_count
from ambassador.ui.kit.words import post_kind_word
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.mentions.table import mention_columns, rows_note
from ambassador.ui.mentions.words import label_word
from ambassador.values.drafts import MetricsDraft
from ambassador.values.mentions.mentions import (
    CareFigures,
    FoundMentions,
    MentionRow,
    PastedMention,
)
from ambassador.values.status import Label, MentionKind, Verdict

_KINDS = (MentionKind.ORIGINAL, MentionKind.STORY, MentionKind.REPLY, MentionKind.QUOTE, MentionKind.REPOST)

_ROUNDS = "mentions:rounds"


def table_name(show: str) -> str:
    """Name the table anew after every decision: ticks must not stay on whatever moved up."""
    rounds = st.session_state.get(_ROUNDS, 0)
    return f"mentions-{show}-{rounds}" if rounds else f"mentions-{show}"


def mentions_table(show: str, view: FoundMentions, care: CareFigures) -> list[MentionRow]:
    """Draw the mentions chosen; give the rows that are ticked."""
    watched = perimeters_of(current_work(), [row.id for row in view.rows])
    columns = mention_columns(care, watched)
    chosen = show_table(
        table_name(show), view.rows, columns, title=t("Mentions"), choose="many", searched=True
    )
    st.caption(rows_note(view))
    return chosen


def mention_actions(chosen: Sequence[MentionRow], campaign_id: int | None) -> None:
    """Draw what can be done with the rows that are ticked."""
    if not chosen:
        st.caption(t("Tick rows to label them or to decide whether they belong."))
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(rich_count("**{count} mention ticked**", "**{count} mentions ticked**", len(chosen)))
        for label in Label:
            if st.button(t("Label: {label}", label=label_word(label)), key=f"label:{label}"):
                _label(chosen, label)
        if st.button(t("Take labels off"), key="label:off", type="tertiary"):
            _unlabel(chosen)
        _take_down_buttons(chosen)
        if _campaigns_of(chosen, campaign_id):
            if st.button(t("They belong"), icon=":material/check:", key="review:in"):
                _decide(chosen, campaign_id, Verdict.MATCHED)
            if st.button(t("They do not belong"), icon=":material/block:", key="review:out"):
                _decide(chosen, campaign_id, Verdict.REJECTED)


def _take_down_buttons(chosen: Sequence[MentionRow]) -> None:
    there = [row.id for row in chosen if row.deleted_at is None]
    gone = [row.id for row in chosen if row.deleted_at is not None]
    if there and st.button(t("Taken down by its author"), icon=":material/delete_sweep:", key="gone:yes"):
        _take_down(there)
    if gone and st.button(t("It is there after all"), icon=":material/restore:", key="gone:no"):
        _put_back(gone)


def _take_down(mention_ids: Sequence[int]) -> None:
    with errors_shown():
        work = current_work().noting()
        changed = take_down_mentions(work, mention_ids)
        words = t_count(
            "{count} mention is marked as taken down.",
            "{count} mentions are marked as taken down.",
            len(changed),
        )
        say_done(words, undo=undo_of(work))
        _next_round()


def _put_back(gone: Sequence[int]) -> None:
    with errors_shown():
        work = current_work().noting()
        changed = take_down_mentions(work, gone, gone=False)
        words = t_count("{count} mention is there again.", "{count} mentions are there again.", len(changed))
        say_done(words, undo=undo_of(work))
        _next_round()


def paste_button(campaign_id: int | None, *, first: bool = True) -> None:
    """Draw the button that opens the form for one mention; a page has one button that stands out."""
    if st.button(t("Add a mention"), type="primary" if first else "secondary", icon=":material/add_link:"):
        paste_dialog(campaign_id)


def paste_dialog(campaign_id: int | None) -> None:
    """Ask for a link, or for a story without one."""

    @st.dialog(t("Add a mention"))
    def ask() -> None:
        with errors_shown():
            st.caption(
                t("Paste the address of a post. A story that is gone needs only who posted it, and where.")
            )
            pasted = _form(campaign_id)
            if st.button(t("Add"), type="primary", key="paste:add"):
                work = current_work().noting()
                paste_mention(work, pasted, form_token("paste"))
                renew_token("paste")
                say_done(t("The mention is in."), undo=undo_of(work))
                st.rerun()

    ask()


def _form(campaign_id: int | None) -> PastedMention:
    link = st.text_input(t("Link"), placeholder="https://", key="paste:link")
    left, right = st.columns(2)
    with left:
        handle = st.text_input(t("Who posted it"), placeholder="@", key="paste:handle")
    with right:
        platform = st.text_input(t("Platform"), key="paste:platform")
    posted_at = _moment_of_form()
    kind = st.selectbox(
        t("What it is"),
        _KINDS,
        index=None,
        format_func=post_kind_word,
        key="paste:kind",
        placeholder=t("tell from the link"),
    )
    return PastedMention(
        link=link,
        platform=platform,
        handle=handle,
        posted_at=posted_at,
        kind=kind,
        text=st.text_area(t("Text"), key="paste:text", height=80),
        parent_link=st.text_input(t("Link of the post it answers, if any"), key="paste:parent"),
        campaign_id=campaign_id,
        figures=_figures(),
    )


def _figures() -> MetricsDraft:
    st.caption(t("Figures, as the ambassador told you: they are marked as such."))
    asked = {"views": t("Views"), "likes": t("Likes"), "replies": t("Replies")}
    given: dict[str, int | None] = {}
    for column, (name, label) in zip(st.columns(3), asked.items(), strict=True):
        with column:
            given[name] = st.number_input(label, min_value=0, value=None, step=1, key=f"paste:{name}")
    return MetricsDraft(views=given["views"], likes=given["likes"], replies=given["replies"])


def _moment_of_form() -> datetime | None:
    left, right = st.columns(2)
    with left:
        on = st.date_input(t("Day"), value=None, key="paste:day", format=day_order())
    with right:
        at = st.time_input(t("Hour"), value=time(12), key="paste:hour")
    if on is None:
        return None
    zone = ZoneInfo(shown_zone())
    said, now = datetime.combine(on, at, zone), current_work().now()
    return min(said, now) if on == now.astimezone(zone).date() else said


def _label(chosen: Sequence[MentionRow], label: Label) -> None:
    with errors_shown():
        work = current_work().noting()
        label_mentions(work, [row.id for row in chosen], label)
        words = t_count("{count} mention is labelled.", "{count} mentions are labelled.", len(chosen))
        say_done(words, undo=undo_of(work))
        _next_round()


def _unlabel(chosen: Sequence[MentionRow]) -> None:
    with errors_shown():
        work = current_work().noting()
        for label in Label:
            label_mentions(work, [row.id for row in chosen], label, on=False)
        say_done(t("The labels are off."), undo=undo_of(work))
        _next_round()


def _next_round() -> None:
    st.session_state[_ROUNDS] = st.session_state.get(_ROUNDS, 0) + 1
    st.rerun()


def _decide(chosen: Sequence[MentionRow], campaign_id: int | None, verdict: Verdict) -> None:
    with errors_shown():
        work = current_work().noting()
        for campaign, mentions in _campaigns_of(chosen, campaign_id).items():
            review_mentions(work, mentions, campaign, verdict)
        words = t_count("{count} mention is decided.", "{count} mentions are decided.", len(chosen))
        say_done(words, undo=undo_of(work))
        _next_round()


def _campaigns_of(chosen: Sequence[MentionRow], campaign_id: int | None) -> dict[int, list[int]]:
    """Say which mentions to decide in which campaign: the chosen one, else those they wait in or are in."""
    if campaign_id is not None:
        return {campaign_id: [row.id for row in chosen]}
    found: dict[int, list[int]] = defaultdict(list)
    for row in chosen:
        waiting = [match for match in row.campaigns if match.verdict is Verdict.REVIEW]
        for match in waiting or row.campaigns:
            found[match.campaign_id].append(row.id)
    return dict(found)
