from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.money import Money
from ambassador.values.status import ImportKind
from tests.intake.reading import read, spreadsheet

PEOPLE = ImportKind.PEOPLE

MESSY = """Lista influencer Q1;;;;;;;;
Aggiornata al 3 marzo;;;;;;;;

Nome;Cognome;Instagram;Follower IG;TikTok;TikTok followers;Compenso;Città;E-mail
Lia;Rossi; @lia.rossi ;12,4k;https://www.tiktok.com/@liatok;1,2 mln;1.200 €;Bari;lia@example.it
Anna;Bianchi;anna_b;412.000;;;N/D;Milano;

Nome;Cognome;Instagram;Follower IG;TikTok;TikTok followers;Compenso;Città;E-mail
Ugo;Verdi;ugo;tanti;;;gratis;Roma;
Zoe;Neri;;;;;500;Roma;
Totale;;;424.400;;1.200.000;1.700 €;;
"""


def test_one_person_per_row_with_two_platforms_side_by_side():
    lia, anna = read(MESSY, PEOPLE).rows
    assert [(a.platform, a.handle, a.figures.followers) for a in lia.accounts] == [
        ("instagram", "lia.rossi", 12_400),
        ("tiktok", "liatok", 1_200_000),
    ]
    assert (lia.name, lia.city, lia.fee, lia.email) == ("Lia Rossi", "Bari", Money(120_000), "lia@example.it")
    assert [account.figures.followers for account in anna.accounts] == [412_000]
    assert anna.fee is None


def test_titles_repeated_headers_and_totals_are_left_out_and_told():
    assert [str(note) for note in read(MESSY, PEOPLE).preview.notes] == [
        "rows above the headings that were left out: 2 (line 1, 2)",
        "rows that repeat the header and were left out: 1 (line 8)",
        "rows of totals or averages that were left out: 1 (line 11)",
        "decimal mark used: the comma",
        "amounts that name no currency were taken as: EUR",
        "rows whose fee is not known: 1 (line 6)",
    ]


def test_a_bad_row_names_line_column_value_and_reason_and_the_rest_goes_in():
    rejected = read(MESSY, PEOPLE).rejected
    assert [(row.line, row.column, row.value) for row in rejected] == [
        (9, "Follower IG", "tanti"),
        (10, "Instagram", ""),
    ]
    assert str(rejected[0]) == "tanti is not a number"


def test_figures_belong_to_the_platform_on_their_left():
    text = 'Name,Instagram,Followers,ER %,TikTok,Followers\nLia Rossi,@lia,"12,400",4.8,@liat,"1,200,000"\n'
    instagram, tiktok = read(text, PEOPLE).rows[0].accounts
    assert instagram.figures.followers == 12_400
    assert instagram.figures.engagement_rate == pytest.approx(0.048)
    assert tiktok.figures.followers == 1_200_000


def test_platforms_may_stand_in_a_line_above_the_header():
    text = ";Instagram;;TikTok;\nNome;Handle;Follower;Handle;Follower\nLia Rossi;lia;12k;liat;3k\n"
    accounts = read(text, PEOPLE).rows[0].accounts
    assert [(a.platform, a.handle, a.figures.followers) for a in accounts] == [
        ("instagram", "lia", 12_000),
        ("tiktok", "liat", 3_000),
    ]


def test_of_two_columns_with_the_same_header_the_exact_one_is_taken():
    text = "rank,name,followers,followers\n1,lia.rossi,409.8M,409812345\n2,anna_b,523M,523000001\n"
    draft = read(text, PEOPLE, name="instagram_top.csv").rows[0]
    assert draft.accounts[0].figures.followers == 409_812_345


def test_a_column_called_name_may_hold_the_handles():
    text = "name,instagram name,followers\nlia.rossi,Lia Rossi 🌹,3.3k\nanna_b,Anna B.,0.89k\n"
    drafts = read(text, PEOPLE)
    assert [(d.accounts[0].platform, d.accounts[0].handle, d.name) for d in drafts.rows] == [
        ("instagram", "lia.rossi", "Lia Rossi 🌹"),
        ("instagram", "anna_b", "Anna B."),
    ]
    assert drafts.rows[1].accounts[0].figures.followers == 890


def test_the_name_of_the_file_may_tell_the_platform_and_the_report_says_so():
    drafts = read("handle,followers\nlia,10\n", PEOPLE, name="tiktok_marzo.csv")
    assert drafts.rows[0].accounts[0].platform == "tiktok"
    assert drafts.preview.mapping.answers == {"platform": "tiktok"}


def test_a_bare_list_of_handles_needs_no_header():
    drafts = read("@lia\n@anna\nugo\n", PEOPLE, platform="ig")
    assert [(d.accounts[0].platform, d.accounts[0].handle) for d in drafts.rows] == [
        ("instagram", "lia"),
        ("instagram", "anna"),
        ("instagram", "ugo"),
    ]


def test_profile_addresses_tell_handle_and_platform():
    drafts = read("https://www.instagram.com/Lia.Rossi/?hl=it\nhttps://tiktok.com/@anna\n", PEOPLE)
    assert [(d.accounts[0].platform, d.accounts[0].handle) for d in drafts.rows] == [
        ("instagram", "lia.rossi"),
        ("tiktok", "anna"),
    ]


def test_a_blank_is_unknown_and_never_zero():
    text = "handle,platform,followers,following,fee\nlia,ig,,0,\nanna,ig,N/D,-,gratis\n"
    lia, anna = read(text, PEOPLE).rows
    assert lia.accounts[0].figures.followers is None
    assert lia.accounts[0].figures.following == 0
    assert lia.fee is None
    assert anna.accounts[0].figures.followers is None
    assert anna.fee == Money(0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_with_and_without_marks(encoding):
    data = "handle;followers;città\nlia;1.200;Forlì\n".encode(encoding)
    draft = read(data, PEOPLE).rows[0]
    assert (draft.accounts[0].figures.followers, draft.city) == (1_200, "Forlì")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter(delimiter):
    text = delimiter.join(["handle", "city", "posts"]) + "\n" + delimiter.join(["lia", "Bari", "12"]) + "\n"
    assert read(text, PEOPLE).rows[0].city == "Bari"


def test_a_number_with_two_readings_is_asked_with_its_row():
    text = "handle;avg likes\nlia;1.234\nanna;5.678\n"
    with pytest.raises(AnswerNeededError, match=r"line 2 says 1\.234") as caught:
        read(text, PEOPLE)
    assert caught.value.questions[0].kind is QuestionKind.DECIMAL
    assert read(text, PEOPLE, decimal="comma").rows[0].accounts[0].figures.average_likes == 1234
    assert read(text, PEOPLE, decimal="point").rows[0].accounts[0].figures.average_likes == 1.234


def test_another_column_may_settle_the_decimal_mark():
    text = "handle;avg likes;avg comments\nlia;1.234;2,5\nanna;5.678;1,25\n"
    assert read(text, PEOPLE).rows[0].accounts[0].figures.average_likes == 1234


def test_a_missing_handle_column_is_asked_and_can_be_named():
    text = "codice cliente x,città\n12 a,Bari\n"
    with pytest.raises(AnswerNeededError) as caught:
        read(text, PEOPLE)
    assert caught.value.questions[0].kind is QuestionKind.COLUMNS
    draft = read("chi è,città\nlia rossi 1,Bari\n", PEOPLE, columns={"handle": "chi è"}).rows[0]
    assert draft.accounts[0].handle == "liarossi1"


def test_topics_come_from_several_columns_without_repeats():
    text = 'handle,category 1,category 2\nlia,"Moda, Viaggi",#moda #cibo\nanna,Sport,\n'
    assert read(text, PEOPLE).rows[0].topics == ("Moda", "Viaggi", "moda", "cibo")


def test_slipped_cells_are_refused():
    drafts = read("handle,city\nlia,Bari,x\nanna,Roma\n", PEOPLE)
    assert [d.accounts[0].handle for d in drafts.rows] == ["anna"]
    assert drafts.rejected[0].line == 2


@pytest.mark.parametrize("bad", ["nina@example.it", "@lia / @lia2", "!!!"])
def test_what_is_no_handle_is_refused_by_name(bad):
    drafts = read(f"handle,city\n{bad},Bari\nanna,Roma\n", PEOPLE)
    assert [row.value for row in drafts.rejected] == [bad]


def test_a_spreadsheet_keeps_its_numbers_dates_and_percentages():
    data = spreadsheet(
        [
            ["Elenco"],
            [],
            ["Handle", "Piattaforma", "Follower", "Tasso di engagement", "Aggiornato al", "Like medi"],
            ["@lia", "Instagram", 12_400, 0.048, datetime(2024, 3, 4), 1.234],  # noqa: DTZ001 - as in a sheet
            ["@anna", "IG", "1,2 mln", 0.5, datetime(2024, 3, 5), None],  # noqa: DTZ001
        ],
        D4="0.0%",
    )
    lia, anna = read(data, PEOPLE, name="a.xlsx").rows
    assert lia.accounts[0].figures.followers == 12_400
    assert lia.accounts[0].figures.engagement_rate == pytest.approx(0.048)
    assert lia.accounts[0].figures.average_likes == 1.234
    assert lia.read_at == datetime(2024, 3, 4, tzinfo=UTC)
    assert anna.accounts[0].figures.followers == 1_200_000


def test_json_records_are_read_like_rows():
    text = '[{"username": "lia", "platform": "tiktok", "stats": {"followers": 12}}, {"username": "anna"}]'
    drafts = read(text, PEOPLE, name="a.json")
    assert [d.accounts[0].handle for d in drafts.rows] == ["lia", "anna"]
    assert drafts.rows[0].accounts[0].platform == "tiktok"


def test_a_person_called_total_in_the_middle_is_kept():
    drafts = read("handle,followers\nlia,10\ntotal,5\nanna,7\n", PEOPLE)
    assert [d.accounts[0].handle for d in drafts.rows] == ["lia", "total", "anna"]


def test_a_name_beside_the_address_of_the_profile_is_a_name():
    text = "Account;Link profilo;Follower\nNina Rossi;https://instagram.com/nina.r;12.400\nugo;;9\n"
    draft = read(text, PEOPLE).rows[0]
    assert (draft.accounts[0].platform, draft.accounts[0].handle, draft.name) == (
        "instagram",
        "nina.r",
        "Nina Rossi",
    )


def test_figures_of_a_platform_without_a_handle_are_left_out_and_told():
    drafts = read("Username,IG followers,TikTok followers\nnina,12k,3k\n", PEOPLE)
    account = drafts.rows[0].accounts[0]
    assert (account.platform, account.handle, account.figures.followers) == ("instagram", "nina", 12_000)
    assert "TikTok followers is left out" in str(drafts.preview.notes[0])


def test_the_address_of_a_profile_tells_the_platform_of_the_handle_beside_it():
    text = "Handle;Link profilo\nugo;https://www.tiktok.com/@ugo\n"
    account = read(text, PEOPLE).rows[0].accounts[0]
    assert (account.platform, account.handle) == ("tiktok", "ugo")


@pytest.mark.parametrize("mark", [" ", ", ", "; ", "\n", " | "])
def test_several_addresses_in_one_cell_are_accounts_of_one_person(mark):
    links = mark.join(
        [
            "https://www.instagram.com/ida.moro/",
            "https://www.tiktok.com/@ida.tok",
            "https://www.youtube.com/@idamoro",
            "https://www.linkedin.com/in/ida-moro/",
            "https://ida.example.org/about",
            "https://idamoro.substack.com",
        ]
    )
    drafts = read(f'Name,Links,City\nIda Moro,"{links}",Bari\nUgo Sala,https://x.com/ugo,Roma\n', PEOPLE)
    ida, ugo = drafts.rows
    assert [(one.platform, one.handle) for one in ida.accounts] == [
        ("instagram", "ida.moro"),
        ("tiktok", "ida.tok"),
        ("youtube", "idamoro"),
        ("linkedin", "ida-moro"),
        ("substack", "idamoro"),
    ]
    assert (ida.name, ida.city) == ("Ida Moro", "Bari")
    assert [(one.platform, one.handle) for one in ugo.accounts] == [("x", "ugo")]


def test_the_channel_of_a_platform_is_the_handle_there():
    text = "Name,Instagram Handle,YouTube Channel,YouTube Subscribers\nIda,@ida,https://www.youtube.com/@idamoro,3000\n"
    (ida,) = read(text, PEOPLE).rows
    assert [(one.platform, one.handle, one.figures.followers) for one in ida.accounts] == [
        ("instagram", "ida", None),
        ("youtube", "idamoro", 3_000),
    ]


def test_a_picture_is_no_address_of_a_profile():
    text = "username,avatar_url,followers\nida,https://pics.example/a.jpg,5\n"
    (ida,) = read(text, PEOPLE, platform="instagram").rows
    assert (ida.accounts[0].handle, ida.accounts[0].url) == ("ida", "")


def test_an_address_under_any_heading_is_an_account_beside_others():
    text = (
        "Nome;Profilo LinkedIn;Newsletter;Sito\n"
        "Ida Moro;linkedin.com/in/ida-moro;https://idamoro.substack.com/p/a-post;https://ida.example.org\n"
        "Ugo Sala;linkedin.com/in/ugo;;https://ugo.example.org\n"
    )
    ida, ugo = read(text, PEOPLE).rows
    assert [(one.platform, one.handle) for one in ida.accounts] == [
        ("linkedin", "ida-moro"),
        ("substack", "idamoro"),
    ]
    assert [(one.platform, one.handle) for one in ugo.accounts] == [("linkedin", "ugo")]


@pytest.mark.parametrize("heading", ["Costo a post", "Prezzo a post", "Tariffa a post"])
def test_what_a_post_costs_in_italian(heading):
    (ida,) = read(f"Profilo;{heading};Nicchie\n@ida;400,00 €;tech, viaggi\n", PEOPLE, platform="ig").rows
    assert (ida.fee, ida.topics) == (Money(40_000), ("tech", "viaggi"))
