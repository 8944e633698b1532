"""Files in which troubles are planted, and every sentence an import of them must say."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import openpyxl

from ambassador.values.status import ImportKind

Change = tuple[int, str, str, str, str, bool]
"""Line, whose, which field, before, after, whether the later value counts."""
Refusal = tuple[int, str, str]
"""Line, column, reason."""

TOLD = {
    "titles": "rows above the headings that were left out: {count} (line {lines})",
    "repeated": "rows that repeat the header and were left out: {count} (line {lines})",
    "totals": "rows of totals or averages that were left out: {count} (line {lines})",
    "further": "rows about what a row above them names, which were taken with it: {count} (line {lines})",
    "fee": "rows whose fee is not known: {count} (line {lines})",
    "rounded": "ids that a spreadsheet rounded and that were left out: {count} (line {lines})",
    "hidden": "rows that are hidden in the sheet and were read all the same: {count} (line {lines})",
    "filled": "cells that took the value of the merged cell they belong to: {count} (line {lines})",
    "formula": (
        "cells that hold a formula without its result and were taken as empty: {count} (line {lines}). "
        "Open the file in the spreadsheet, save it and import it again"
    ),
    "stray": (
        "lines on which a quotation mark opens a cell and does not close it, read as any other sign: {lines}"
    ),
    "undated": "rows that do not say when it happened, taken as happening now: {count}",
    "strangers": "orders without a code of a campaign, left out: {count}",
    "refunded": "orders refunded, cancelled, failed or for a test, left out: {count}",
    "items": "rows that are further lines of an order named before: {count}",
    "again": "rows that name a tie once more and were added up as its weight: {count}",
    "chances": "rows that name a tie once more, whose last probability counts: {count}",
}
"""What each tag of a line makes the import say."""


@dataclass
class Line:
    """One line of a planted file and what the import is to say of it."""

    cells: dict[str, str]
    fate: str = "added"
    """added, updated, known, merged, left out, rejected; "" for what is no row of data."""
    tags: tuple[str, ...] = ()
    changes: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    refusal: tuple[str, str] | None = None
    notes: list[str] = field(default_factory=list)
    """Sentences with ``{line}`` in them."""
    raw: str = ""
    """How the line begins, up to its third cell, where it is not written cell by cell."""


@dataclass
class Planted:
    """A file, how it is imported, and all that is to be told of it."""

    kind: ImportKind
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    is_workbook: bool = False
    sheets: list[str] = field(default_factory=list)

    def add(self, fate: str = "added", *tags: str, **cells: str) -> Line:
        """Write one more line."""
        line = Line(cells, fate, tags)
        self.lines.append(line)
        return line

    @property
    def name(self) -> str:
        return "planted.xlsx" if self.is_workbook else "planted.csv"

    def data(self) -> bytes:
        """Write the file."""
        return self._workbook() if self.is_workbook else self._text().encode()

    def numbered(self) -> list[tuple[int, Line]]:
        """Give each line its number in the file."""
        return list(enumerate(self.lines, start=len(self.above) + 2))

    def told(self) -> Counter[str]:
        """Say every sentence that is to be told, each as often as it is."""
        tagged: dict[str, list[int]] = {}
        said = Counter(self.notes)
        if self.above:
            tagged["titles"] = list(range(1, len(self.above) + 1))
        for number, line in self.numbered():
            for tag in line.tags:
                tagged.setdefault(tag, []).append(number)
            said.update(note.format(line=number) for note in line.notes)
        for tag, lines in tagged.items():
            shown = list(dict.fromkeys(lines))
            text = ", ".join(map(str, shown[:10])) + (", \u2026" if len(shown) > 10 else "")
            said[TOLD[tag].format(count=len(lines), lines=text)] += 1
        return said

    def changes(self) -> list[Change]:
        return sorted((number, *change) for number, line in self.numbered() for change in line.changes)

    def refusals(self) -> list[Refusal]:
        return sorted((number, *line.refusal) for number, line in self.numbered() if line.refusal)

    def fates(self) -> Counter[str]:
        """Count the rows of data by what becomes of them."""
        return Counter(line.fate for line in self.lines if line.fate)

    def _text(self) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        for title in self.above:
            writer.writerow([title, *[""] * (len(self.columns) - 1)])
        writer.writerow(self.columns)
        for line in self.lines:
            if line.raw:
                stream.write(line.raw + "," * (len(self.columns) - 3) + "\n")
            else:
                writer.writerow([line.cells.get(name, "") for name in self.columns])
        return stream.getvalue()

    def _workbook(self) -> bytes:
        book = openpyxl.Workbook()
        page = book.active
        page.title = "People"
        for title in self.above:
            page.append([title])
        page.append(self.columns)
        for number, line in self.numbered():
            for place, name in enumerate(self.columns, start=1):
                page.cell(number, place, line.cells.get(name) or None)
            page.row_dimensions[number].hidden = "hidden" in line.tags
        for number, line in self.numbered():
            if "filled" in line.tags:
                place = self.columns.index("city") + 1
                page.merge_cells(start_row=number - 1, end_row=number, start_column=place, end_column=place)
        for name in self.sheets:
            book.create_sheet(name).append(["something else"])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


Plant = Callable[[Planted], None]
EURO = "amounts that name no currency were taken as: EUR"
UTC_TAKEN = "instants without a time zone were read in: UTC"


def _person(file: Planted, handle: str, fate: str = "added", *tags: str, **cells: str) -> Line:
    usual = {"platform": "ig", "city": "Bari", "followers": "100", "fee": "50", "size": "38"}
    return file.add(fate, *tags, **{"handle": handle, **usual, **cells})


def people() -> Planted:
    """Start a list of people of whom @old is here already."""
    file = Planted(
        ImportKind.PEOPLE, ["handle", "platform", "city", "followers", "fee", "email"], notes=[EURO]
    )
    _person(file, "lia")
    _person(file, "ugo")
    return file


PEOPLE_BEFORE = "handle,platform,city,followers,fee\nold,ig,Bari,100,50\nolder,ig,Bari,100,50\n"


def _unused(file: Planted) -> None:
    file.columns.append("size")
    file.notes.append("columns not used: size")


def _titled(file: Planted) -> None:
    file.above += ["Our list", "As of May"]


def _repeated(file: Planted) -> None:
    file.lines.append(Line({name: name for name in file.columns}, "", ("repeated",)))
    file.lines[-1].cells["size"] = "size"


def _again_elsewhere(file: Planted) -> None:
    _person(file, "eva")
    line = _person(file, "eva", "merged", "further", city="Roma")
    line.changes.append(("@eva", "City", "Bari", "Roma", False))


def _again_bigger(file: Planted) -> None:
    _person(file, "ivo")
    line = _person(file, "ivo", "updated", "further", followers="126")
    line.changes.append(("@ivo", "Followers", "100", "126", True))


def _again_the_same(file: Planted) -> None:
    _person(file, "zoe")
    _person(file, "ZOE", "merged", "further")


def _known(file: Planted) -> None:
    _person(file, "old", "known")


def _known_elsewhere(file: Planted) -> None:
    line = _person(file, "older", "updated", city="Lecce", followers="90")
    line.changes += [("@older", "City", "Bari", "Lecce", True), ("@older", "Followers", "100", "90", True)]


def _without_fee(file: Planted) -> None:
    _person(file, "rita", "added", "fee", fee="")
    _person(file, "sara", "added", "fee", fee="on request")


def _no_number(file: Planted) -> None:
    _person(file, "tea", "rejected", followers="many").refusal = ("followers", "many is not a number")


def _nobody(file: Planted) -> None:
    _person(file, "", "rejected").refusal = ("handle", "the row names no account")


def _one_mail(file: Planted) -> None:
    _person(file, "ada", email="box@posta.example")
    _person(file, "bea", email="box@posta.example")
    text = "one e-mail, box@posta.example, stands with several people: ada, bea. Merge them if they are one"
    file.notes.append(text)


def _stray(file: Planted) -> None:
    for start, tags in (('nina,ig,"Bari', ("stray", "fee")), ('noa,ig,"Bari, Puglia"', ("fee",))):
        file.add("added", *tags).raw = start


def _hidden(file: Planted) -> None:
    _person(file, "hid", "added", "hidden")


def _filled(file: Planted) -> None:
    _person(file, "one")
    _person(file, "two", "added", "filled", city="")


def _formula(file: Planted) -> None:
    _person(file, "sum", "added", "formula", "fee", fee="=40+10")


def _sheets(file: Planted) -> None:
    file.sheets += ["Old", "June"]
    file.notes.append("the sheet People was read; the file also has Old, June")


def _total(file: Planted) -> None:
    file.add("", "totals", handle="Total", followers="999")


PEOPLE: Sequence[Plant] = (
    _unused, _titled, _repeated, _again_elsewhere, _again_bigger, _again_the_same, _known, _known_elsewhere,
    _without_fee, _no_number, _nobody, _one_mail,
)  # fmt: skip
IN_TEXT: Sequence[Plant] = (_stray,)
IN_BOOKS: Sequence[Plant] = (_hidden, _filled, _formula, _sheets)
LAST: Sequence[Plant] = (_total,)


def _post(
    file: Planted, number: int | str, author: str, fate: str = "added", *tags: str, **cells: str
) -> Line:
    usual = {"platform": "x", "date": "2026-05-02", "time": "09:00", "text": f"words {number}", "size": "7"}
    return file.add(fate, *tags, **{"post id": str(number), "author": author, **usual, **cells})


def mentions() -> Planted:
    """Start an export of posts of which 9001 and 9002 are here already."""
    columns = ["post id", "author", "author id", "platform", "date", "time", "text", "likes", "in reply to"]
    file = Planted(ImportKind.MENTIONS, columns, notes=[UTC_TAKEN])
    _post(file, 1001, "lia")
    _post(file, 1002, "ugo", text="two")
    return file


MENTIONS_BEFORE = (
    "post id,author,platform,date,text,likes,in reply to\n"
    "9001,lia,x,2026-05-02T09:00:00Z,words 9001,4,\n9002,ugo,x,2026-05-02T09:00:00Z,words 9002,,9001\n"
)


def _post_known(file: Planted) -> None:
    _post(file, 9001, "lia", "known", likes="4")


def _post_edited(file: Planted) -> None:
    line = _post(file, 9002, "ugo", "updated", text="other words", **{"in reply to": "9007"})
    line.changes += [
        ("9002", "Text", "words 9002", "other words", True),
        ("9002", "What it answers", "9001", "9007", False),
    ]


def _post_at_another_time(file: Planted) -> None:
    _post(file, 1010, "ivo")
    _post(file, 1010, "ivo", "merged", "further", time="11:00").notes.append(
        "line {line}: the post 1010 is of 2026-05-02 09:00+00:00 here and of 2026-05-02 11:00+00:00 in the "
        "file; the first stands"
    )


def _post_with_more_likes(file: Planted) -> None:
    _post(file, 1020, "eva", likes="12")
    line = _post(file, 1020, "eva", "merged", "further", likes="15", text="words 1020 edited")
    line.changes += [
        ("1020", "Text", "words 1020", "words 1020 edited", True),
        ("1020", "Likes", "12", "15", True),
    ]


def _post_answers_another(file: Planted) -> None:
    _post(file, 1030, "ada", **{"in reply to": "1001"})
    line = _post(file, 1030, "ada", "merged", "further", **{"in reply to": "1002"})
    line.changes.append(("1030", "What it answers", "1001", "1002", False))


def _post_of_somebody_else(file: Planted) -> None:
    reason = "1040 is the id of posts of different authors: export the file again with ids as text"
    _post(file, 1040, "ada")
    _post(file, 1040, "zoe", "rejected").refusal = ("post id", reason)


def _posts_rounded_to_one(file: Planted) -> None:
    number = "1920000000000000000"
    reason = f"{number} is the id of posts of different authors: export the file again with ids as text"
    for author in ("rita", "sara"):
        _post(file, number, author, "rejected").refusal = ("post id", reason)


def _post_ids_lost(file: Planted) -> None:
    _post(file, 1050, "tea", "added", "rounded", **{"author id": "1.23E+18"})
    _post(file, 1051, "noa", "added", "rounded", **{"in reply to": "1.92E+18"})


def _post_of_no_day(file: Planted) -> None:
    line = _post(file, 1060, "bea", "rejected", date="2026-02-31")
    line.refusal = ("date", "2026-02-31 is not in the calendar")
    line = _post(file, 1061, "bea", "rejected", date="2099-01-01")
    line.refusal = ("", "no post can be from then: dates lie between 1990 and the day after tomorrow")


def _post_of_no_hour(file: Planted) -> None:
    _post(file, 1070, "mia", time="10:00 CEST")
    line = _post(file, 1071, "mia", "rejected", time="10:00 QQT")
    line.refusal = ("time", "10:00 QQT is not a time of day")
    line = _post(file, 1072, "mia", "rejected", time="late")
    line.refusal = ("time", "late is not a time of day")


MENTIONS: Sequence[Plant] = (
    _unused, _titled, _repeated, _post_known, _post_edited, _post_at_another_time, _post_with_more_likes,
    _post_answers_another, _post_of_somebody_else, _posts_rounded_to_one, _post_ids_lost, _post_of_no_day,
    _post_of_no_hour,
)  # fmt: skip


def ties() -> Planted:
    """Start a list of ties of which old to lia is here already, with the weight 2."""
    file = Planted(
        ImportKind.TIES,
        ["from", "to", "weight"],
        notes=["direction used: the second of each row hears from the first", "platform taken: x"],
        answers={"direction": "as-listed", "platform": "x"},
    )
    file.add(**{"from": "lia", "to": "ugo", "weight": "1", "size": "7"})
    file.add(**{"from": "lia", "to": "eva", "weight": "3", "size": "7"})
    return file


TIES_BEFORE = "from,to,weight\nold,lia,2\nold,ugo,2\n"


def _tie_twice(file: Planted) -> None:
    file.add(**{"from": "ada", "to": "bea", "weight": "1"})
    file.add("merged", "again", **{"from": "ada", "to": "bea", "weight": "4"})


def _tie_known(file: Planted) -> None:
    file.add("known", **{"from": "old", "to": "lia", "weight": "2"})


def _tie_heavier(file: Planted) -> None:
    line = file.add("updated", **{"from": "old", "to": "ugo", "weight": "5"})
    line.changes.append(("@old \u2192 @ugo", "Weight (how often)", "2", "5", True))


def _tie_without_end(file: Planted) -> None:
    line = file.add("rejected", **{"from": "zoe", "to": "", "weight": "1"})
    line.refusal = ("to", "the row names only one end of the tie")


TIES: Sequence[Plant] = (_unused, _repeated, _tie_twice, _tie_known, _tie_heavier, _tie_without_end)


def devices() -> Planted:
    """Start a list of phones of which OLD1 and OLD2 are here already."""
    file = Planted(ImportKind.DEVICES, ["model", "serial", "imei", "colour", "cost"], notes=[EURO])
    for number in (1, 2):
        file.add(model="Q1", serial=f"S{number}", colour="black", cost="400", size="7")
    return file


DEVICES_BEFORE = "model,serial,colour,cost\nQ1,OLD1,black,400\nQ1,OLD2,black,400\n"


def _phone(file: Planted, serial: str, fate: str = "added", *tags: str, **cells: str) -> Line:
    return file.add(
        fate, *tags, **{"model": "Q1", "serial": serial, "colour": "black", "cost": "400", **cells}
    )


def _phone_repainted(file: Planted) -> None:
    _phone(file, "S10")
    line = _phone(file, "S10", "merged", "further", colour="white", model="Q2")
    line.changes += [("S10", "Colour", "black", "white", False), ("S10", "Model", "Q1", "Q2", False)]


def _phone_known(file: Planted) -> None:
    _phone(file, "OLD1", "known")


def _phone_dearer(file: Planted) -> None:
    line = _phone(file, "OLD2", "updated", cost="450")
    line.changes.append(("OLD2", "Cost", "400 EUR", "450 EUR", True))


def _phone_of_no_number(file: Planted) -> None:
    line = _phone(file, "", "rejected")
    line.refusal = ("serial", "the row has neither a serial number nor an IMEI")
    line = _phone(file, "", "rejected", imei="352099001761480")
    line.refusal = ("imei", "352099001761480 is not an IMEI: its check digit is wrong")


def _phone_without_model(file: Planted) -> None:
    line = _phone(file, "S20", "rejected", model="")
    line.refusal = ("", "the row names no model: say which phone it is")


DEVICES: Sequence[Plant] = (
    _unused, _titled, _repeated, _phone_repainted, _phone_known, _phone_dearer, _phone_of_no_number,
    _phone_without_model,
)  # fmt: skip


def outcomes() -> Planted:
    """Start a list of orders by the codes NINA10 and UGO10, of which 900 and 901 are here already."""
    file = Planted(ImportKind.OUTCOMES, ["order id", "code", "total", "date", "refunded"], notes=[EURO])
    _order(file, 1)
    _order(file, 2, code="UGO10")
    return file


OUTCOMES_BEFORE = "order id,code,total,date\n900,NINA10,20,2026-05-04\n901,NINA10,20,2026-05-04\n"


def _order(file: Planted, number: int, fate: str = "added", *tags: str, **cells: str) -> Line:
    usual = {"code": "NINA10", "total": "20", "date": "2026-05-04", "size": "7"}
    return file.add(fate, *tags, **{"order id": str(number), **usual, **cells})


def _order_of_a_stranger(file: Planted) -> None:
    _order(file, 10, "left out", "strangers", code="")
    _order(file, 11, "left out", "strangers", code="SUMMER")


def _order_of_two_items(file: Planted) -> None:
    _order(file, 20)
    _order(file, 20, "left out", "items", total="7")


def _order_paid_back(file: Planted) -> None:
    _order(file, 30, "left out", "refunded", refunded="20")


def _order_known(file: Planted) -> None:
    _order(file, 900, "known")


def _order_smaller(file: Planted) -> None:
    line = _order(file, 901, "updated", total="15", code="UGO10")
    line.changes += [("901", "Value", "20 EUR", "15 EUR", True), ("901", "Code", "NINA10", "UGO10", False)]


def _order_to_come(file: Planted) -> None:
    line = _order(file, 40, "rejected", date="2026-08-01")
    line.refusal = ("", "2026-08-01 has not come yet: an outcome is something that happened")


def _order_of_no_amount(file: Planted) -> None:
    _order(file, 50, "rejected", total="twenty").refusal = ("total", "twenty is not an amount of money")


OUTCOMES: Sequence[Plant] = (
    _unused, _titled, _repeated, _order_of_a_stranger, _order_of_two_items, _order_paid_back, _order_known,
    _order_smaller, _order_to_come, _order_of_no_amount,
)  # fmt: skip


def courier() -> Planted:
    """Start what a courier says of our parcels P-0001 to P-0004, of which P-0004 has arrived already."""
    columns = ["reference", "status", "date", "tracking"]
    zone = "instants without a time zone were read in: Europe/Rome"
    file = Planted(ImportKind.COURIER, columns, notes=[zone])
    _parcel(file, 1, "Shipped")
    _parcel(file, 2, "Delivered")
    return file


COURIER_BEFORE = "reference,status,date\nP-0004,Delivered,2026-05-04T09:00:00Z\n"


def _parcel(file: Planted, number: int, status: str, fate: str = "updated", *tags: str, **cells: str) -> Line:
    usual = {"reference": f"P-{number:04d}", "date": "2026-05-05 10:00", "status": status, "size": "7"}
    return file.add(fate, *tags, **{**usual, **cells})


def _parcel_of_others(file: Planted) -> None:
    _parcel(file, 99, "Delivered", "rejected").refusal = ("", "no parcel of ours is P-0099")


def _parcel_in_no_state(file: Planted) -> None:
    reason = "Weighed is not a state we know: shipped, delivered, returned, lost"
    _parcel(file, 3, "Weighed", "rejected").refusal = ("status", reason)


def _parcel_undated(file: Planted) -> None:
    _parcel(file, 3, "Delivered", "updated", "undated", date="")


def _parcel_there_already(file: Planted) -> None:
    _parcel(file, 4, "Delivered", "known")


def _parcel_without_tracking(file: Planted) -> None:
    _parcel(file, 1, "Delivered", "updated", "rounded", date="2026-05-06 10:00", tracking="1.23E+18")


COURIER: Sequence[Plant] = (
    _unused, _titled, _repeated, _parcel_of_others, _parcel_in_no_state, _parcel_undated,
    _parcel_there_already, _parcel_without_tracking,
)  # fmt: skip
