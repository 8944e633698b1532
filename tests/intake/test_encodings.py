"""Letters of files that do not say how they are written: told from the words, said, and asked where open."""

import pytest

from ambassador.errors import BadInputError
from ambassador.intake.encodings import ENCODINGS, letters_of, settle_encoding
from ambassador.intake.files import Content, text_lines
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.values.status import ImportKind

NAMES = {
    "Italian": "Niccolò Forlì,Città di Castello,Perché no,Nausicaä Però",
    "French": "Élodie Lefèvre,François Noël,Hôtel du Cœur",
    "Spanish": "José Núñez,Begoña Ibáñez,Ángel Pingüino",
    "German": "Jörg Müller,Günther Weiß,Käthe Grün",
    "Czech": "Jiří Dvořák,Růžena Němcová,Ondřej Šťastný",
    "Polish": "Łukasz Wiśniewski,Małgorzata Zając,Żaneta Gęś",
    "Hungarian": "Győző Erdős,Tünde Fűzfás,Ágnes Szőke",
    "Norwegian": "Bjørn Åsen,Kåre Sæther,Frøydis Tromsø",
    "Turkish": "Ayşe Yıldız,Çağrı Işık,Gülşen Doğan",  # noqa: RUF001 - so it is written
}
FITTING = [
    (language, name)
    for language, text in NAMES.items()
    for name in ENCODINGS
    if text.encode(ENCODINGS[name], errors="ignore").decode(ENCODINGS[name]) == text
]


def people(language: str) -> str:
    rows = "".join(f"u{number},ig,{name}\n" for number, name in enumerate(NAMES[language].split(",")))
    return f"handle,platform,name\n{rows}"


@pytest.mark.parametrize(("language", "name"), FITTING)
def test_names_come_in_whole_from_any_encoding_and_it_is_said(language, name):
    data = people(language).encode(ENCODINGS[name])
    drafts = read_drafts("p.csv", data, ImportKind.PEOPLE)
    assert ",".join(row.name for row in drafts.rows) == NAMES[language]
    said = next(str(note) for note in drafts.preview.notes if "letters were read as" in str(note))
    assert any(word in said for word in NAMES[language].replace(",", " ").split())


@pytest.mark.parametrize("language", NAMES)
def test_a_file_in_unicode_says_nothing_of_letters(language):
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        notes = inspect_file("p.csv", people(language).encode(codec), ImportKind.PEOPLE).notes
        assert not any("letters" in str(note) for note in notes)


def test_where_several_readings_are_likely_it_is_asked_and_the_answer_counts():
    data = "handle,platform,name\nu1,ig,Niccolò\n".encode("cp1250", errors="replace").replace(b"?", b"\xf2")
    preview = inspect_file("p.csv", data, ImportKind.PEOPLE)
    question = next(one for one in preview.questions if one.kind == "encoding")
    assert (question.proposed, question.necessary) == ("windows-1252", False)
    assert question.values["windows-1250"] == "Niccolň"
    options = ReadingOptions(answers={"encoding": "windows-1250"})
    assert read_drafts("p.csv", data, ImportKind.PEOPLE, options).rows[0].name == "Niccolň"
    with pytest.raises(BadInputError, match="say one of windows-1252"):
        inspect_file("p.csv", data, ImportKind.PEOPLE, ReadingOptions(answers={"encoding": "klingon"}))


def test_letters_garbled_before_are_noticed():
    text = "handle,platform,name\nu1,ig,Niccolò\nu2,ig,Élodie\n".encode().decode("cp1252", errors="replace")
    notes = [str(note) for note in inspect_file("p.csv", text.encode(), ImportKind.PEOPLE).notes]
    assert any(note.startswith("letters are garbled in the file itself, as in Niccol") for note in notes)


def test_an_encoding_for_a_file_that_tells_its_own_is_said_to_be_unused():
    options = ReadingOptions(answers={"encoding": "mac-roman"})
    preview = inspect_file("p.csv", people("Czech").encode(), ImportKind.PEOPLE, options)
    assert any("mac-roman was not used" in str(note) for note in preview.notes)
    assert preview.sample[0][2] == "Jiří Dvořák"


def test_a_text_without_letters_of_its_own_is_left_as_it_was():
    content = Content("p.csv", b"handle,price\nu1,5 \x80\n")
    settle_encoding(content)
    assert letters_of(content) is None
    assert list(text_lines(content))[1] == "u1,5 \u20ac\n"


@pytest.mark.parametrize(
    "names", ["Łukasz Željko", "Łukasz Němec", "Šimko Bălan", "Žaneta Woźniak", "Željko Wiśniewski"]
)
def test_two_names_of_two_languages_are_not_taken_for_an_encoding_of_old(names):
    text = "handle;name\n" + "".join(f"h{n};{name}\n" for n, name in enumerate(names.split()))
    found = letters_of(Content("a.csv", text.encode("cp1250")))
    assert found.encoding in {"windows-1250", "windows-1252"}
    assert found.encoding == "windows-1250" or "windows-1250" in found.others


@pytest.mark.parametrize(
    "names", ["Nicolò Città José Núñez", "Nicolò Città Åsa Öberg", "Zoë Günther Forlì Iñaki"]
)
def test_names_of_several_languages_of_the_west_stay_of_the_west(names):
    text = "handle;name\n" + "".join(f"h{n};{name}\n" for n, name in enumerate(names.split()))
    assert letters_of(Content("a.csv", text.encode("cp1252"))).encoding == "windows-1252"
