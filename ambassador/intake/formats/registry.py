"""The named formats, in the order in which they are tried: a new one is a module and a line here."""

from collections.abc import Sequence
from typing import Any

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.flat import flat
from ambassador.intake.formats.apify_instagram import APIFY_INSTAGRAM_COMMENTS, APIFY_INSTAGRAM_POSTS
from ambassador.intake.formats.apify_tiktok import APIFY_TIKTOK_COMMENTS
from ambassador.intake.formats.apify_videos import APIFY_TIKTOK_VIDEOS, APIFY_YOUTUBE_VIDEOS
from ambassador.intake.formats.bluesky import BLUESKY_FOLLOWS, BLUESKY_PEOPLE, BLUESKY_POSTS
from ambassador.intake.formats.bluesky_records import BLUESKY_RECORDS
from ambassador.intake.formats.couriers import (
    BRT,
    DPD,
    FEDEX,
    GLS,
    INPOST,
    POSTE_ITALIANE,
    SHIPPO,
    SHIPSTATION,
    UPS,
)
from ambassador.intake.formats.creators import HYPEAUDITOR, MODASH, TRAACKR
from ambassador.intake.formats.crowdtangle import CROWDTANGLE_FACEBOOK, CROWDTANGLE_INSTAGRAM
from ambassador.intake.formats.devices import GOOGLE_ADMIN_DEVICES, INTUNE_DEVICES
from ambassador.intake.formats.dhl import DHL_REPORT
from ambassador.intake.formats.export_comments import EXPORT_COMMENTS
from ambassador.intake.formats.format import Format, headings_in, records_of
from ambassador.intake.formats.four_cat import (
    FOURCAT_BLUESKY,
    FOURCAT_INSTAGRAM,
    FOURCAT_TIKTOK,
    FOURCAT_TIKTOK_COMMENTS,
    FOURCAT_X,
)
from ambassador.intake.formats.hydrator import HYDRATOR
from ambassador.intake.formats.instagram_download import INSTAGRAM_FOLLOWER_TIES, INSTAGRAM_FOLLOWERS
from ambassador.intake.formats.instagram_graph import INSTAGRAM_GRAPH
from ambassador.intake.formats.instagram_posts import INSTAGRAM_MEDIA, INSTAGRAM_POSTS, INSTAGRAM_STORIES
from ambassador.intake.formats.jamf import JAMF_DEVICES
from ambassador.intake.formats.linkedin import LINKEDIN_PAGE, LINKEDIN_TOP_POSTS
from ambassador.intake.formats.listening import BRANDWATCH, FANPAGE_KARMA, KEYHOLE, PULSAR, SPRINKLR
from ambassador.intake.formats.mastodon import MASTODON_STATUSES
from ambassador.intake.formats.mastodon_archive import MASTODON_ARCHIVE
from ambassador.intake.formats.meltwater import MELTWATER
from ambassador.intake.formats.meta_facebook import META_FACEBOOK
from ambassador.intake.formats.meta_instagram import META_INSTAGRAM
from ambassador.intake.formats.refused import (
    TIKTOK_BY_DAY,
    X_ANALYTICS_BY_DAY,
    X_COMPLIANCE,
    X_FOLLOWERS_BY_NUMBER,
    X_TIES_BY_NUMBER,
)
from ambassador.intake.formats.research import SNSCRAPE, TCAT, TWARC, TWINT
from ambassador.intake.formats.shopify import SHOPIFY_ORDERS
from ambassador.intake.formats.shops import (
    AMAZON_ORDERS,
    PRESTASHOP_ORDERS,
    STRIPE_PAYMENTS,
    TIENDANUBE_ORDERS,
    WOOCOMMERCE_ANALYTICS,
    WOOCOMMERCE_ORDERS,
)
from ambassador.intake.formats.talkwalker import TALKWALKER, TALKWALKER_STREAM
from ambassador.intake.formats.threads import THREADS_API, THREADS_DOWNLOAD
from ambassador.intake.formats.tiktok_studio import TIKTOK_STUDIO
from ambassador.intake.formats.x_analytics import X_ANALYTICS
from ambassador.intake.formats.x_api import X_API_PAGES, X_API_POSTS, X_API_USERS
from ambassador.intake.formats.x_api_v1 import X_API_V1
from ambassador.intake.formats.x_archive import X_ARCHIVE
from ambassador.intake.formats.youtube_comments import YOUTUBE_COMMENTS
from ambassador.intake.formats.youtube_studio import YOUTUBE_STUDIO
from ambassador.intake.formats.youtube_threads import YOUTUBE_DATA_TOOLS, YOUTUBE_THREADS
from ambassador.intake.formats.zeeschuimer import ZEESCHUIMER
from ambassador.intake.json_documents import is_list_of_records
from ambassador.values.imports.imports import ANY_TABLE
from ambassador.values.status import ImportKind

FORMATS: tuple[Format, ...] = (
    META_INSTAGRAM,
    META_FACEBOOK,
    INSTAGRAM_GRAPH,
    THREADS_DOWNLOAD,
    INSTAGRAM_POSTS,
    INSTAGRAM_STORIES,
    INSTAGRAM_MEDIA,
    INSTAGRAM_FOLLOWERS,
    INSTAGRAM_FOLLOWER_TIES,
    APIFY_INSTAGRAM_COMMENTS,
    APIFY_INSTAGRAM_POSTS,
    APIFY_TIKTOK_COMMENTS,
    APIFY_TIKTOK_VIDEOS,
    APIFY_YOUTUBE_VIDEOS,
    EXPORT_COMMENTS,
    TIKTOK_STUDIO,
    X_ANALYTICS,
    X_ANALYTICS_BY_DAY,
    TIKTOK_BY_DAY,
    X_ARCHIVE,
    X_FOLLOWERS_BY_NUMBER,
    X_TIES_BY_NUMBER,
    TWARC,
    TWINT,
    TCAT,
    SNSCRAPE,
    FOURCAT_X,
    FOURCAT_BLUESKY,
    FOURCAT_TIKTOK_COMMENTS,
    FOURCAT_TIKTOK,
    FOURCAT_INSTAGRAM,
    ZEESCHUIMER,
    THREADS_API,
    X_API_POSTS,
    X_API_PAGES,
    X_API_V1,
    X_API_USERS,
    X_COMPLIANCE,
    HYDRATOR,
    YOUTUBE_STUDIO,
    YOUTUBE_COMMENTS,
    YOUTUBE_THREADS,
    YOUTUBE_DATA_TOOLS,
    LINKEDIN_TOP_POSTS,
    LINKEDIN_PAGE,
    MASTODON_STATUSES,
    MASTODON_ARCHIVE,
    BLUESKY_POSTS,
    BLUESKY_RECORDS,
    BLUESKY_PEOPLE,
    BLUESKY_FOLLOWS,
    CROWDTANGLE_FACEBOOK,
    CROWDTANGLE_INSTAGRAM,
    FANPAGE_KARMA,
    MELTWATER,
    TALKWALKER,
    TALKWALKER_STREAM,
    BRANDWATCH,
    SPRINKLR,
    PULSAR,
    KEYHOLE,
    SHOPIFY_ORDERS,
    WOOCOMMERCE_ANALYTICS,
    WOOCOMMERCE_ORDERS,
    TIENDANUBE_ORDERS,
    AMAZON_ORDERS,
    STRIPE_PAYMENTS,
    PRESTASHOP_ORDERS,
    DHL_REPORT,
    POSTE_ITALIANE,
    BRT,
    GLS,
    UPS,
    FEDEX,
    DPD,
    INPOST,
    SHIPPO,
    SHIPSTATION,
    JAMF_DEVICES,
    INTUNE_DEVICES,
    GOOGLE_ADMIN_DEVICES,
    HYPEAUDITOR,
    MODASH,
    TRAACKR,
)
_LOOKED_AT = 20


def format_named(kind: ImportKind, key: str) -> Format:
    """Find a format by what a person calls it."""
    keys = {one.key: one for one in FORMATS if one.kind is kind}
    if key not in keys:
        message = mark("{answer} is no answer: say one of {answers}")
        raise BadInputError(message, answer=key, answers=", ".join([*keys, ANY_TABLE]))
    return keys[key]


def format_of_table(kind: ImportKind, headers: Sequence[str]) -> Format | None:
    """Recognise a table by its header."""
    there = headings_in(headers)
    tables = (one for one in FORMATS if one.kind is kind and (one.is_table_too or not one.unfold))
    return next((one for one in tables if one.suits(there)), None)


def format_of_records(kind: ImportKind, documents: Sequence[Any]) -> Format | None:
    """Recognise a JSON file by the names its first records use, and those the whole stands under.

    The records of the longest list speak first; where they say nothing, those of each other list do.
    """
    whole = documents[0] if len(documents) == 1 and isinstance(documents[0], dict) else {}
    lists = [records_of(documents), *(value for value in whole.values() if is_list_of_records(value))]
    for records in lists:
        there = headings_in([*whole, *(name for one in records[:_LOOKED_AT] for name in _all_names(one))])
        for one in FORMATS:
            if one.kind is kind and (one.unfold or one.refused) and one.suits(there):
                return one
    return None


def _all_names(record: Any) -> list[str]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(record, dict):
        return []
    listed = ((name, part[0]) for name, part in record.items() if isinstance(part, list) and part)
    inside = [f"{name}.{key}" for name, first in listed if isinstance(first, dict) for key in first]
    return [*record, *flat(record), *inside]
