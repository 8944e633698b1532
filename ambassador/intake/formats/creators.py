"""Lists of creators by tools that score them: known by their scores, read like any list of people."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

HYPEAUDITOR = Format(
    key="hypeauditor",
    name=mark("HypeAuditor, list of creators"),
    kind=ImportKind.PEOPLE,
    has=("Followers", "AQS|Audience Quality Score|Quality audience"),
    columns={},
)
TRAACKR = Format(
    key="traackr",
    name=mark("Traackr, list of creators"),
    kind=ImportKind.PEOPLE,
    has=("Reach", "Resonance", "Relevance"),
    columns={},
)
MODASH = Format(
    key="modash",
    name=mark("Modash, list of creators"),
    kind=ImportKind.PEOPLE,
    has=("Username", "Followers", "Fake followers|Fake followers %|Fake followers (%)|Audience credibility"),
    columns={},
)
