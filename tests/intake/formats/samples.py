"""A made-up file of each named format: its own headings with invented values, as the docs show them."""

import json
from typing import Any

from ambassador.intake.formats.format import Format

ADDRESSES = {
    "instagram": "https://www.instagram.com/p/Abc123/",
    "facebook": "https://www.facebook.com/77/posts/88",
    "bluesky": "https://bsky.app/profile/ida.example/post/3kabc",
    "tiktok": "https://www.tiktok.com/@ida.moro/video/7400000000000000777",
    "linkedin": "https://www.linkedin.com/posts/ida-moro_q1-share-7400000000000000777-aaaa",
}
CELLS = {
    "post_id": "7411",
    "author": "ida.moro",
    "author_id": "500600700",
    "author_name": "Ida Moro",
    "author_followers": "500",
    "created_at": "2026-03-25 10:00:00",
    "clock": "10:00",
    "read_at": "2026-03-27",
    "kind": "post",
    "platform": "x",
    "text": "two days with it",
    "parent_id": "7410",
    "repost_of": "",
    "quote_of": "",
    "root_id": "7410",
    "parent_author": "ugo",
    "topic": "Q1",
    "language": "en",
    "order_id": "501",
    "code": "IDA5",
    "value": "80.00",
    "currency": "GBP",
    "happened_on": "2026-03-25",
    "state": "paid",
    "refunded": "0.00",
    "cancelled_at": "",
    "is_test": "false",
    "reference": "R-1",
    "recipient": "Ida Moro",
    "tracking": "T9",
    "status": "Delivered",
    "happened_at": "2026-03-26 11:00:00",
    "courier": "UPS",
    "model": "Q1",
    "serial": "SER1",
    "imei1": "490154203237518",
    "imei2": "356938035643809",
    "cost": "410.00",
}
LEFT: dict[str, tuple[str, ...]] = {
    "meta-instagram": ("Duration (sec)", "Data comment", "Follows"),
    "meta-facebook": ("Duration (sec)", "Caption type", "Total clicks"),
    "instagram-graph": ("media_product_type",),
    "x-analytics": ("Engagements", "Profile visits", "Detail Expands", "URL Clicks"),
    "youtube-studio": ("Duration", "Watch time (hours)", "Subscribers", "Impressions"),
    "tiktok-studio": ("Total watch time",),
    "crowdtangle-facebook": ("Page Category", "Love", "Wow", "Overperforming Score"),
    "meltwater": ("Keywords", "Sentiment", "AVE"),
    "talkwalker": ("indexed", "sentiment", "post_type", "engagement"),
    "brandwatch": ("Sentiment", "Domain", "Page Type"),
    "sprinklr": ("Sentiment", "Country"),
    "pulsar": ("Sentiment", "Visibility score"),
    "shopify-orders": ("Email", "Subtotal", "Shipping", "Lineitem quantity", "Lineitem name"),
    "woocommerce-analytics": ("Customer", "Product(s)", "Items sold"),
    "woocommerce-orders": ("First Name (Billing)", "Quantity"),
    "stripe-payments": ("Fee", "Customer Email"),
    "prestashop-orders": ("ID", "New client", "Customer", "Payment"),
    "tiendanube-orders": ("Email", "Nombre del producto", "Cantidad del producto"),
    "amazon-orders": ("sku", "product-name", "quantity"),
    "tcat": ("filter_level", "source", "from_user_verified"),
    "4cat-tiktok": ("music_name", "video_url", "hashtags"),
    "4cat-tiktok-comments": ("post_url", "is_sticky"),
    "4cat-instagram": ("media_type", "location_name"),
    "crowdtangle-instagram": ("Photo", "Total Interactions"),
    "fanpage-karma": ("Post interaction rate", "Type"),
    "keyhole": ("Sentiment", "Location"),
    "linkedin-page": ("Post type", "Posted by", "Clicks", "Engagement rate"),
    "shippo": ("Shipment Date",),
    "dhl": ("Shipment date", "Destination", "Signed for by"),
    "jamf": ("Asset Tag", "Wi-Fi MAC Address", "ICCID", "Capacity MB"),
    "intune": ("Device name", "Last check-in", "ICCID", "Total storage"),
    "google-admin": ("Device ID", "Last Sync", "Storage"),
}
"""Headings that such files have and from which nothing is kept."""
LISTS = {
    "hypeauditor": "Username;Full name;Profile link;Followers;ER;AQS;Category;Country;Email\n"
    "ida.moro;Ida Moro;https://www.instagram.com/ida.moro/;12.4K;4.8%;87;Food;Italy;ida@example.org\n",
    "modash": "Username;Full name;Profile URL;Platform;Followers;Engagement rate;Avg. likes;Fake followers\n"
    "ida.moro;Ida Moro;https://www.instagram.com/ida.moro;instagram;12400;0.048;500;0.12\n",
    "traackr": "Influencer Name;Location;Instagram Handle;Instagram Followers;Reach;Resonance;Relevance\n"
    "Ida Moro;Bari;@ida.moro;12400;60;40;80\n",
}
"""Lists whose columns are proposed as those of any other are."""

_FOLLOWER = {
    "title": "",
    "media_list_data": [],
    "string_list_data": [
        {"href": "https://www.instagram.com/ugo.sala", "value": "ugo.sala", "timestamp": 1774000000}
    ],
}
_FOLLOWS = {
    "follows": [{"did": "did:plc:ugo", "handle": "ugo.example", "displayName": "Ugo Sala"}],
    "subject": {"did": "did:plc:ida", "handle": "ida.example"},
}
_X_POST = {
    "id": "7411",
    "author_id": "500600700",
    "text": "two days with it",
    "created_at": "2026-03-25T10:00:00Z",
    "lang": "en",
    "conversation_id": "7411",
    "public_metrics": {"like_count": 5, "reply_count": 1, "retweet_count": 2, "quote_count": 0},
    "author": {"username": "ida", "name": "Ida Moro"},
}
DOCUMENTS: dict[str, Any] = {
    "instagram-posts": [
        {
            "media": [
                {
                    "uri": "media/posts/202603/1.jpg",
                    "creation_timestamp": 1774432800,
                    "title": "two days with it",
                }
            ]
        }
    ],
    "instagram-stories": {
        "ig_stories": [
            {"uri": "media/stories/1.jpg", "creation_timestamp": 1774432800, "title": "two days with it"}
        ]
    },
    "instagram-media": {
        "photos": [
            {"caption": "two days with it", "taken_at": "2019-05-02T10:00:00", "path": "photos/201905/a.jpg"}
        ]
    },
    "instagram-followers": [_FOLLOWER],
    "instagram-follower-ties": [_FOLLOWER],
    "apify-instagram-comments": [
        {
            "postUrl": "https://www.instagram.com/p/Abc123/",
            "commentUrl": "https://www.instagram.com/p/Abc123/c/18100000000000777",
            "id": "18100000000000777",
            "text": "how long?",
            "ownerUsername": "ugo.sala",
            "timestamp": "2026-03-25T10:00:00.000Z",
            "likesCount": 3,
            "repliesCount": 0,
            "replies": [],
        }
    ],
    "apify-instagram-posts": [
        {
            "id": "3700000000000000777",
            "shortCode": "Abc123",
            "url": "https://www.instagram.com/p/Abc123/",
            "caption": "two days with it",
            "ownerUsername": "ida.moro",
            "timestamp": "2026-03-25T10:00:00.000Z",
            "likesCount": -1,
            "commentsCount": 4,
            "videoPlayCount": 900,
        }
    ],
    "x-archive": [
        {
            "tweet": {
                "id_str": "7411",
                "full_text": "two days with it",
                "created_at": "Wed Mar 25 10:00:00 +0000 2026",
                "favorite_count": "5",
                "retweet_count": "2",
                "lang": "en",
            }
        }
    ],
    "x-api": [_X_POST],
    "x-api-pages": {
        "data": {**_X_POST, "author": {}},
        "includes": {"users": [{"id": "500600700", "username": "ida"}]},
    },
    "mastodon": [
        {
            "id": "7411",
            "uri": "https://social.example/users/ida/statuses/7411",
            "url": "https://social.example/@ida/7411",
            "created_at": "2026-03-25T10:00:00.000Z",
            "content": "<p>two days with it</p>",
            "account": {"id": "5", "acct": "ida", "display_name": "Ida Moro", "followers_count": 500},
            "favourites_count": 5,
            "reblogs_count": 2,
            "replies_count": 1,
        }
    ],
    "mastodon-archive": {
        "type": "OrderedCollection",
        "orderedItems": [
            {
                "id": "https://social.example/users/ida/statuses/7411/activity",
                "type": "Create",
                "actor": "https://social.example/users/ida",
                "published": "2026-03-25T10:00:00Z",
                "object": {
                    "id": "https://social.example/users/ida/statuses/7411",
                    "url": "https://social.example/@ida/7411",
                    "published": "2026-03-25T10:00:00Z",
                    "content": "<p>two days with it</p>",
                    "inReplyTo": None,
                },
            }
        ],
    },
    "snscrape": [
        {
            "_type": "snscrape.modules.twitter.Tweet",
            "url": "https://x.com/ida/status/7411",
            "date": "2026-03-25T10:00:00+00:00",
            "rawContent": "two days with it",
            "id": 7411,
            "user": {"username": "ida", "id": 5, "displayname": "Ida Moro", "followersCount": 500},
            "likeCount": 5,
            "replyCount": 1,
            "retweetCount": 2,
            "quoteCount": 0,
            "conversationId": 7411,
        }
    ],
    "apify-tiktok-videos": [
        {
            "id": "7400000000000000777",
            "text": "two days with it",
            "createTimeISO": "2026-03-25T10:00:00.000Z",
            "authorMeta": {"id": "55", "name": "ida.moro", "nickName": "Ida Moro", "fans": 500},
            "webVideoUrl": "https://www.tiktok.com/@ida.moro/video/7400000000000000777",
            "diggCount": 5,
            "shareCount": 2,
            "playCount": 90,
            "commentCount": 1,
            "collectCount": 3,
            "musicMeta": {"musicName": "a song"},
        }
    ],
    "apify-youtube-videos": [
        {
            "title": "two days with it",
            "id": "abcDEF12345",
            "url": "https://www.youtube.com/watch?v=abcDEF12345",
            "viewCount": 90,
            "date": "2026-03-25T10:00:00.000Z",
            "likes": 5,
            "channelName": "Ida Moro",
            "channelUrl": "https://www.youtube.com/@idamoro",
            "channelId": "UCida",
            "channelUsername": "idamoro",
            "numberOfSubscribers": 500,
            "commentsCount": 1,
            "duration": "00:05:00",
        }
    ],
    "x-api-v1": [
        {
            "id_str": "7411",
            "created_at": "Wed Mar 25 10:00:00 +0000 2026",
            "full_text": "two days with it",
            "user": {"id_str": "5", "screen_name": "ida", "name": "Ida Moro", "followers_count": 500},
            "favorite_count": 5,
            "retweet_count": 2,
            "lang": "en",
        }
    ],
    "threads": [
        {
            "id": "18000000000000777",
            "media_product_type": "THREADS",
            "media_type": "TEXT_POST",
            "permalink": "https://www.threads.net/@ida.moro/post/Abc123",
            "username": "ida.moro",
            "text": "two days with it",
            "timestamp": "2026-03-25T10:00:00+0000",
            "is_quote_post": False,
        }
    ],
    "x-api-users": {
        "data": [
            {
                "id": "500600700",
                "username": "ida",
                "name": "Ida Moro",
                "location": "Bari",
                "public_metrics": {"followers_count": 500, "following_count": 40, "tweet_count": 10},
            }
        ]
    },
    "threads-download": {
        "text_post_app_text_posts": [
            {"media": [{"uri": "", "creation_timestamp": 1774432800, "title": "two days with it"}]}
        ]
    },
    "youtube-api": {
        "kind": "youtube#commentThreadListResponse",
        "items": [
            {
                "id": "Ugz1",
                "snippet": {
                    "videoId": "abcDEF12345",
                    "topLevelComment": {
                        "id": "Ugz1",
                        "snippet": {
                            "textOriginal": "how long?",
                            "authorDisplayName": "@ugo",
                            "authorChannelId": {"value": "UCugo"},
                            "likeCount": 3,
                            "publishedAt": "2026-03-25T10:00:00Z",
                        },
                    },
                    "totalReplyCount": 0,
                },
            }
        ],
    },
    "bluesky-records": {
        "records": [
            {
                "uri": "at://did:plc:ida/app.bsky.feed.post/3kabc",
                "value": {
                    "$type": "app.bsky.feed.post",
                    "text": "two days with it",
                    "createdAt": "2026-03-25T10:00:00Z",
                },
            }
        ]
    },
    "zeeschuimer": {
        "nav_index": "1:0",
        "item_id": "7400000000000000777",
        "timestamp_collected": 1774432900000,
        "source_platform": "tiktok.com",
        "source_url": "https://www.tiktok.com/@ida.moro",
        "data": {
            "id": "7400000000000000777",
            "desc": "two days with it",
            "createTime": 1774432800,
            "author": {"id": "55", "uniqueId": "ida.moro", "nickname": "Ida Moro"},
            "stats": {"diggCount": 5, "commentCount": 1, "shareCount": 2, "playCount": 90},
        },
    },
    "talkwalker-stream": {
        "chunk_type": "CT_RESULT",
        "chunk_result": {
            "data": {
                "data": {
                    "url": "https://x.com/ida/status/7411",
                    "published": 1774432800000,
                    "content": "two days with it",
                    "parent_url": "https://x.com/ida/status/7411",
                    "lang": "en",
                    "extra_author_attributes": {
                        "id": "x:5",
                        "name": "Ida Moro",
                        "short_name": "ida",
                        "url": "https://x.com/ida",
                    },
                    "article_extended_attributes": {"twitter_likes": 5, "twitter_retweets": 2},
                    "reach": 500,
                }
            }
        },
    },
    "bluesky-people": _FOLLOWS,
    "bluesky-follows": _FOLLOWS,
    "bluesky": [
        {
            "uri": "at://did:plc:ida/app.bsky.feed.post/3kabc",
            "author": {"did": "did:plc:ida", "handle": "ida.example", "displayName": "Ida Moro"},
            "record": {"text": "two days with it", "createdAt": "2026-03-25T10:00:00Z"},
            "likeCount": 5,
        }
    ],
}


def sample(one: Format) -> tuple[str, str]:
    """Give the name and the text of a made-up file of a format."""
    if one.key in DOCUMENTS:
        return f"{one.key}.json", json.dumps(DOCUMENTS[one.key])
    if one.key in LISTS:
        return f"{one.key}.csv", LISTS[one.key]
    cells: dict[str, str] = {}
    for name, headings in one.columns.items():
        cells.setdefault(headings.partition("|")[0], _cell(one, name))
    for headings in (*one.has, *LEFT.get(one.key, ())):
        if not any(heading in cells for heading in headings.split("|")):
            cells[headings.partition("|")[0]] = "something"
    return f"{one.key}.csv", ";".join(cells) + "\n" + ";".join(cells.values()) + "\n"


def _cell(one: Format, name: str) -> str:
    base = name.partition(".")[0]
    if base == "url" or (one.key in {"x-analytics", "linkedin-top-posts"} and base == "author"):
        return ADDRESSES.get(one.platform, "https://x.com/ida/status/7411")
    if base == "created_at" and "clock" in one.columns:
        return "2026-03-25"
    if name.endswith((".2", ".3")) and base == "state":
        return ""
    return CELLS.get(base, "7")
