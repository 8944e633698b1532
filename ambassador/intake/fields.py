"""What a column of each kind of file can mean, and what its cells then hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ambassador.i18n import mark
from ambassador.intake import headings
from ambassador.values.imports.imports import FieldChoice
from ambassador.values.status import ImportKind


class Holds(StrEnum):
    """What the cells of a field are."""

    HANDLE = "handle"
    MEMBER = "member"
    """A handle, or the name of a member of a server: ``nina@social.example``."""
    PLATFORM = "platform"
    WORDS = "words"
    TOPICS = "topics"
    EMAIL = "email"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    ID = "id"
    IMEI = "imei"
    COUNT = "count"
    NUMBER = "number"
    RATE = "rate"
    PROBABILITY = "probability"
    MONEY = "money"
    MOMENT = "moment"
    CLOCK = "clock"
    CURRENCY = "currency"
    STATE = "state"
    """What a courier says happened."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One meaning a column can have; each is there once, so that it is compared by being the same."""

    name: str
    label: str
    holds: Holds
    names: tuple[str, ...]
    needed: bool = False
    of_account: bool = False
    repeats: int = 1

    def choice(self) -> FieldChoice:
        """Return what a person chooses from."""
        return FieldChoice(self.name, self.label, self.needed)


def _fields(named: Mapping[str, str], *rows: tuple[str, str, Holds]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name.strip("!@*"),
            label,
            holds,
            _names(named[name.strip("!@*")]),
            needed="!" in name,
            of_account="@" in name,
            repeats=max(1, 3 * name.count("*")),
        )
        for name, label, holds in rows
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(",") if name.strip())


# Before a name: ``!`` the file needs it, ``@`` it belongs to an account, ``*`` several columns can hold it.

PEOPLE = _fields(
    headings.PEOPLE,
    ("!@handle", mark("Handle"), Holds.HANDLE),
    ("@platform", mark("Platform"), Holds.PLATFORM),
    ("@url", mark("Address of the profile"), Holds.ADDRESS),
    ("@native_id", mark("Account id"), Holds.ID),
    ("@followers", mark("Followers"), Holds.COUNT),
    ("@following", mark("Following"), Holds.COUNT),
    ("@posts", mark("Posts"), Holds.COUNT),
    ("@average_likes", mark("Average likes"), Holds.NUMBER),
    ("@average_comments", mark("Average comments"), Holds.NUMBER),
    ("@average_views", mark("Average views"), Holds.NUMBER),
    ("@engagement_rate", mark("Engagement rate"), Holds.RATE),
    ("name", mark("Name"), Holds.WORDS),
    ("surname", mark("Surname"), Holds.WORDS),
    ("city", mark("City"), Holds.WORDS),
    ("country", mark("Country"), Holds.WORDS),
    ("language", mark("Language"), Holds.WORDS),
    ("**topics", mark("Topics"), Holds.TOPICS),
    ("fee", mark("Fee"), Holds.MONEY),
    ("currency", mark("Currency"), Holds.CURRENCY),
    ("email", mark("E-mail"), Holds.EMAIL),
    ("telephone", mark("Telephone number"), Holds.TELEPHONE),
    ("notes", mark("Notes"), Holds.WORDS),
    ("read_at", mark("Date of the figures"), Holds.MOMENT),
)
TIES = _fields(
    headings.TIES,
    ("!source", mark("From"), Holds.MEMBER),
    ("!target", mark("To"), Holds.MEMBER),
    ("platform", mark("Platform"), Holds.PLATFORM),
    ("kind", mark("Kind of tie"), Holds.WORDS),
    ("weight", mark("Weight (how often)"), Holds.NUMBER),
    ("probability", mark("Probability"), Holds.PROBABILITY),
    ("third", mark("Weight or probability"), Holds.NUMBER),
)
DEVICES = _fields(
    headings.DEVICES,
    ("model", mark("Model"), Holds.WORDS),
    ("serial", mark("Serial number"), Holds.ID),
    ("imei1", mark("IMEI"), Holds.IMEI),
    ("imei2", mark("Second IMEI"), Holds.IMEI),
    ("colour", mark("Colour"), Holds.WORDS),
    ("cost", mark("Cost"), Holds.MONEY),
    ("currency", mark("Currency"), Holds.CURRENCY),
)
MENTIONS = _fields(
    headings.MENTIONS,
    ("post_id", mark("Post id"), Holds.ID),
    ("url", mark("Address of the post"), Holds.ADDRESS),
    ("platform", mark("Platform"), Holds.PLATFORM),
    ("!author", mark("Author's handle"), Holds.MEMBER),
    ("author_id", mark("Author's id"), Holds.ID),
    ("author_name", mark("Author's name"), Holds.WORDS),
    ("author_followers", mark("Author's followers"), Holds.COUNT),
    ("!created_at", mark("When"), Holds.MOMENT),
    ("clock", mark("Time of day"), Holds.CLOCK),
    ("kind", mark("Kind of post"), Holds.WORDS),
    ("text", mark("Text"), Holds.WORDS),
    ("parent_id", mark("Id of the post it answers or shares"), Holds.ID),
    ("repost_of", mark("Id of the post it shares"), Holds.ID),
    ("quote_of", mark("Id of the post it quotes"), Holds.ID),
    ("parent_author", mark("Whom it answers or shares"), Holds.MEMBER),
    ("root_id", mark("Id of the first post"), Holds.ID),
    ("topic", mark("Topic"), Holds.WORDS),
    ("language", mark("Language"), Holds.WORDS),
    ("labels", mark("Labels"), Holds.WORDS),
    ("likes", mark("Likes"), Holds.COUNT),
    ("replies", mark("Replies"), Holds.COUNT),
    ("reposts", mark("Reposts"), Holds.COUNT),
    ("quotes", mark("Quotes"), Holds.COUNT),
    ("saves", mark("Saves"), Holds.COUNT),
    ("views", mark("Views"), Holds.COUNT),
    ("reach", mark("Reach"), Holds.COUNT),
    ("read_at", mark("Date of the figures"), Holds.MOMENT),
)
COURIER = _fields(
    headings.COURIER,
    ("reference", mark("Our reference"), Holds.ID),
    ("recipient", mark("Recipient"), Holds.WORDS),
    ("tracking", mark("Tracking number"), Holds.ID),
    ("courier", mark("Courier"), Holds.WORDS),
    ("!status", mark("What happened"), Holds.STATE),
    ("happened_at", mark("When"), Holds.MOMENT),
)
OUTCOMES = _fields(
    headings.OUTCOMES,
    ("*code", mark("Code"), Holds.ID),
    ("order_id", mark("Order number"), Holds.ID),
    ("handle", mark("Handle"), Holds.HANDLE),
    ("quantity", mark("How many"), Holds.COUNT),
    ("value", mark("Value"), Holds.MONEY),
    ("currency", mark("Currency"), Holds.CURRENCY),
    ("*state", mark("State of the order"), Holds.WORDS),
    ("is_test", mark("Whether it is a test"), Holds.WORDS),
    ("cancelled_at", mark("Cancelled on"), Holds.MOMENT),
    ("refunded", mark("Paid back"), Holds.MONEY),
    ("happened_on", mark("Day"), Holds.MOMENT),
    ("kind", mark("Kind of outcome"), Holds.WORDS),
    ("note", mark("Note"), Holds.WORDS),
)

FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.PEOPLE: PEOPLE,
    ImportKind.TIES: TIES,
    ImportKind.DEVICES: DEVICES,
    ImportKind.MENTIONS: MENTIONS,
    ImportKind.COURIER: COURIER,
    ImportKind.OUTCOMES: OUTCOMES,
}
"""The meanings a column can have, by kind of file."""

ONE_OF: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.DEVICES: ("serial", "imei1"),
    ImportKind.COURIER: ("reference", "recipient"),
    ImportKind.OUTCOMES: ("code", "handle", "quantity", "note", "order_id"),
}
"""Fields of which a file must have at least one."""
