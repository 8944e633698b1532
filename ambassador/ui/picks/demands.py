"""Whom a pick wants to reach, who must be in or must not, how it is spread: asked in its form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.ui.kit.forms import handles_in
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.values.picks.audience import TargetAudience
from ambassador.values.picks.picks import PickRequest
from ambassador.values.picks.quotas import Quota, QuotaBy, least_of, most_of


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


_EACH: Final = {
    QuotaBy.CITY: mark("At most per city"),
    QuotaBy.TOPIC: mark("At most per topic"),
    QuotaBy.PLATFORM: mark("At most per platform"),
    QuotaBy.LANGUAGE: mark("At most per language"),
    QuotaBy.TIER: mark("At most per tier"),
}


@dataclass(frozen=True)
class DemandFields:
    """The demands as they were typed; they are read once the form was sent."""

    must: str
    never: str
    already: str
    most: Mapping[QuotaBy, int | None]
    least: str
    most_of_one: str
    pairs: str
    days: int | None

    @property
    def any(self) -> bool:
        """Check whether anything is demanded."""
        texts = (self.must, self.never, self.already, self.least, self.most_of_one, self.pairs)
        return any(texts) or self.days is not None or any(self.most.values())

    def read(self) -> dict[str, Any]:
        """Return what a request takes."""
        most = [Quota(by, limit) for by, limit in self.most.items() if limit is not None]
        least = map(least_of, parts(self.least))
        return {
            "must": handles_in(self.must),
            "never": handles_in(self.never),
            "already": handles_in(self.already),
            "days": self.days,
            "quotas": (*most, *least, *map(most_of, parts(self.most_of_one))),
            "apart": tuple(map(_pair, parts(self.pairs))),
        }


def demands_form(asked: PickRequest | None, *, word_of_mouth: bool) -> DemandFields:
    """Ask who must or must not be in, and for a spread over cities, topics or platforms."""
    before = _before(asked)
    with st.expander(t("Who must be in, who must not, spread"), icon=":material/rule:", expanded=before.any):
        help_text = t("Handles, separated by commas; write platform:handle where several platforms have it.")
        must = st.text_input(t("Must be in"), before.must, help=help_text)
        never = st.text_input(t("Must not be in"), before.never, help=help_text)
        already = st.text_input(
            t("In already (they count, but take no phone of this pick)"), before.already, help=help_text
        )
        with st.container(horizontal=True):
            most = {by: _most_of_each(by, before) for by in _EACH}
        least = st.text_input(
            t("At least"),
            before.least,
            help=t("Such as city:Bari=2, language:it=5, tier:nano=3; separated by commas."),
        )
        most_of_one = st.text_input(
            t("At most"),
            before.most_of_one,
            help=t("Such as city:Bari=2, topic:phones=3, tier:macro=1; separated by commas."),
        )
        st.caption(t("All limits hold together, and whoever is in the campaign already counts towards them."))
        pairs = st.text_input(
            t("Not both"), before.pairs, help=t("Pairs of handles, such as anna+luca; separated by commas.")
        )
        days = word_of_mouth and st.number_input(
            t("Within days"),
            min_value=1,
            value=before.days,
            help=t("Empty: as long as word travels."),
            width=160,
        )
    return DemandFields(must, never, already, most, least, most_of_one, pairs, days or None)


def _before(asked: PickRequest | None) -> DemandFields:
    """Write what was asked before as it is typed."""
    if asked is None:
        return DemandFields("", "", "", {}, "", "", "", None)
    quotas = asked.quotas
    return DemandFields(
        must=", ".join(asked.must),
        never=", ".join(asked.never),
        already=", ".join(asked.already),
        most={
            quota.by: quota.at_most
            for quota in quotas
            if quota.by and quota.at_most is not None and not quota.name
        },
        least=", ".join(str(replace(quota, at_most=None)) for quota in quotas if quota.at_least),
        most_of_one=", ".join(str(quota) for quota in quotas if quota.at_most is not None and quota.name),
        pairs=", ".join("+".join(pair) for pair in asked.apart),
        days=asked.days,
    )


def _most_of_each(by: QuotaBy, before: DemandFields) -> int | None:
    hint = t("Tiers by followers: nano, micro, macro, mega. Unknown followers: in no tier.")
    found: int | None = st.number_input(
        t(_EACH[by]),
        min_value=1,
        value=before.most.get(by) or None,
        width=160,
        help=hint if by is QuotaBy.TIER else None,
    )
    return found


def _pair(text: str) -> tuple[str, str]:
    handles = [part.strip() for part in text.split("+")]
    if len(handles) != 2 or not all(handles):  # noqa: PLR2004 - a pair
        raise BadInputError("{value!r} is no pair: write anna+luca", value=text.strip())
    return handles[0], handles[1]
