"""An answer of ours anywhere further down its thread answers a complaint."""

from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.mentions.care import care_figures
from ambassador.values.status import ImportKind
from tests.services.brought import bring

HEAD = "post id,platform,author,date,text,in reply to,label\n"


def test_an_answer_further_down_answers_all_above_it(work):
    bring(
        work,
        ImportKind.MENTIONS,
        HEAD + "a1,x,lia,2026-05-02T08:00:00Z,It does not start,,complaint\n"
        "a2,x,ugo,2026-05-02T08:10:00Z,mine neither,a1,\n"
        "a3,x,lia,2026-05-02T08:20:00Z,see?,a2,\n"
        "a4,x,brezza,2026-05-02T10:00:00Z,we are looking into it,a3,\n"
        "a5,x,lia,2026-05-02T11:00:00Z,and now?,a4,complaint\n"
        "b1,x,zoe,2026-05-02T08:00:00Z,Where to buy it?,,question\n"
        "b2,x,brezza,2026-05-02T09:00:00Z,anywhere,,\n",
    )
    set_brand_accounts(work, ["x:brezza"])
    found = care_figures(work)
    assert (found.asked, found.answered, found.slowest_hours) == (3, 1, 2.0)
    assert [one.text for one in found.open_questions] == ["Where to buy it?", "and now?"]


def test_posts_that_answer_each_other_in_a_circle_end(work):
    bring(
        work,
        ImportKind.MENTIONS,
        HEAD + "a1,x,lia,2026-05-02T08:00:00Z,Broken,a2,complaint\na2,x,ugo,2026-05-02T08:10:00Z,hm,a1,\n",
    )
    set_brand_accounts(work, ["x:brezza"])
    assert care_figures(work).answered == 0
