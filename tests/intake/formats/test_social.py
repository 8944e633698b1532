"""Exports of platforms and listening tools: made-up files under the headings those programs write."""

import json
from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.intake.reading import ReadingOptions, inspect_file
from ambassador.values.imports.imports import ANY_TABLE, QuestionKind
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.reading import read

MENTIONS, PEOPLE = ImportKind.MENTIONS, ImportKind.PEOPLE

META = (
    "Post ID,Account ID,Account username,Account name,Description,Publish time,Permalink,Post type,"
    "Data comment,Date,Views,Reach,Likes,Shares,Comments,Saves\n"
    '17900000000000111,17800000000000222,ida.moro,Ida Moro,"Two, days",03/17/2026 21:10,'
    "https://www.instagram.com/p/Abc/,IG reel,,Lifetime,900,700,50,4,3,2\n"
)


def notes(drafts):
    return [str(note) for note in drafts.preview.notes]


def test_metas_export_names_author_text_and_time_and_says_what_it_is():
    drafts = read(META, MENTIONS)
    (row,) = drafts.rows
    assert (row.author, row.author_id, row.text) == ("ida.moro", "17800000000000222", "Two, days")
    assert (row.post_id, row.created_at) == ("17900000000000111", datetime(2026, 3, 17, 21, 10, tzinfo=UTC))
    figures = row.metrics
    assert (figures.views, figures.reach, figures.likes) == (900, 700, 50)
    assert (figures.reposts, figures.replies, figures.saves) == (4, 3, 2)
    assert "read as: Meta Business Suite, Instagram posts, English" in notes(drafts)


@pytest.mark.parametrize(
    "header",
    [
        "ID del post,Nome utente dell'account,Descrizione,Orario di pubblicazione,Mi piace",
        "Beitrags-ID,Benutzername des Kontos,Beschreibung,Veröffentlichungszeitpunkt,Gefällt mir",
        "ID de publication,Nom d'utilisateur du compte,Description,Heure de publication,J'aime",
        (
            "Identificador de la publicación,Nombre de usuario de la cuenta,Descripción,"
            "Hora de publicación,Me gusta"
        ),
    ],
)
def test_metas_export_is_known_in_five_languages(header):
    text = f"{header}\n1790001,ida.moro,ciao,25/03/2026 08:00,12\n"
    (row,) = read(text, MENTIONS).rows
    assert (row.author, row.text, row.metrics.likes) == ("ida.moro", "ciao", 12)


def test_a_recognised_format_can_be_overruled():
    preview = inspect_file(
        "m.csv", META.encode(), MENTIONS, ReadingOptions(answers={QuestionKind.FORMAT: ANY_TABLE})
    )
    assert preview.mapping.columns.get("author_id") != "Account ID"
    assert not any("read as" in str(note) for note in preview.notes)


def test_posts_of_one_account_ask_whose_they_are():
    text = (
        "id,timestamp,media_type,caption,like_count,permalink\n"
        "1,2026-03-01T08:00:00+0000,IMAGE,hello,5,https://www.instagram.com/p/Xyz/\n"
    )
    with pytest.raises(AnswerNeededError, match="whose posts are these"):
        read(text, MENTIONS)
    (row,) = read(text, MENTIONS, author="@Ida.Moro").rows
    assert (row.author, row.platform, row.kind) == ("ida.moro", "instagram", MentionKind.ORIGINAL)


def test_an_account_of_x_is_read_from_the_address_not_from_profile_visits():
    text = (
        "Post id,Date,Post text,Post Link,Impressions,Likes,Shares,Replies,Reposts,Profile visits\n"
        '77,"Tue, Mar 3, 2026",hi,https://x.com/idamoro/status/77,100,9,1,2,6,45\n'
    )
    (row,) = read(text, MENTIONS).rows
    assert (row.author, row.metrics.reposts, row.metrics.views) == ("idamoro", 6, 100)


def test_a_data_download_of_x_is_read_behind_its_assignment():
    posts = [
        {"tweet": {"id_str": "31", "full_text": "one", "created_at": "Tue Mar 03 09:00:00 +0000 2026"}},
        {
            "tweet": {
                "id_str": "32",
                "full_text": "@ugo yes",
                "created_at": "Tue Mar 03 10:00:00 +0000 2026",
                "in_reply_to_status_id_str": "30",
                "favorite_count": "4",
            }
        },
    ]
    text = "window.YTD.tweets.part0 = " + json.dumps(posts)
    first, second = read(text, MENTIONS, name="tweets.js", author="ida").rows
    assert (first.post_id, first.kind, first.author) == ("31", MentionKind.ORIGINAL, "ida")
    assert (second.parent_id, second.kind, second.metrics.likes) == ("30", MentionKind.REPLY, 4)


def test_pages_of_the_api_of_x_take_names_from_the_users_beside_them():
    page = {
        "data": [
            {
                "id": "9",
                "author_id": "5",
                "text": "RT @ugo: hi",
                "created_at": "2026-03-03T09:00:00Z",
                "referenced_tweets": [{"type": "retweeted", "id": "8"}],
                "public_metrics": {"like_count": 0},
            }
        ],
        "includes": {"users": [{"id": "5", "username": "ida", "name": "Ida"}]},
    }
    for text in (json.dumps(page), f"{json.dumps(page)}\n{json.dumps(page)}"):
        row = read(text, MENTIONS, name="pages.jsonl").rows[0]
        assert (row.author, row.parent_id, row.kind) == ("ida", "8", MentionKind.REPOST)


def test_reply_share_and_quote_each_have_their_column():
    text = (
        "id,user_screen_name,created_at,text,in_reply_to_status_id,retweet_id,quote_id\n"
        "2,ugo,2026-03-03T09:00:00Z,why,1,,\n3,pia,2026-03-03T09:00:00Z,same,,1,\n"
        "4,leo,2026-03-03T09:00:00Z,look,,,1\n"
    )
    rows = read(text, MENTIONS).rows
    assert [row.parent_id for row in rows] == ["1", "1", "1"]
    assert [row.kind for row in rows] == [MentionKind.REPLY, MentionKind.REPOST, MentionKind.QUOTE]


def test_comments_under_a_video_are_posts_of_their_own_that_answer_it():
    text = (
        "videoId,commentId,author,publishedAt,text,likeCount,parentId\n"
        "vid1,c1,@ugo,2026-03-03T09:00:00Z,how long,3,\nvid1,c1.r1,@pia,2026-03-03T09:05:00Z,long,0,c1\n"
    )
    first, second = read(text, MENTIONS).rows
    assert (first.post_id, first.parent_id, first.root_id, first.kind) == (
        "c1",
        "vid1",
        "vid1",
        MentionKind.COMMENT,
    )
    assert (second.post_id, second.parent_id, second.root_id) == ("c1.r1", "c1", "vid1")


def test_tiktok_comments_are_by_those_who_wrote_them():
    text = (
        "text,diggCount,replyCommentTotal,createTimeISO,uniqueId,videoWebUrl,uid,cid\n"
        "one,2,1,2026-03-03T09:00:00.000Z,ugo,https://www.tiktok.com/@ida/video/55,601,701\n"
        "two,0,0,2026-03-03T09:10:00.000Z,ugo,https://www.tiktok.com/@ida/video/55,601,702\n"
    )
    rows = read(text, MENTIONS).rows
    assert [(row.post_id, row.author, row.parent_id) for row in rows] == [
        ("701", "ugo", "55"),
        ("702", "ugo", "55"),
    ]
    assert rows[0].metrics.likes == 2


def test_replies_inside_instagram_comments_are_comments_too():
    comment = {
        "id": "91",
        "postUrl": "https://www.instagram.com/p/Abc/",
        "commentUrl": "https://www.instagram.com/p/Abc/c/91",
        "text": "nice",
        "ownerUsername": "ugo",
        "timestamp": "2026-03-03T09:00:00.000Z",
        "likesCount": -1,
        "replies": [
            {"id": "92", "text": "thanks", "ownerUsername": "ida", "timestamp": "2026-03-03T09:01:00.000Z"}
        ],
    }
    first, second = read(json.dumps([comment]), MENTIONS, name="c.json").rows
    assert (first.parent_id, first.metrics.likes, first.kind) == ("Abc", None, MentionKind.COMMENT)
    assert (second.parent_id, second.root_id, second.author) == ("91", "Abc", "ida")


def test_hidden_likes_of_instagram_posts_are_unknown_and_the_post_is_its_short_code():
    post = {
        "id": "37001",
        "shortCode": "Abc",
        "ownerUsername": "ida",
        "caption": "hi",
        "timestamp": "2026-03-03T09:00:00.000Z",
        "likesCount": -1,
        "videoViewCount": 5,
        "videoPlayCount": 80,
    }
    (row,) = read(json.dumps([post]), MENTIONS, name="p.json").rows
    assert (row.post_id, row.metrics.likes, row.metrics.views) == ("Abc", None, 80)


def test_followers_of_a_data_download_are_people():
    entry = {"href": "https://www.instagram.com/ugo", "value": "ugo", "timestamp": 1700000000}
    text = json.dumps([{"title": "", "media_list_data": [], "string_list_data": [entry]}])
    (row,) = read(text, PEOPLE, name="followers_1.json").rows
    assert (row.accounts[0].platform, row.accounts[0].handle) == ("instagram", "ugo")


def test_a_channels_total_is_no_video():
    text = (
        "Content,Video title,Video publish time,Views,Likes\nTotal,,,500,40\n"
        'vid1,"Two days","Mar 3, 2026",300,25\nvid2,Test,"Mar 4, 2026",200,15\n'
    )
    drafts = read(text, MENTIONS, author="ida")
    assert [(row.post_id, row.text) for row in drafts.rows] == [("vid1", "Two days"), ("vid2", "Test")]
    assert "rows of totals or averages that were left out: 1 (line 2)" in notes(drafts)


def test_two_lists_side_by_side_are_one_list_of_posts():
    one, two = (
        f"https://www.linkedin.com/posts/idamoro_test-share-{number}-aBcD" for number in ("7001", "7002")
    )
    text = (
        "Post URL,Post Publish Date,Engagements,,Post URL,Post Publish Date,Impressions\n"
        f"{one},3/25/2026,22,,{two},3/20/2026,700\n{two},3/20/2026,20,,{one},3/25/2026,300\n"
    )
    rows = read(text, MENTIONS).rows
    assert [(row.post_id, row.author, row.metrics.views) for row in rows] == [
        ("7001", "idamoro", 300),
        ("7002", "idamoro", 700),
    ]


def test_a_boost_is_a_share_and_text_is_words():
    account = {"id": "7", "acct": "ida@one.example", "display_name": "Ida"}
    status = {
        "id": "11",
        "created_at": "2026-03-03T09:00:00.000Z",
        "content": "<p>Two &amp; <a href='x'>#q</a></p>",
        "reblog": None,
        "account": account,
        "reblogs_count": 1,
    }
    boost = {**status, "id": "12", "reblog": status, "content": "", "account": {"id": "8", "acct": "ugo"}}
    drafts = read(json.dumps([status, boost]), MENTIONS, name="m.json")
    first, second = drafts.rows
    (unused,) = [note for note in notes(drafts) if note.startswith("columns not used")]
    assert "reblog.created_at" in unused
    assert not {"content", "account.acct", "reblog.id"} & set(unused.partition(": ")[2].split(", "))
    assert (first.text, first.author, first.platform) == ("Two & #q", "ida@one.example", "mastodon")
    assert (second.parent_id, second.kind, second.author) == ("11", MentionKind.REPOST, "ugo")


def test_posts_of_bluesky_name_what_they_answer_and_quote():
    def post(key, **record):
        uri = f"at://did:plc:a/app.bsky.feed.post/{key}"
        return {
            "uri": uri,
            "author": {"did": "did:plc:a", "handle": "ida.bsky.social"},
            "record": {"createdAt": "2026-03-03T09:00:00Z", "text": key, **record},
        }

    root = {"uri": "at://did:plc:a/app.bsky.feed.post/k1"}
    answer = post("k2", reply={"parent": root, "root": root})
    quote = post("k3", embed={"$type": "app.bsky.embed.record", "record": root})
    rows = read(json.dumps({"posts": [post("k1"), answer, quote]}), MENTIONS, name="b.json").rows
    assert [row.kind for row in rows] == [MentionKind.ORIGINAL, MentionKind.REPLY, MentionKind.QUOTE]
    assert rows[1].parent_id == rows[2].parent_id == rows[0].post_id


def test_listening_tools_have_words_time_and_kind_where_they_put_them():
    text = (
        "Date\tTime\tURL\tContent Type\tAuthor Name\tAuthor Handle\tTitle\tOpening Text\tHit Sentence\tR\n"
        "04-Mar-2026\t06:20 PM\thttps://x.com/ida/status/5\tReply\tIda\t@ida\t\tlonger\thit\t90\n"
        "05-Mar-2026\t08:00 AM\thttps://www.example-paper.com/q1\tOriginal\tUgo Neri\t\tA title\t\t\t\n"
    )
    first, second = read(text.encode("utf-16"), MENTIONS, name="m.csv").rows
    assert (first.text, first.kind) == ("hit", MentionKind.REPLY)
    assert first.created_at == datetime(2026, 3, 4, 18, 20, tzinfo=UTC)
    assert (second.text, second.author) == ("A title", "ugoneri")


def test_an_originals_own_address_is_no_parent_and_a_form_is_no_kind():
    text = (
        "url,published,content,root_url,parent_url,post_type,extra_author_attributes.name,"
        "extra_author_attributes.short_name\n"
        "http://twitter.com/ida/status/1,2026-03-03 09:00:00,one,http://twitter.com/ida/,"
        "http://twitter.com/ida/status/1,LINK,Ida,ida\n"
        "http://twitter.com/ugo/status/2,2026-03-03 09:30:00,RT @ida: one,http://twitter.com/ugo/,"
        "http://twitter.com/ida/status/1,TEXT,Ugo,ugo\n"
    )
    first, second = read(text, MENTIONS).rows
    assert (first.kind, first.parent_id, first.root_id) == (MentionKind.ORIGINAL, "", "")
    assert (second.kind, second.parent_id) == (MentionKind.REPOST, "1")


def test_a_page_was_made_long_before_its_post():
    text = (
        "Page Name,User Name,Page Created,Followers at Posting,Post Created,Likes,URL,Message\n"
        "Ida Shop,idashop,2011-01-01 10:00:00,420,2026-03-03 09:00:12 EDT,5,"
        "https://www.facebook.com/1/posts/2,hello\n"
    )
    (row,) = read(text, MENTIONS).rows
    assert (row.created_at, row.author_followers) == (datetime(2026, 3, 3, 13, 0, 12, tzinfo=UTC), 420)
