"""Posts as those collect them who ask a platform for many: research tools, scrapers, the platforms' APIs."""

import json
from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError, UnreadableFileError
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.reading import read

MENTIONS, PEOPLE, TIES = ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.TIES
TEN = datetime(2026, 3, 25, 10, 0, tzinfo=UTC)


def told(drafts):
    return [str(note) for note in drafts.preview.notes]


def ways(drafts):
    return [(row.post_id, row.author, row.kind, row.parent_id) for row in drafts.rows]


def test_the_api_of_x_before_v2_has_the_shared_and_the_quoted_post_inside():
    first = {
        "id_str": "71",
        "created_at": "Wed Mar 25 10:00:00 +0000 2026",
        "full_text": "two days",
        "user": {"id_str": "5", "screen_name": "ida", "name": "Ida Moro", "followers_count": 500},
        "favorite_count": 5,
        "retweet_count": 2,
    }
    by = {name: {**first, "user": {"screen_name": name}} for name in ("ugo", "pia", "leo")}
    posts = [
        {**first, "text": "two da...", "extended_tweet": {"full_text": "two days and more"}},
        {**by["ugo"], "id_str": "72", "in_reply_to_status_id_str": "71"},
        {**by["pia"], "id_str": "73", "retweeted_status": first},
        {**by["leo"], "id_str": "74", "quoted_status_id_str": "71", "quoted_status": first},
    ]
    drafts = read("\n".join(map(json.dumps, posts)), MENTIONS, name="posts.jsonl")
    assert ways(drafts) == [
        ("71", "ida", MentionKind.ORIGINAL, ""),
        ("72", "ugo", MentionKind.REPLY, "71"),
        ("73", "pia", MentionKind.REPOST, "71"),
        ("74", "leo", MentionKind.QUOTE, "71"),
    ]
    (one, *_) = drafts.rows
    assert (one.text, one.author_id, one.author_followers) == ("two days and more", "5", 500)
    assert (one.created_at, one.metrics.likes, one.metrics.reposts) == (TEN, 5, 2)
    assert "read as: X API v1.1, posts" in told(drafts)


def test_tcat_names_followers_and_whom_a_post_answers():
    text = (
        "id,time,created_at,from_user_name,text,retweet_count,favorite_count,lang,to_user_name,"
        "in_reply_to_status_id,quoted_status_id,from_user_id,from_user_realname,from_user_followercount,"
        "from_user_profile_image_url\n"
        "71,1774432800,2026-03-25 11:00:00,ida,two days,2,5,en,,,,5,Ida Moro,500,http://pics.example/a.jpg\n"
        "72,1774432860,2026-03-25 11:01:00,ugo,@ida why,0,0,en,ida,71,,6,Ugo,50,http://pics.example/b.jpg\n"
        "73,1774432920,2026-03-25 11:02:00,pia,RT @ida: two days,2,0,en,,,,7,Pia,40,http://pics.example/c.jpg\n"
        "74,1774432980,2026-03-25 11:03:00,leo,look,0,0,en,,,71,8,Leo,30,http://pics.example/d.jpg\n"
    )
    drafts = read(text, MENTIONS, zone="Europe/Rome")
    assert ways(drafts) == [
        ("71", "ida", MentionKind.ORIGINAL, ""),
        ("72", "ugo", MentionKind.REPLY, "71"),
        ("73", "pia", MentionKind.REPOST, ""),
        ("74", "leo", MentionKind.QUOTE, "71"),
    ]
    (one, _, shared, _) = drafts.rows
    assert (one.created_at, one.author_name, one.author_followers, one.url) == (TEN, "Ida Moro", 500, "")
    assert shared.parent_author == "ida"


def test_twint_is_read_with_the_parents_it_has():
    text = (
        "id,conversation_id,created_at,date,time,timezone,user_id,username,name,tweet,language,"
        "replies_count,retweets_count,likes_count,link,retweet,quote_url,user_rt,retweet_id\n"
        "71,71,2026-03-25 10:00:00 UTC,2026-03-25,10:00:00,+0000,5,ida,Ida Moro,two days,en,1,2,5,"
        "https://twitter.com/ida/status/71,False,,,\n"
        "72,72,2026-03-25 10:30:00 UTC,2026-03-25,10:30:00,+0000,6,ugo,Ugo,look,en,0,0,0,"
        "https://twitter.com/ugo/status/72,False,https://twitter.com/ida/status/71,,\n"
    )
    drafts = read(text, MENTIONS)
    assert ways(drafts) == [
        ("71", "ida", MentionKind.ORIGINAL, ""),
        ("72", "ugo", MentionKind.QUOTE, "71"),
    ]
    figures = drafts.rows[0].metrics
    assert (drafts.rows[0].created_at, figures.replies, figures.reposts, figures.likes) == (TEN, 1, 2, 5)


def test_bluesky_by_4cat_says_what_was_deleted_and_what_was_answered():
    text = (
        "id,thread_id,created_at,author,author_id,body,like_count,reply_count,repost_count,quote_count,"
        "replied_to_post,replied_to_user,quoted_post,quoted_user,timestamp,unix_timestamp\n"
        "at://did:plc:i/app.bsky.feed.post/3a,at://did:plc:i/app.bsky.feed.post/3a,2026-03-25T10:00:00Z,"
        "ida.example,did:plc:i,two days,5,1,2,0,,,,,2026-03-25 10:00:00,1774432800\n"
        "at://did:plc:u/app.bsky.feed.post/3b,at://did:plc:i/app.bsky.feed.post/3a,2026-03-25T10:10:00Z,"
        "ugo.example,did:plc:u,why,0,0,0,0,at://did:plc:i/app.bsky.feed.post/3a,ida.example,,,x,1774433400\n"
        "at://did:plc:p/app.bsky.feed.post/3c,at://did:plc:p/app.bsky.feed.post/3c,2026-03-25T10:20:00Z,"
        "pia.example,did:plc:p,look,0,0,0,0,DELETED,,at://did:plc:i/app.bsky.feed.post/3a,ida.example,x,1\n"
        "at://did:plc:l/app.bsky.feed.post/3d,at://did:plc:l/app.bsky.feed.post/3d,2026-03-25T10:30:00Z,"
        "leo.example,did:plc:l,oh,0,0,0,0,,,VIEWER BLOCKED BY AUTHOR,,x,1\n"
    )
    first, second, third, fourth = read(text, MENTIONS).rows
    assert (first.author_id, first.metrics.reposts, first.metrics.quotes) == ("did:plc:i", 2, 0)
    assert (second.kind, second.parent_id, second.root_id) == (
        MentionKind.REPLY,
        first.post_id,
        first.post_id,
    )
    assert (third.kind, third.parent_id) == (MentionKind.QUOTE, first.post_id)
    assert (fourth.kind, fourth.parent_id) == (MentionKind.ORIGINAL, "")


def test_tiktok_by_4cat_has_the_address_of_the_video_not_of_its_file():
    text = (
        "id,thread_id,author,author_full,author_followers,author_avatar,body,timestamp,unix_timestamp,"
        "video_url,tiktok_url,thumbnail_url,likes,comments,shares,plays\n"
        "7400000000000000777,7400000000000000777,ida.moro,Ida Moro,500,https://pics.example/a.jpg,two days,"
        "2026-03-25 11:00:00,1774432800,https://files.example/x.mp4,"
        "https://www.tiktok.com/@ida.moro/video/7400000000000000777,https://pics.example/t.jpg,50,3,4,900\n"
    )
    (video,) = read(text, MENTIONS).rows
    assert (video.platform, video.url, video.created_at) == (
        "tiktok",
        "https://www.tiktok.com/@ida.moro/video/7400000000000000777",
        TEN,
    )
    figures = video.metrics
    assert (figures.likes, figures.replies, figures.reposts, figures.views) == (50, 3, 4, 900)


def test_comments_by_4cat_answer_the_video_or_another_comment():
    text = (
        "id,thread_id,author,body,timestamp,post_id,post_url,likes,replies,is_comment_on_comment\n"
        "701,7400000000000000777,ugo,how long,2026-03-25 10:00:00,7400000000000000777,"
        "https://www.tiktok.com/@ida.moro/video/7400000000000000777,2,1,no\n"
        "702,701,pia,very,2026-03-25 10:05:00,7400000000000000777,"
        "https://www.tiktok.com/@ida.moro/video/7400000000000000777,0,0,yes\n"
    )
    drafts = read(text, MENTIONS)
    assert ways(drafts) == [
        ("701", "ugo", MentionKind.COMMENT, "7400000000000000777"),
        ("702", "pia", MentionKind.COMMENT, "701"),
    ]
    assert {row.root_id for row in drafts.rows} == {"7400000000000000777"}


@pytest.mark.parametrize("likes", ["likes", "num_likes"])
def test_hidden_likes_are_unknown_in_a_table_too(likes):
    text = (
        f"id,thread_id,url,body,author,author_fullname,timestamp,media_url,{likes},num_comments\n"
        "Abc123,Abc123,https://www.instagram.com/p/Abc123,two days,ida.moro,Ida,2026-03-25 10:00:00,"
        "https://pics.example/i.jpg,-1,3\n"
    )
    drafts = read(text, MENTIONS)
    (post,) = drafts.rows
    assert (post.post_id, post.metrics.likes, post.metrics.replies) == ("Abc123", None, 3)
    assert not drafts.rejected


@pytest.mark.parametrize("hidden", ["-1", "-1.0", "\u22121"])
@pytest.mark.parametrize("field", ["likes", "views", "replies", "reposts", "saves"])
def test_minus_one_is_a_figure_that_is_hidden_in_any_table(field, hidden):
    text = f"id,author,date,text,{field}\n1,ida,2026-03-25T10:00:00Z,hi,{hidden}\n"
    drafts = read(text, MENTIONS, platform="instagram")
    assert [getattr(row.metrics, field) for row in drafts.rows] == [None]
    below = read(text.replace(hidden, "-2"), MENTIONS, platform="instagram")
    assert [row.column for row in below.rejected] == [field]


@pytest.mark.parametrize("mark", [".", "/"])
def test_scraped_videos_of_tiktok_as_records_and_as_a_table(mark):
    post = {
        "id": "7400000000000000777",
        "text": "two days",
        "createTime": 1774432800,
        "createTimeISO": "2026-03-25T10:00:00.000Z",
        "authorMeta": {"id": "55", "name": "ida.moro", "nickName": "Ida Moro", "fans": 500},
        "musicMeta": {"musicName": "x", "musicAuthor": "tiktok"},
        "webVideoUrl": "https://www.tiktok.com/@ida.moro/video/7400000000000000777",
        "diggCount": 50,
        "shareCount": 4,
        "playCount": 900,
        "collectCount": 2,
        "commentCount": -1,
    }
    names = (
        f"authorMeta{mark}avatar,authorMeta{mark}name,text,diggCount,shareCount,playCount,commentCount,"
        f"collectCount,musicMeta{mark}musicName,createTimeISO,webVideoUrl\n"
    )
    row = "https://pics.example/a.jpg,ida.moro,two days,50,4,900,-1,2,x,2026-03-25T10:00:00.000Z,"
    table = f"{names}{row}https://www.tiktok.com/@ida.moro/video/7400000000000000777\n"
    for text, name in ((json.dumps([post]), "v.json"), (table, "v.csv")):
        drafts = read(text, MENTIONS, name=name)
        (video,) = drafts.rows
        figures = video.metrics
        assert (video.platform, video.post_id, video.author) == ("tiktok", "7400000000000000777", "ida.moro")
        assert (figures.likes, figures.reposts, figures.views, figures.saves) == (50, 4, 900, 2)
        assert (video.created_at, figures.replies) == (TEN, None)
        assert "read as: Apify, TikTok videos" in told(drafts)


def test_scraped_videos_of_youtube_are_by_their_channel():
    video = {
        "title": "Two days",
        "id": "abcDEF12345",
        "url": "https://www.youtube.com/watch?v=abcDEF12345",
        "viewCount": 900,
        "date": "2026-03-25T10:00:00.000Z",
        "likes": 50,
        "channelName": "Ida Moro",
        "channelUrl": "https://www.youtube.com/@idamoro",
        "channelId": "UCida",
        "commentsCount": 3,
        "text": "a long description",
    }
    (post,) = read(json.dumps([video]), MENTIONS, name="v.json").rows
    assert (post.post_id, post.author, post.author_id, post.text) == (
        "abcDEF12345",
        "idamoro",
        "UCida",
        "Two days",
    )
    assert (post.metrics.views, post.metrics.likes, post.metrics.replies) == (900, 50, 3)


def test_scraped_posts_and_comments_of_instagram_come_as_tables_too():
    posts = (
        "caption,commentsCount,id,likesCount,ownerUsername,shortCode,timestamp,type,url,videoPlayCount\n"
        "hello,4,3700000000000000777,-1,ida.moro,Abc123,2026-03-25T10:00:00.000Z,Video,"
        "https://www.instagram.com/p/Abc123/,900\n"
    )
    (post,) = read(posts, MENTIONS).rows
    assert (post.post_id, post.metrics.likes, post.metrics.views) == ("Abc123", None, 900)
    comments = (
        "commentUrl,id,likesCount,ownerUsername,postUrl,text,timestamp\n"
        "https://www.instagram.com/p/Abc123/c/18100000000000777,18100000000000777,3,ugo,"
        "https://www.instagram.com/p/Abc123/,how long,2026-03-25T10:00:00.000Z\n"
    )
    assert ways(read(comments, MENTIONS)) == [
        ("18100000000000777", "ugo", MentionKind.COMMENT, "Abc123"),
    ]


def test_threads_of_comments_of_youtubes_api_have_replies_inside():
    def comment(key, author, **more):
        about = {
            "authorDisplayName": author,
            "authorChannelId": {"value": f"UC{key}"},
            "likeCount": 3,
            "publishedAt": "2026-03-25T10:00:00Z",
            "textDisplay": f"<b>{key}</b>",
            "textOriginal": key,
        }
        return {"kind": "youtube#comment", "id": key, "snippet": {**about, **more}}

    thread = {
        "id": "Ugz1",
        "snippet": {"videoId": "vid1", "topLevelComment": comment("Ugz1", "@ugo"), "totalReplyCount": 1},
        "replies": {"comments": [comment("Ugz1.r1", "@ida", parentId="Ugz1")]},
    }
    text = json.dumps({"kind": "youtube#commentThreadListResponse", "items": [thread]})
    drafts = read(text, MENTIONS, name="comments.json")
    assert ways(drafts) == [
        ("Ugz1", "ugo", MentionKind.COMMENT, "vid1"),
        ("Ugz1.r1", "ida", MentionKind.COMMENT, "Ugz1"),
    ]
    assert [(row.text, row.root_id, row.author_id) for row in drafts.rows] == [
        ("Ugz1", "vid1", "UCUgz1"),
        ("Ugz1.r1", "vid1", "UCUgz1.r1"),
    ]
    alone = json.dumps({"items": [comment("Ugz1.r1", "@ida", parentId="Ugz1", videoId="vid1")]})
    assert ways(read(alone, MENTIONS, name="replies.json")) == ways(drafts)[1:]


def test_comments_of_youtube_data_tools_say_which_one_they_answer():
    text = (
        "id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,isReply,isReplyTo,isReplyToName\n"
        "Ugz1,1,3,2026-03-25 10:00:00,@ugo,how long,UCugo,0,,\n"
        "Ugz1.r1,0,0,2026-03-25 10:05:00,@ida,long,UCida,1,Ugz1,@ugo\n"
    )
    assert ways(read(text, MENTIONS)) == [
        ("Ugz1", "ugo", MentionKind.COMMENT, ""),
        ("Ugz1.r1", "ida", MentionKind.COMMENT, "Ugz1"),
    ]


def test_posts_of_a_linkedin_page_ask_whose_they_are():
    text = (
        "All posts of the time chosen\n"
        "Post title,Post link,Post type,Posted by,Created date,Impressions,Clicks,Likes,Comments,Reposts\n"
        "two days,https://www.linkedin.com/feed/update/urn:li:activity:7400000000000000777,Organic,Pia Neri,"
        "03/25/2026,900,12,50,3,4\n"
    )
    with pytest.raises(AnswerNeededError, match="whose posts"):
        read(text, MENTIONS)
    (post,) = read(text, MENTIONS, author="brezza").rows
    assert (post.platform, post.post_id, post.author) == ("linkedin", "7400000000000000777", "brezza")
    assert (post.created_at.date().isoformat(), post.text) == ("2026-03-25", "two days")
    figures = post.metrics
    assert (figures.views, figures.likes, figures.replies, figures.reposts) == (900, 50, 3, 4)


def test_threads_by_its_api_and_by_its_download():
    post = {
        "id": "18000000000000777",
        "media_product_type": "THREADS",
        "permalink": "https://www.threads.net/@ida.moro/post/Abc123",
        "username": "ida.moro",
        "text": "two days",
        "timestamp": "2026-03-25T10:00:00+0000",
        "is_quote_post": False,
    }
    answer = {**post, "id": "18000000000000778", "permalink": "", "replied_to": {"id": post["id"]}}
    first, second = read(json.dumps({"data": [post, answer]}), MENTIONS, name="t.json").rows
    assert (first.platform, first.author, first.created_at) == ("threads", "ida.moro", TEN)
    assert (second.kind, second.parent_id) == (MentionKind.REPLY, first.post_id)
    media = [{"uri": "", "creation_timestamp": 1774432800, "title": "two days, perchÃ© no"}]
    text = json.dumps({"text_post_app_text_posts": [{"media": media}]})
    (own,) = read(text, MENTIONS, name="threads_and_replies.json", author="@ida").rows
    assert (own.platform, own.author, own.text) == ("threads", "ida", "two days, perché no")


def test_fanpage_karma_names_profile_and_network_of_each_post():
    text = (
        "Date;Message;Profile;Profile-ID;Network;Link;Message-ID;Number of Likes;Number of Comments;"
        "Number of Shares;Post interaction rate;Reach per post;Impressions per post\n"
        "25/03/2026 10:00;two days;Ida Moro;17800000000000222;INSTAGRAM;https://www.instagram.com/p/Abc123/;"
        "17900000000000111;50;3;4;0,05;700;900\n"
    )
    (post,) = read(text, MENTIONS).rows
    assert (post.platform, post.post_id, post.author) == ("instagram", "17900000000000111", "idamoro")
    assert (post.author_id, post.author_name, post.aliases) == (
        "17800000000000222",
        "Ida Moro",
        ("Abc123",),
    )
    figures = post.metrics
    assert (figures.likes, figures.replies, figures.reposts) == (50, 3, 4)
    assert (figures.views, figures.reach) == (900, 700)


def test_crowdtangle_has_instagram_too():
    text = (
        "Account,User Name,Followers at Posting,Post Created,Post Created Date,Type,Likes,Comments,Views,URL,"
        "Link,Title,Description\n"
        "Ida Moro,ida.moro,500,2026-03-25 11:00:00 CET,2026-03-25,Photo,50,3,0,"
        "https://www.instagram.com/p/Abc123/,https://www.instagram.com/p/Abc123/,,two days\n"
    )
    drafts = read(text, MENTIONS)
    (post,) = drafts.rows
    assert (post.author, post.author_followers, post.created_at, post.text) == (
        "ida.moro",
        500,
        TEN,
        "two days",
    )
    assert "read as: CrowdTangle, Instagram posts" in told(drafts)


def test_keyhole_keeps_the_time_the_kind_and_both_sizes_of_an_audience():
    text = (
        "Date,Time,Platform,Post Type,Username,User Full Name,Followers,Post Text,Post URL,Likes,Comments,"
        "Retweets,Engagements,Reach,Impressions\n"
        "2026-03-25,10:00:00,Twitter,Original,@ida,Ida Moro,500,two days,https://twitter.com/ida/status/71,"
        "5,1,2,8,500,900\n"
        "2026-03-25,10:30:00,Twitter,Retweet,@ugo,Ugo,50,RT @ida: two days,https://twitter.com/ugo/status/72,"
        "0,0,0,0,50,60\n"
    )
    first, second = read(text, MENTIONS).rows
    assert (first.platform, first.created_at, first.kind) == ("x", TEN, MentionKind.ORIGINAL)
    assert (first.metrics.reach, first.metrics.views, first.author_followers) == (500, 900, 500)
    assert (second.kind, second.parent_author) == (MentionKind.REPOST, "ida")


def test_talkwalker_gives_records_whose_text_may_be_withheld():
    one = {
        "url": "http://twitter.com/ida/status/71",
        "published": 1774432800000,
        "content": "two days",
        "parent_url": "http://twitter.com/ida/status/71",
        "extra_author_attributes": {"name": "Ida Moro", "short_name": "ida"},
        "article_extended_attributes": {"twitter_likes": 5},
        "post_type": ["TEXT"],
    }
    two = {
        "url": "http://twitter.com/ugo/status/72",
        "published": 1774432860000,
        "parent_url": "http://twitter.com/ida/status/71",
        "extra_author_attributes": {"name": "Ugo", "short_name": "ugo"},
    }
    for text in (json.dumps([one, two]), json.dumps({"mentions": [one, two]})):
        first, second = read(text, MENTIONS, name="t.json").rows
        assert (first.created_at, first.kind, first.metrics.likes) == (TEN, MentionKind.ORIGINAL, 5)
        assert (second.text, second.kind, second.parent_id) == ("", MentionKind.REPLY, "71")


def test_pulsar_writes_zero_for_the_parent_of_an_original():
    text = (
        "ID,Source,Content,Date,URL,Language,Parent,User screen name\n"
        "71,TWITTER,two days,2026-03-25 10:00:00,https://twitter.com/ida/status/71,en,0,ida\n"
        "72,TWITTER,why,2026-03-25 10:30:00,https://twitter.com/ugo/status/72,en,71,ugo\n"
    )
    assert ways(read(text, MENTIONS)) == [
        ("71", "ida", MentionKind.ORIGINAL, ""),
        ("72", "ugo", MentionKind.REPLY, "71"),
    ]


def test_events_about_posts_to_be_deleted_are_no_posts():
    event = {"id": "71", "action": "delete", "created_at": "2026-03-25T10:00:00.000Z", "reason": "protected"}
    with pytest.raises(UnreadableFileError, match="wants deleted"):
        read("\n".join([json.dumps(event)] * 2), MENTIONS, name="events.jsonl", author="ida")


def test_accounts_of_the_api_of_x_are_people():
    user = {
        "id": "5",
        "username": "Ida",
        "name": "Ida Moro",
        "profile_image_url": "https://pics.example/a.jpg",
        "public_metrics": {"followers_count": 500, "following_count": 40, "tweet_count": 10},
    }
    page = json.dumps({"data": [user]})
    for text in (page, f"{page}\n{page}", f"{json.dumps(user)}\n{json.dumps(user)}"):
        person = read(text, PEOPLE, name="users.jsonl").rows[0]
        account = person.accounts[0]
        assert (account.platform, account.handle, account.native_id, person.name) == (
            "x",
            "ida",
            "5",
            "Ida Moro",
        )
        figures = account.figures
        assert (figures.followers, figures.following, figures.posts) == (500, 40, 10)


def test_a_stream_that_was_cut_loses_the_line_it_was_cut_in():
    posts = [
        {
            "id": str(n),
            "author_id": "5",
            "text": "hi",
            "created_at": "2026-03-25T10:00:00Z",
            "public_metrics": {},
        }
        for n in (71, 72)
    ]
    whole = [
        json.dumps({**post, "author": {"username": "ida"}, "public_metrics.like_count": 1}) for post in posts
    ]
    drafts = read("\n".join([whole[0], whole[1][:30], whole[1]]), MENTIONS, name="posts.jsonl")
    assert [row.post_id for row in drafts.rows] == ["71", "72"]
    assert [(row.line, str(row)) for row in drafts.rejected] == [
        (2, "the line is not JSON: the file was cut off there")
    ]


def test_figures_by_day_of_an_account_are_no_posts():
    text = "Date,Video Views,Profile Views,Likes,Comments,Shares\nMarch 25,900,12,50,3,4\n"
    with pytest.raises(UnreadableFileError, match="figures by day"):
        read(text, MENTIONS)


def test_a_feed_of_bluesky_shows_who_shared_a_post():
    post = {
        "uri": "at://did:plc:i/app.bsky.feed.post/3a",
        "cid": "c1",
        "author": {"did": "did:plc:i", "handle": "ida.example"},
        "record": {"text": "two days", "createdAt": "2026-03-25T10:00:00Z"},
        "likeCount": 5,
    }
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": {"did": "did:plc:u", "handle": "ugo.example", "displayName": "Ugo"},
        "indexedAt": "2026-03-25T12:00:00Z",
    }
    feed = {"feed": [{"post": post, "reason": reason}]}
    first, second = read(json.dumps(feed), MENTIONS, name="feed.json").rows
    assert (first.author, first.metrics.likes) == ("ida.example", 5)
    assert (second.author, second.kind, second.parent_id) == (
        "ugo.example",
        MentionKind.REPOST,
        first.post_id,
    )
    assert second.metrics.likes is None


def test_a_thread_of_bluesky_has_what_was_answered_and_all_answers():
    def node(key, answers=None, **more):
        record = {"text": key, "createdAt": "2026-03-25T10:00:00Z"}
        if answers:
            record["reply"] = {"parent": {"uri": f"at://p/app.bsky.feed.post/{answers}"}}
        uri = f"at://p/app.bsky.feed.post/{key}"
        author = {"did": "did:plc:i", "handle": "ida.example", "avatar": "https://pics.example/a.jpg"}
        return {"post": {"uri": uri, "author": author, "record": record}, **more}

    thread = node(
        "b", "a", parent=node("a"), replies=[node("c", "b", replies=[node("d", "c")]), node("e", "b")]
    )
    rows = read(json.dumps({"thread": thread}), MENTIONS, name="thread.json").rows
    assert {(row.text, row.parent_id.rpartition("/")[2]) for row in rows} == {
        ("a", ""),
        ("b", "a"),
        ("c", "b"),
        ("d", "c"),
        ("e", "b"),
    }


def test_whom_somebody_follows_on_bluesky_is_people_and_ties():
    about = {
        "avatar": "https://pics.example/a.jpg",
        "description": "words",
        "createdAt": "2023-01-01T00:00:00Z",
    }
    follows = {
        "subject": {"did": "did:plc:i", "handle": "ida.example"},
        "follows": [{"did": "did:plc:u", "handle": "ugo.example", "displayName": "Ugo", **about}],
    }
    (person,) = read(json.dumps(follows), PEOPLE, name="f.json").rows
    account = person.accounts[0]
    assert (account.platform, account.handle, account.native_id, account.url, person.name) == (
        "bluesky",
        "ugo.example",
        "did:plc:u",
        "",
        "Ugo",
    )
    (tie,) = read(json.dumps(follows), TIES, name="f.json").rows
    assert (tie.source, tie.target) == ("ugo.example", "ida.example")  # who follows hears
    followers = {"subject": follows["subject"], "followers": follows["follows"]}
    (tie,) = read(json.dumps(followers), TIES, name="f.json").rows
    assert (tie.source, tie.target) == ("ida.example", "ugo.example")
