"""Whom a pick wants to reach: asked in its form, said beside its figures."""

from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.values.picks.audience import TargetAudience, TargetFound
from ambassador.values.picks.picks import PickRequest


def target_sentence(target: TargetFound) -> str:
    """Say whom all figures are about, and of how many it is not known whether they are meant."""
    return t(
        "All figures are of the people you want to reach ({audience}): {people} of {everybody} in the "
        "network. Of {unknown} it is not known; they count as outside.",
        audience=str(target.asked),
        people=number(target.people),
        everybody=number(target.everybody),
        unknown=number(target.unknown),
    )


def parts(text: str) -> tuple[str, ...]:
    """Read what is separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def target_form(asked: PickRequest | None, *, word_of_mouth: bool) -> TargetAudience:
    """Ask whom the campaign wants to reach, where it can be known who is reached."""
    if not word_of_mouth:
        return TargetAudience()
    before = asked.audience if asked else TargetAudience()
    with st.expander(t("Whom you want to reach"), icon=":material/target:", expanded=bool(before)):
        st.caption(
            t(
                "Only these people are counted; empty counts everybody. Several of one kind are any of them; "
                "several kinds must all be true. Who is not known to be in is outside."
            )
        )
        commas = t("Separated by commas.")
        with st.container(horizontal=True):
            cities = st.text_input(
                t("Live in these cities"), ", ".join(before.cities), help=commas, width=240
            )
            languages = st.text_input(
                t("Speak these languages"),
                ", ".join(before.languages),
                help=t("Codes such as it, en; separated by commas."),
                width=240,
            )
            platforms = st.text_input(
                t("Talk on these platforms"), ", ".join(before.platforms), help=commas, width=240
            )
            topics = st.text_input(t("Have these topics"), ", ".join(before.topics), help=commas, width=240)
    return TargetAudience(parts(cities), parts(languages), parts(platforms), parts(topics))
