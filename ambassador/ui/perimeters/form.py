"""The fields of a perimeter, and what its rule would hold before it is saved."""

from collections.abc import Callable, Mapping
from typing import Final

from ambassador.errors import BadInputError
from ambassador.services.perimeters import preview_perimeter
from ambassador.ui.kit.markup import bold, joined
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import error_text, number, percent, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, PerimeterPreview

_KINDS: Final = (PerimeterKind.BRAND, PerimeterKind.PRODUCT, PerimeterKind.COMPETITOR)
_SHOWN: Final = 140
"""Characters of an example."""


def field_values(draft: PerimeterDraft) -> Mapping[str, object]:
    """What the fields begin with."""
    rule = draft.rule
    lists = {name: ", ".join(getattr(rule, name)) for name in _lists()}
    return {"name": draft.name, "kind": draft.kind, **lists, "everything": rule.everything}


def field_labels() -> dict[str, str]:
    """Name the fields as the form does."""
    return {"name": t("Name"), "kind": t("Of what"), **_lists(), "everything": t("Everything is meant")}


def ask_perimeter(key: Callable[[str], str], was: PerimeterDraft) -> PerimeterDraft:
    """Ask what is watched, and say what that would hold."""
    if was.kind is PerimeterKind.CAMPAIGN:
        return _ask_campaign(key, was)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("Name"), key=key("name"))
        kind = st.selectbox(t("Of what"), _KINDS, format_func=word, key=key("kind"))
    words, hashtags, accounts = (_ask(key, field) for field in ("words", "hashtags", "accounts"))
    languages, without = _ask(key, "languages"), _ask(key, "exclude_words")
    rule = PerimeterRule(words, hashtags, accounts, languages, without)
    everything = _draw_preview(rule, key("everything"))
    return PerimeterDraft(
        name, kind or was.kind, PerimeterRule(words, hashtags, accounts, languages, without, everything)
    )


def _ask_campaign(key: Callable[[str], str], was: PerimeterDraft) -> PerimeterDraft:
    st.caption(
        t(
            "This is the match rule of the campaign: only posts of its days count, doubtful ones wait for"
            " you, and answers to what belongs come with it."
        )
    )
    words, hashtags, accounts = (_ask(key, field) for field in ("words", "hashtags", "accounts"))
    return PerimeterDraft(
        was.name, was.kind, PerimeterRule(words, hashtags, accounts, (), _ask(key, "exclude_words"))
    )


def _ask(key: Callable[[str], str], field: str) -> tuple[str, ...]:
    helps = {
        "words": t("Posts with one of these in any form; several words are a phrase, bright* a beginning."),
        "hashtags": t("Posts that carry one of these."),
        "accounts": t("What they wrote and what names them: nina, or instagram:nina on one platform alone."),
        "languages": t("Codes such as it, en. Posts that say no language are then left out."),
        "exclude_words": t("Posts with one of these are out."),
    }
    typed = st.text_input(
        _lists()[field], key=key(field), help=helps[field], placeholder=t("separated by commas")
    )
    return tuple(part.strip() for part in typed.split(",") if part.strip())


def _draw_preview(rule: PerimeterRule, key: str) -> bool:
    """Say what the rule would hold; where that is everything, ask whether it is meant."""
    try:
        found = preview_perimeter(current_work(), rule)
    except BadInputError as error:
        st.warning(error_text(error), icon=":material/search_off:")
        return False
    if rule.is_open:
        st.info(t("Say which mentions are meant; nothing yet does."), icon=":material/filter_alt:")
    elif found.of:
        _tell(found)
    if not (rule.is_open or found.is_everything):
        return False
    return st.checkbox(t("Everything is meant: all mentions, less the exclude-words"), key=key)


def _tell(found: PerimeterPreview) -> None:
    values = {"count": number(found.mentions), "of": number(found.of)}
    if not found.mentions:
        none = t("None of the {of} mentions that are here matches it.", **values)
        st.warning(none, icon=":material/filter_alt_off:")
    elif found.is_everything:
        everything = t("It would hold all {of} mentions that are here.", **values)
        st.warning(everything, icon=":material/filter_alt:")
    else:
        share = percent(found.mentions / found.of, 1)
        told = t("It would hold {count} of {of} mentions, {share}.", share=share, **values)
        st.info(told, icon=":material/filter_alt:")
    if found.without_language:
        st.caption(
            t("{count} mentions say no language and are left out.", count=number(found.without_language))
        )
    for row in found.newest:
        st.caption(joined(" ", (bold(f"@{row.handle}"), " ".join(row.text.split())[:_SHOWN])))


def _lists() -> dict[str, str]:
    return {
        "words": t("Words"),
        "hashtags": t("Hashtags"),
        "accounts": t("Accounts"),
        "languages": t("Languages"),
        "exclude_words": t("Exclude-words"),
    }
