"""A post put to discussion: what it drew, in which tone, who came in new."""

from ambassador.services.activations.replies import set_poll_post
from ambassador.services.undo import undo_of
from ambassador.ui.activations.replies import post_dialog
from ambassador.ui.kit.charts import bars, show_chart
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import joined, link, quoted
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day, moment, number, percent, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.discussions import Contribution, DiscussionView
from ambassador.values.activations.states import ActivationStatus

_SHORT = 280


def draw_discussion(view: ActivationView, found: DiscussionView | None) -> None:
    """Draw what a post drew; before it is said which, offer to say it."""
    if found is None:
        st.info(
            t(
                "Nothing is said of it yet: say which post is discussed, by the number Mentions shows. What "
                "answers or shares it, directly or not, is the discussion."
            ),
            icon=":material/forum:",
        )
        if view.card.status is not ActivationStatus.ANNOUNCED and st.button(
            t("Say which post"), icon=":material/forum:", key="discussed-post"
        ):
            post_dialog(view)
        return
    _draw_post(view, found)
    if not found.posts:
        st.info(t("Nobody has answered it here yet: bring the mentions in first."), icon=":material/forum:")
        return
    first_row(*_figures(found))
    st.caption(_tone_line(found))
    _draw_days(found)
    if found.leading:
        st.subheader(t("Beneath which most was said"))
        show_table("discussion-leading", found.leading, _columns(), title=t("Beneath which most was said"))


def _draw_post(view: ActivationView, found: DiscussionView) -> None:
    if found.is_gone:
        st.caption(t("The post was taken down or erased; what was said beneath it still counts."))
    else:
        st.markdown(quoted(found.text[:_SHORT]))
        place = link(t("the post"), found.url) if found.url else ""
        when = moment(found.posted_at, view.card.time_zone)
        st.caption(joined(" · ", (found.by, when, place)))
    if view.card.status is ActivationStatus.DRAFT and st.button(
        t("Take the post off"), icon=":material/link_off:", key="discussed-off", type="tertiary"
    ):
        with errors_shown():
            work = current_work().noting()
            set_poll_post(work, view.card.id, None)
            say_done(t("Nothing is discussed here now."), undo=undo_of(work))
            st.rerun()


def _figures(found: DiscussionView) -> tuple[Figure, ...]:
    told = found.posts - found.unlabelled
    return (
        Figure(
            t("Posts beneath it"),
            number(found.posts),
            t_count("{count} of our own besides", "{count} of our own besides", found.ours),
            help=t("All that answers or shares it, directly or not. Posts of its author are not counted."),
        ),
        Figure(
            t("People"),
            number(found.people),
            t_count("{count} never seen before", "{count} never seen before", found.new),
            help=t("Accounts of one person together. Never seen before: their first post here is in it."),
        ),
        Figure(
            t("Negative"),
            percent(found.negative / told) if told else t("no data yet"),
            t_count("of {count} labelled post", "of {count} labelled posts", told),
            help=t("As people labelled their tone; posts nobody labelled are not guessed."),
        ),
        Figure(
            t("Complaints"),
            number(found.complaints),
            t("labelled, or in a case of care"),
        ),
    )


def _tone_line(found: DiscussionView) -> str:
    tones = t(
        "{negative} negative, {neutral} neutral, {positive} positive, {unclear} that cannot be told; of "
        "{unlabelled} nobody has said anything.",
        negative=number(found.negative),
        neutral=number(found.neutral),
        positive=number(found.positive),
        unclear=number(found.cannot_tell),
        unlabelled=number(found.unlabelled),
    )
    far = t_count(
        "The furthest answer is {count} step away.",
        "The furthest answer is {count} steps away.",
        found.longest,
    )
    return f"{tones} {far}"


def _draw_days(found: DiscussionView) -> None:
    when, posts = t("Day"), t("Posts")
    busiest = max(found.by_day, key=lambda one: one[1])
    takeaway = t_count(
        "{count} post on the busiest day, {day}",
        "{count} posts on the busiest day, {day}",
        busiest[1],
        day=day(busiest[0]),
    )
    rows = [{when: day(one), posts: count} for one, count in found.by_day]
    show_chart(bars(rows, name=when, value=posts, sort=False), takeaway)


def _columns() -> list[Column[Contribution]]:
    return [
        Column(t("Post"), "text"),
        Column(t("By"), "by"),
        Column(t("When"), "posted_at", Kind.MOMENT),
        Column(t("Posts beneath it"), "drew", Kind.NUMBER),
        Column(t("Number"), "mention_id", Kind.NUMBER),
    ]
