import io
import zipfile

import pytest

from ambassador.errors import CancelledError, UnreadableFileError
from ambassador.intake.reading import ReadingOptions, read_drafts, signatures_of
from ambassador.values.imports.imports import ColumnMapping
from ambassador.values.status import ImportKind
from tests.intake.reading import read, spreadsheet

PEOPLE = ImportKind.PEOPLE


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or protected Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x00\x01\x02\x03" * 40, "not a table"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(head, word):
    with pytest.raises(UnreadableFileError, match=word):
        read(head, PEOPLE, name="f.bin")


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("_", "/"), data)
    return stream.getvalue()


def test_an_archive_that_is_no_spreadsheet_is_refused():
    with pytest.raises(UnreadableFileError, match="not a spreadsheet"):
        read(archive(a_b=b"x"), PEOPLE)


def test_a_zip_bomb_is_refused():
    with pytest.raises(UnreadableFileError, match="would unpack to"):
        read(archive(xl_workbook=b"x", xl_sheet=b"\x00" * 80_000_000), PEOPLE)


def test_a_quotation_mark_that_never_closes_is_named():
    text = 'handle,city\nlia,"Bari\n' + "anna,Roma\n" * 20_000
    with pytest.raises(UnreadableFileError, match="from line 2 on"):
        read(text, PEOPLE)


def test_a_named_sheet_is_read_and_a_wrong_one_refused():
    data = spreadsheet([["handle"], ["lia"]])
    drafts = read_drafts("a.xlsx", data, PEOPLE, ReadingOptions(sheet="Sheet"))
    assert drafts.rows[0].accounts[0].handle == "lia"
    with pytest.raises(UnreadableFileError, match="no sheet Foglio9"):
        read_drafts("a.xlsx", data, PEOPLE, ReadingOptions(sheet="Foglio9"))


def test_a_file_on_disk_reads_like_its_bytes(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("handle,city\nlia,Bari\n")
    assert read_drafts("p.csv", path, PEOPLE).rows == read(path.read_bytes(), PEOPLE, name="p.csv").rows


def test_the_same_columns_have_the_same_signature_whatever_their_case():
    first = signatures_of("a.csv", b"Handle;Follower\nlia;3\n", PEOPLE)[0]
    assert first == signatures_of("b.csv", b"handle,follower\nanna,9\n", PEOPLE)[0]
    assert first != signatures_of("c.csv", b"handle,city\nanna,Bari\n", PEOPLE)[0]


def test_a_saved_mapping_is_used_instead_of_the_proposal():
    saved = ColumnMapping({"handle": "b"}, {"platform": "tiktok"})
    drafts = read_drafts("a.csv", b"handle,b\nlia,anna\n", PEOPLE, ReadingOptions(saved=saved))
    assert drafts.rows[0].accounts[0].handle == "anna"
    assert drafts.rows[0].accounts[0].platform == "tiktok"


def test_reading_can_be_stopped_and_tells_how_far_it_is():
    told = []

    def stop(done, total, stage):
        told.append((done, total, stage))
        raise CancelledError("stopped")

    text = "handle\n" + "\n".join(f"h{i}" for i in range(5_000))
    with pytest.raises(CancelledError):
        read_drafts("a.csv", text.encode(), PEOPLE, progress=stop)
    assert told == [(2_000, 5_000, "Reading")]
