"""YouTube Studio: the table of a channel's videos."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

YOUTUBE_STUDIO = Format(
    key="youtube-studio",
    name=mark("YouTube Studio, videos of one channel"),
    kind=ImportKind.MENTIONS,
    has=("Content|Contenuti", "Video title|Titolo video", "Video publish time|Ora pubblicazione video"),
    platform="youtube",
    has_totals=True,
    columns={
        "post_id": "Content|Contenuti",
        "created_at": "Video publish time|Ora pubblicazione video",
        "text": "Video title|Titolo video",
        "views": "Views|Visualizzazioni",
        "likes": "Likes|Likes (vs. dislikes)|Mi piace",
        "replies": "Comments added|Comments|Commenti aggiunti",
        "reposts": "Shares|Condivisioni",
    },
)
