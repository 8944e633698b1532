"""Labels one by one: a post, four buttons with a key each, and the next."""

from collections.abc import Callable
from typing import Final

from ambassador.services.tone.labelling import label_tone
from ambassador.services.tone.order import next_to_label
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, t, t_count
from ambassador.ui.kit.words import heading
from ambassador.ui.kit.workspace import current_work
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.tone import Drawn, NextToLabel, Tone

_LAST: Final = "tone:last"
_DONE: Final = "tone:done"
_KEYS: Final = {Tone.NEGATIVE: "1", Tone.NEUTRAL: "2", Tone.POSITIVE: "3", Tone.CANNOT_TELL: "4"}
_MOST_CHARACTERS: Final = 2_000


def label_dialog(stream: MentionFilter) -> None:
    """Ask for the tone of one post after the other until the reader closes it."""
    st.session_state[_DONE] = 0
    st.session_state.pop(_LAST, None)

    @st.dialog(t("What is the tone of this post?"), width="medium", on_dismiss="rerun")
    def ask() -> None:
        with errors_shown():
            found = next_to_label(current_work(), stream)
            if found is None:
                st.info(t("Every post that is here has a label."), icon=":material/check:")
            else:
                _ask_tone(found)
            _draw_done()

    ask()


def _ask_tone(found: NextToLabel) -> None:
    row = found.row.mention
    st.caption(
        t(
            "@{handle} on {platform}, {moment}",
            handle=row.handle,
            platform=row.platform,
            moment=moment(row.posted_at),
        )
    )
    with st.container(border=True):
        st.markdown(row.text[:_MOST_CHARACTERS] or t("This post has no text."))
    st.caption(
        t("Drawn at random, so that the labels speak of all posts.")
        if found.drawn is Drawn.RANDOM
        else t("The likeliest complaint of those without a label.")
    )
    with st.container(horizontal=True):
        for tone in Tone:
            st.button(
                heading(tone),
                key=f"tone-one:{row.id}:{tone}",
                shortcut=_KEYS[tone],
                on_click=_say,
                args=(row.id, tone, found.drawn),
            )


def _draw_done() -> None:
    done: int = st.session_state.get(_DONE, 0)
    with st.container(horizontal=True, vertical_alignment="center"):
        if done:
            said = t_count("{count} labelled just now.", "{count} labelled just now.", done)
            st.caption(said, width="content")
        if st.session_state.get(_LAST) is not None:
            st.button(t("Undo the last one"), type="tertiary", key="tone-one:undo", on_click=_take_back)


def _say(mention_id: int, tone: Tone, drawn: Drawn) -> None:
    with errors_shown():
        work = current_work().noting()
        label_tone(work, [mention_id], tone, drawn=drawn)
        st.session_state[_LAST] = undo_of(work)
        st.session_state[_DONE] = st.session_state.get(_DONE, 0) + 1


def _take_back() -> None:
    last: Callable[[], object] | None = st.session_state.pop(_LAST, None)
    if last is None:
        return
    with errors_shown():
        last()
        st.session_state[_DONE] = max(st.session_state.get(_DONE, 0) - 1, 0)
