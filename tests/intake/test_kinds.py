"""What a file holds is told from its content, in the words people use and in any order of columns."""

import random

import pytest

from ambassador.intake.files import Content
from ambassador.intake.kinds import kind_in, rather
from ambassador.values.status import ImportKind

KINDS = {
    "handle,followers,city,fee\nlia,1200,Bari,300 EUR\nugo,90,Roma,\n": "people",
    "Nome;Instagram;Follower;E-mail\nLia Rossi;@lia.r;12,4k;lia@posta.example\n": "people",
    "Influencer,Instagram link,Followers\nLia,https://www.instagram.com/lia.r/,1200\n": "people",
    "follower,followed\nLia Rossi,Ugo Neri\nZoe Blu,Ugo Neri\n": "ties",
    "from,to,weight\nlia,ugo,3\nzoe,ugo,1\n": "ties",
    "@lia,@ugo\n@zoe,@ugo\n": "ties",
    "Modello;Seriale;Colore;Prezzo\nQ1;SN771;Nero;499,00\nQ1;SN772;Blu;499,00\n": "devices",
    "item,IMEI\nQ1,356938035643809\n": "devices",
    "id,author,date,text,likes\n1,lia,2026-05-01T10:00:00Z,ciao,4\n": "mentions",
    "Username,Posted,Caption,Permalink\nlia,5/14/2026,hey,https://www.instagram.com/p/CxYzAbC/\n": "mentions",
    "Tracking,Destinatario,Stato,Data stato\nZX1,Lia Rossi,Consegnata,04/05/2026\n": "courier",
    "Recipient,Status\nLia Rossi,Delivered\nUgo Neri,In transit\n": "courier",
    "Reference,Status,Date\nP-0007,Consegnato,13/05/2026\nP-0008,In consegna,13/05/2026\n": "courier",
    "Order number,Discount code,Total\n1001,LIA10,49.90\n1002,UGO10,99.80\n": "outcomes",
    "code,orders,revenue\nLIA10,12,640.00\nUGO10,3,120.00\n": "outcomes",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_the_kind_of_a_file_is_told_from_its_content(text, kind):
    assert kind_in(Content("export.csv", text.encode())) is ImportKind(kind)


@pytest.mark.parametrize(("text", "kind"), [it for it in KINDS.items() if not it[0].startswith("@")])
def test_the_order_of_columns_does_not_matter(text, kind):
    mark = ";" if ";" in text else ","
    order = list(range(text.splitlines()[0].count(mark) + 1))
    random.Random(len(text)).shuffle(order)
    lines = [line.split(mark) for line in text.splitlines()]
    turned = "".join(mark.join(line[place] for place in order) + "\n" for line in lines)
    assert kind_in(Content("export.csv", turned.encode())) is ImportKind(kind)


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_another_kind_is_named_only_where_the_file_is_clearly_not_what_was_said(text, kind):
    content = Content("export.csv", text.encode())
    assert rather(content, ImportKind(kind)) is None
    others = {one: rather(content, one) for one in ImportKind if one is not ImportKind(kind)}
    assert set(others.values()) <= {None, ImportKind(kind)}
    if kind == "courier":
        assert others[ImportKind.PEOPLE] is ImportKind.COURIER


@pytest.mark.parametrize("text", ["x1,x2\n1,2\n", "", "just a line of words", "name\nLia\nUgo\n"])
def test_nothing_is_proposed_where_nothing_tells(text):
    assert kind_in(Content("export.csv", text.encode())) is None


def test_a_network_file_is_ties():
    gexf = b'<gexf><graph><nodes><node id="1"/></nodes><edges/></graph></gexf>'
    assert kind_in(Content("people.gexf", gexf)) is ImportKind.TIES


def test_words_that_somebody_explained_speak_for_a_courier():
    text = b"reference,status,date\nR-1,lasciato al vicino,2026-03-01\nR-2,lasciato al vicino,2026-03-01\n"
    content = Content("a.csv", text)
    assert kind_in(content) is None or kind_in(content) is not ImportKind.COURIER
    assert kind_in(content, None, {"lasciato al vicino": "delivered"}) is ImportKind.COURIER
