from dataclasses import replace
from threading import Thread

import pytest

from ambassador.errors import BadInputError, NotFoundError
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.review import label_mentions
from ambassador.store.tables.people import Account
from ambassador.values.drafts import MetricsDraft
from ambassador.values.mentions.mentions import SUPPLIED_BY_AMBASSADOR, MentionFilter, PastedMention
from ambassador.values.status import Label, MentionKind, Verdict
from tests.conftest import NOW
from tests.services.talk import Talk, hours

LINK = "https://x.com/Nina/status/1768?s=20"


def everything(work, **wanted):
    return list_mentions(work, MentionFilter(**wanted))


def test_a_pasted_link_tells_platform_author_and_post(work):
    talk = Talk(work)
    paste_mention(work, PastedMention(link=LINK, text="Ecco!", campaign_id=talk.campaign), "t1")
    row = everything(work, campaign_id=talk.campaign).rows[0]
    assert (row.platform, row.post_id, row.handle, row.kind) == ("x", "1768", "nina", MentionKind.ORIGINAL)
    assert row.posted_at == NOW
    assert row.campaigns[0].by_hand and row.campaigns[0].verdict is Verdict.MATCHED


def test_a_story_needs_no_link_and_its_figures_are_marked(work):
    Talk(work)
    story = PastedMention(platform="IG", handle="@Nina", figures=MetricsDraft(views=1200), posted_at=hours(1))
    paste_mention(work, story, "t1")
    row = everything(work).rows[0]
    assert (row.platform, row.handle, row.kind) == ("instagram", "nina", MentionKind.STORY)
    assert (row.figures.views, row.figures.likes) == (1200, None)
    assert row.figures_supplied_by == SUPPLIED_BY_AMBASSADOR


def test_a_double_click_makes_one_row_and_two_stories_make_two(work):
    story = PastedMention(platform="instagram", handle="nina", text="one")
    first = paste_mention(work, story, "t1")
    assert paste_mention(work, story, "t1") == first
    assert paste_mention(work, replace(story, text="two"), "t2") != first
    assert everything(work).found == 2


def test_two_clicks_at_the_same_time_make_one_row(work):
    story = PastedMention(platform="instagram", handle="nina", text="one", figures=MetricsDraft(likes=3))
    made = []
    clicks = [Thread(target=lambda: made.append(paste_mention(work, story, "t1"))) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert len(made) == 4 and len(set(made)) == 1
    assert everything(work).found == 1


def test_a_link_already_here_gets_the_typed_figures_and_stays_one_row(work):
    talk = Talk(work)
    there = talk.post("1768", "nina", "#q1brezza")
    talk.figures("1768", likes=5, source="export")
    pasted = PastedMention(link=LINK, figures=MetricsDraft(views=900))
    assert paste_mention(work.at(hours(5)), pasted, "t9") == there
    row = everything(work).rows[0]
    assert (row.figures.views, row.figures_read_at) == (900, hours(5))


def test_a_pasted_answer_hangs_from_its_parent(work):
    talk = Talk(work)
    talk.post("1768", "nina", "#q1brezza")
    answer = PastedMention(link="https://x.com/ugo/status/1770", parent_link=LINK, text="wow")
    paste_mention(work, answer, "t1")
    row = next(row for row in everything(work, campaign_id=talk.campaign).rows if row.handle == "ugo")
    assert (row.kind, row.parent_handle) == (MentionKind.REPLY, "nina")


@pytest.mark.parametrize(
    "pasted",
    [
        PastedMention(link="not a link"),
        PastedMention(link="https://x.com/nina"),
        PastedMention(platform="instagram"),
        PastedMention(handle="nina"),
        PastedMention(link="https://www.instagram.com/p/abc/"),
        PastedMention(link=LINK, parent_link="nowhere"),
        PastedMention(link=LINK, figures=MetricsDraft(likes=-1)),
        PastedMention(link=LINK, posted_at=NOW.replace(year=2030)),
    ],
)
def test_what_cannot_be_a_mention_is_refused_and_nothing_is_kept(work, pasted):
    with pytest.raises(BadInputError):
        paste_mention(work, pasted, "t1")
    assert everything(work).found == 0


def test_labels_go_on_and_off_in_bulk_and_say_what_changed(work):
    talk = Talk(work)
    ids = [talk.post(name, "lia", name) for name in "abc"]
    assert set(label_mentions(work, ids[:2], Label.COMPLAINT)) == set(ids[:2])
    assert label_mentions(work, ids, Label.COMPLAINT) == (ids[2],)
    assert label_mentions(work, ids, Label.PRAISE, on=False) == ()
    assert everything(work, labels=(Label.COMPLAINT,)).found == 3
    assert label_mentions(work, ids, Label.COMPLAINT, on=False) == tuple(sorted(ids))
    with pytest.raises(NotFoundError):
        label_mentions(work, [*ids, 999], Label.COMPLAINT)


def test_the_first_row_counts_people_once_and_a_share_of_complaints_needs_labels(work):
    talk = Talk(work)
    talk.ambassador("nina")
    with work.writing() as session:
        account = Account(platform="y", handle="nina2", created_at=hours(0), person_id=talk.people["nina"])
        session.add(account)
        session.flush()
        talk.accounts["nina2"] = account.id
    for number, author in enumerate(["nina", "nina2", "ugo", "ugo"]):
        talk.post(f"p{number}", author, "hi", at=number)
    assert everything(work).figures.complaint_share is None
    label_mentions(work, [talk.posts["p0"]], Label.COMPLAINT)
    figures = everything(work).figures
    assert (figures.mentions, figures.people, figures.complaint_share) == (4, 2, 0.25)
    assert (figures.views, figures.engagements) == (None, None)


def test_only_the_newest_figures_count_and_blank_is_not_zero(work):
    talk = Talk(work)
    talk.post("a", "lia")
    talk.post("b", "lia")
    talk.figures("a", at=1, likes=10, views=100)
    talk.figures("a", at=9, likes=12, views=150)
    figures = everything(work).figures
    assert (figures.views, figures.engagements) == (150, 12)


def test_mentions_are_counted_by_day_of_the_campaigns_zone_and_by_hour_when_few(work):
    talk = Talk(work)
    talk.post("late", "lia", "#q1brezza", at=12.5)  # half past midnight in Rome
    talk.post("same", "lia", "#q1brezza", at=1)
    view = everything(work, campaign_id=None)
    assert view.by_hour and [count.at.hour for count in view.timeline] == [13, 0]  # the one campaign's zone
    talk.post("later", "lia", "#q1brezza", at=24 * 5)
    from tests.services.talk import match_mentions

    match_mentions(work)
    view = everything(work, campaign_id=talk.campaign)
    assert (view.by_hour, view.zone) == (False, "Europe/Rome")
    assert [(count.at.day, count.count) for count in view.timeline] == [(3, 1), (4, 1), (8, 1)]


def test_search_finds_words_and_handles_and_signs_are_plain_text(work):
    talk = Talk(work)
    talk.post("a", "lia", "100% happy_face")
    talk.post("b", "ugo", "100 percent")
    assert [row.post_id for row in everything(work, search="100%").rows] == ["b", "a"]
    assert [row.post_id for row in everything(work, search="percent").rows] == ["b"]
    assert [row.post_id for row in everything(work, search="happy_*").rows] == ["a"]
    assert [row.post_id for row in everything(work, search="@UGO").rows] == ["b"]


def test_rows_come_in_pages_and_totals_speak_of_all(work):
    talk = Talk(work)
    for number in range(7):
        talk.post(f"p{number}", "lia", at=number)
    view = everything(work, limit=3, offset=3)
    assert [row.post_id for row in view.rows] == ["p3", "p2", "p1"]
    assert (view.found, view.figures.mentions) == (7, 7)


def test_care_counts_the_first_answer_of_our_own_account_and_lists_who_waits(work):
    talk = Talk(work)
    talk.account("brezza", brand=True)
    for name, at in {"fast": 0, "slow": 1, "open": 2, "gone": 3}.items():
        more = {"deleted_at": hours(5)} if name == "gone" else {}
        talk.post(name, "lia", "#q1brezza no coverage", at=at, **more)
        label_mentions(work, [talk.posts[name]], Label.COMPLAINT)
    label_mentions(work, [talk.posts["open"]], Label.QUESTION)
    talk.post("friend", "ugo", "me too", parent="slow", at=1.5)
    talk.post("x1", "brezza", "sorry", parent="fast", at=1)
    talk.post("x2", "brezza", "still sorry", parent="fast", at=8)
    talk.post("x3", "brezza", "sorry", parent="slow", at=11)
    from tests.services.talk import match_mentions

    match_mentions(work)
    care = care_figures(work.at(hours(26)), talk.campaign)
    assert (care.asked, care.answered, care.brand_accounts) == (4, 2, 1)
    assert (care.median_hours, care.ninetieth_hours, care.slowest_hours) == (10.0, None, 10.0)
    assert [(q.mention_id, q.waiting_hours, q.label) for q in care.open_questions] == [
        (talk.posts["open"], 24.0, Label.COMPLAINT)
    ]


def test_without_complaints_nothing_is_known_about_care(work):
    care = care_figures(work)
    assert (care.asked, care.median_hours, care.open_questions) == (0, None, ())
