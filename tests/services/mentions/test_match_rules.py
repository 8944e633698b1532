from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ambassador.services.mentions.match_rules import Judgement, RulePost, make_rule
from ambassador.values.mentions.mentions import Doubt, MatchEvidence, Reason
from ambassador.values.mentions.search_words import fold
from ambassador.values.status import Verdict

START, END = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 24, tzinfo=UTC)


def judge(text: str, *, author="x:nina", at=START + timedelta(days=3), by_ambassador=False, **rule: Any):
    made = make_rule(version=1, window=(START, END), **rule)
    return made.judge(RulePost(fold(text), author, at, by_ambassador))


@pytest.mark.parametrize(
    "text",
    ["che bello #Q1Brezza!", "#q1brezza", "vento\uff03q1BREZZA", "#Q1Brèzza, davvero", "bello(#Q1Brezza)"],
)
def test_a_hashtag_is_found_whatever_its_case_accents_and_width(text):
    assert judge(text, hashtags=["#Q1brezza"]) == Judgement(
        Verdict.MATCHED, Reason(MatchEvidence.HASHTAG, "#q1brezza")
    )


@pytest.mark.parametrize("text", ["#q1brezzamobile", "q1brezza", "https://x.com/#q1brezza", "# q1brezza", ""])
def test_only_a_whole_hashtag_counts(text):
    assert judge(text, hashtags=["q1brezza"]) is None


def test_hashtags_of_other_scripts_are_taken_whole():
    assert judge("नया #हिन्दी फ़ोन", hashtags=["हिन्दी"]).verdict is Verdict.MATCHED
    assert judge("नया #हिन्दी फ़ोन", hashtags=["हिन"]) is None
    assert judge("これ#スマホいい", hashtags=["スマホいい"]).verdict is Verdict.MATCHED


@pytest.mark.parametrize("text", ["Inq1 is out", "l'INQ1 arriva", "新手机inq1真好", "inq1을 샀다"])
def test_a_keyword_is_found_as_a_whole_word_in_any_script(text):
    assert judge(text, keywords=["inq1"]).reason == Reason(MatchEvidence.KEYWORD, "inq1")


@pytest.mark.parametrize("text", ["inq12", "xinq1", "inq1_x", "www.shop.it/inq1 guarda"])
def test_a_part_of_a_word_or_an_address_is_no_keyword(text):
    assert judge(text, keywords=["inq1"]) is None


def test_a_quarter_is_not_the_phone():
    rule = {"keywords": ["Q1"], "exclude_words": ["Q1 results", "quarter"]}
    assert judge("Our Q1  RESULTS are in", **rule) is None
    assert judge("the first quarter, Q1, was good", **rule) is None
    assert judge("my Q1 fell", **rule).reason.doubt is Doubt.WEAK_KEYWORD


def test_a_hashtag_beside_an_exclude_word_waits_for_a_person():
    found = judge("#Q1 results", hashtags=["q1"], exclude_words=["results"])
    assert found.verdict is Verdict.REVIEW
    assert found.reason == Reason(MatchEvidence.HASHTAG, "#q1", Doubt.EXCLUDE_WORD, "results")


def test_one_ordinary_word_waits_unless_more_points_here():
    assert judge("che brezza!", keywords=["brezza", "Q1"]).verdict is Verdict.REVIEW
    assert judge("il Q1 di Brezza", keywords=["brezza", "Q1"]).verdict is Verdict.MATCHED
    assert judge("Brezza  mobile", keywords=["brezza mobile"]).verdict is Verdict.MATCHED
    assert judge("che brezza!", keywords=["brezza"], by_ambassador=True).verdict is Verdict.MATCHED


def test_an_author_belongs_with_or_without_the_platform():
    assert judge("ciao", authors=["nina"]).reason == Reason(MatchEvidence.AUTHOR, "x:nina")
    assert judge("ciao", authors=["x:nina"]).verdict is Verdict.MATCHED
    assert judge("ciao", authors=["instagram:nina"]) is None


def test_shortly_outside_the_dates_a_hashtag_waits_and_a_keyword_does_not_count():
    rule = {"hashtags": ["q1brezza"], "keywords": ["brezza mobile"], "authors": ["lia"]}
    early = START - timedelta(hours=1)
    assert judge("#q1brezza", at=early, **rule).reason.doubt is Doubt.OUTSIDE_DATES
    assert judge("brezza mobile", at=early, **rule) is None
    assert judge("x", author="x:lia", at=early, **rule) is None
    assert judge("#q1brezza", at=END + timedelta(days=30), **rule) is None
    assert judge("#q1brezza", at=END, **rule).verdict is Verdict.REVIEW


def test_a_rule_without_anything_matches_nothing():
    assert judge("#q1brezza Q1 brezza") is None
    assert judge("anything", hashtags=["#", " "], keywords=["", "  "], exclude_words=["anything"]) is None


def test_signs_of_patterns_in_a_keyword_are_plain_text():
    assert judge("i love c++ (really)", keywords=["c++", "(really)"]).verdict is Verdict.MATCHED
    assert judge("ccc", keywords=["c+"]) is None
