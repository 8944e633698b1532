"""The steps of an import as the page draws them: the file, what was recognised and asked, what came of it."""

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pandas as pd

from ambassador.services.imports import (
    ImportOptions,
    preview_import,
    propose_kind,
    rehearse_import,
    rejected_rows_csv,
)
from ambassador.services.imports.import_files import NodesFile
from ambassador.ui.imports.words import (
    answer_word,
    change_columns,
    expected_word,
    field_word,
    kind_word,
    question_text,
    rejected_columns,
    rows_sentence,
)
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import shown
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import language, note_text, number, rich, rich_count, t
from ambassador.ui.kit.workspace import current_key, current_work
from ambassador.values.imports.imports import ColumnMapping, FilePreview, ImportReport, Question, QuestionKind
from ambassador.values.status import ImportKind

_TYPES = [
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "xlsm",
    "json",
    "js",
    "jsonl",
    "ndjson",
    "car",
    "graphml",
    "gexf",
    "xml",
    "net",
    "gml",
    "dot",
    "gv",
    "dl",
    "gdf",
]
_PREVIEW = "_import_preview"
_TRIED = "_import_tried"
_TURN = "_import_turn"
_DONE = "_import_done"
_SAID = "_import_said"
"""The kind a person chose before the file came."""
_KINDS = "_import_kinds"
_NEXT: Final = {
    ImportKind.PEOPLE: ("people", "pick"),
    ImportKind.TIES: ("network", "pick"),
    ImportKind.DEVICES: ("devices",),
    ImportKind.MENTIONS: ("mentions", "cascades", "outcomes"),
    ImportKind.COURIER: ("devices",),
    ImportKind.OUTCOMES: ("outcomes",),
}
"""Where one goes from an import."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the reader's browser sent it."""

    name: str
    data: bytes
    sha256: str


def choose_kind(upload: Upload | None = None) -> ImportKind:
    """Ask what the file holds: a link or a person may have said it before it came, else its content tells."""
    asked = st.query_params.get("kind", "")
    said = ImportKind(asked) if asked in set(ImportKind) else st.session_state.get(_SAID)
    usual = said or (_kind_in(upload) if upload else None) or ImportKind.PEOPLE
    chosen: ImportKind = st.pills(
        t("What does the file hold?"),
        list(ImportKind),
        default=usual,
        required=True,
        format_func=kind_word,
        key=f"import_kind:{asked}:{st.session_state.get(_TURN, 0)}:{upload.sha256 if upload else ''}",
    )
    if upload is None and chosen is not usual:
        st.session_state[_SAID] = chosen
    st.caption(expected_word(chosen))
    return chosen


def _kind_in(upload: Upload) -> ImportKind | None:
    """Look once at what a file seems to hold."""
    known: dict[str, ImportKind | None] = st.session_state.setdefault(_KINDS, {})
    if upload.sha256 not in known:
        known[upload.sha256] = propose_kind(current_work(), upload.name, upload.data)
    return known[upload.sha256]


def choose_file() -> Upload | None:
    """Ask for the file; whatever is chosen about it afterwards, it stays."""
    turn = st.session_state.get(_TURN, 0)
    sent = st.file_uploader(t("Drop the file here"), type=_TYPES, key=f"import_file:{turn}")
    if sent is None:
        return None
    data = sent.getvalue()
    return Upload(sent.name, data, hashlib.sha256(data).hexdigest())


def make_room_after(report: ImportReport) -> None:
    """Make room for the next file, once after each import."""
    if st.session_state.get(_DONE) is not report:
        st.session_state[_DONE] = report
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.session_state.pop(_PREVIEW, None)
        st.session_state.pop(_TRIED, None)
        st.session_state.pop(_SAID, None)


def read_upload(kind: ImportKind, upload: Upload) -> tuple[FilePreview, ImportOptions]:
    """Show what was recognised, let it be changed, ask what must be asked; give preview and choices."""
    options = ImportOptions(campaign_id=chosen_campaign(), nodes=_ask_nodes(kind, upload))
    first = _preview(kind, upload, options)
    sheet = _ask_sheet(first, upload)
    if sheet:
        options = replace(options, sheet=sheet)
        first = _preview(kind, upload, options)
    read_as = _ask_format(first, upload)
    if read_as:
        options = replace(options, answers=read_as)
        first = _preview(kind, upload, options)
    _say_recognised(first)
    mapping = _edit_mapping(first, upload)
    if mapping is not None:
        options = replace(options, mapping=mapping)
    if _asked_anew(first, upload):
        options = replace(options, mapping=ColumnMapping((mapping or first.mapping).columns))
    preview = _preview(kind, upload, options)
    answers = {question.key: answer for question in preview.questions if (answer := _ask(question, upload))}
    whole = st.checkbox(t("Import nothing if a single row is bad"), key=f"import_whole:{upload.sha256}")
    return preview, replace(options, answers=answers | read_as, all_or_nothing=whole)


def is_answered(preview: FilePreview, options: ImportOptions) -> bool:
    """Whether everything the import waits for was answered."""
    answers = options.answers or {}
    return all(
        answers.get(question.key)
        for question in preview.open_questions
        if question.kind is not QuestionKind.COLUMNS
    ) and not any(question.kind is QuestionKind.COLUMNS for question in preview.open_questions)


def show_report(report: ImportReport) -> None:
    """Say what an import did, row by row where rows were refused."""
    st.subheader(t("{file} is imported", file=report.file_name) if report.batch_id else _nothing_new(report))
    first_row(
        Figure(t("Added"), number(report.added), tone="good" if report.added else "neutral"),
        Figure(t("Updated"), number(report.updated)),
        Figure(t("Known already"), number(report.known)),
        Figure(t("Rejected"), number(report.rejected), tone="bad" if report.rejected else "neutral"),
    )
    if report.merged or report.left_out:
        st.caption(rows_sentence(report))
    for note in report.notes:
        st.caption(note_text(note))
    if report.changes:
        st.markdown(_about_changes(report))
        show_table("changes", report.changes, change_columns(), title=t("Values that changed"))
    if report.added or report.updated or report.duplicates:
        with st.container(horizontal=True):
            for page in _NEXT[report.kind]:
                page_link(page)
    if report.rejected_rows:
        st.markdown(_about_rejected(report))
        show_table("rejected", report.rejected_rows, rejected_columns(), title=t("Rejected rows"))
        st.download_button(
            t("Download the rejected rows"),
            partial(rejected_rows_csv, report.rejected_rows, language()),
            file_name="rejected.csv",
            mime="text/csv",
            icon=":material/download:",
        )


def show_expected(kind: ImportKind, upload: Upload, preview: FilePreview, options: ImportOptions) -> None:
    """Say what the import would do, before it is confirmed."""
    report = _expected(kind, upload, options)
    if report is None:
        st.caption(t("What of it is new, and what it would change, is told when it is in."))
        return
    st.markdown(rich("**If you import it now:** {what}.", what=rows_sentence(report)))
    said = [str(note) for note in preview.notes]
    for note in report.notes:
        if str(note) not in said:
            st.caption(note_text(note))
    if report.changes:
        title = t("Values that would change")
        show_table("changes_expected", report.changes, change_columns(), title=title)
    if report.rejected_rows:
        title = t("Rows that would be rejected")
        show_table("rejected_expected", report.rejected_rows, rejected_columns(), title=title)


def _expected(kind: ImportKind, upload: Upload, options: ImportOptions) -> ImportReport | None:
    """Try an import once for each way of reading the file; None where it cannot be tried."""
    known: dict[str, ImportReport | None] = st.session_state.setdefault(_TRIED, {})
    key = f"{current_key()}:{kind}:{upload.sha256}:{options}"
    if key not in known:
        known.clear()
        bar = st.progress(0.0, text=t("Comparing with what is here"))
        try:
            known[key] = rehearse_import(current_work(), kind, upload.name, upload.data, options)
        finally:
            bar.empty()
    return known[key]


def _about_changes(report: ImportReport) -> str:
    if report.changed > len(report.changes):
        return t(
            "{count} values differ from what stood before; the first {shown} are shown.",
            count=number(report.changed),
            shown=number(len(report.changes)),
        )
    return t("These values differ from what stood before. Figures are kept with their dates, old and new.")


def _about_rejected(report: ImportReport) -> str:
    if report.added or report.updated or report.duplicates:
        return t("These rows were left out; the others went in. Mend them and import the file again.")
    return t("These rows cannot be used. Mend them and import the file again.")


def _nothing_new(report: ImportReport) -> str:
    if report.duplicates:
        return t("{file} holds nothing new", file=report.file_name)
    return t("Nothing was imported from {file}", file=report.file_name)


def _preview(kind: ImportKind, upload: Upload, options: ImportOptions) -> FilePreview:
    """Look at the file once for each way of reading it, not at every click."""
    known: dict[str, FilePreview] = st.session_state.setdefault(_PREVIEW, {})
    key = f"{current_key()}:{kind}:{upload.sha256}:{options}"
    if key not in known:
        if len(known) > 20:  # noqa: PLR2004 - a session looks at few files at once
            known.clear()
        known[key] = _looked_at(kind, upload, options)
    return known[key]


def _looked_at(kind: ImportKind, upload: Upload, options: ImportOptions) -> FilePreview:
    """Look at a file, telling how far it is; drawing that ends the work when the tab is gone."""
    bar = st.progress(0.0, text=t("Reading"))

    def tell(done: int, total: int, stage: str) -> None:
        bar.progress(min(done / total, 1.0) if total else 0.0, text=shown(t(stage)))

    try:
        return preview_import(current_work(), kind, upload.name, upload.data, options, progress=tell)
    finally:
        bar.empty()


def _ask_nodes(kind: ImportKind, upload: Upload) -> NodesFile | None:
    """Let the list of the nodes be given where ties come in two files."""
    if kind is not ImportKind.TIES:
        return None
    with st.expander(t("The ties name numbers, and who they are stands in another file")):
        sent = st.file_uploader(
            t("The list of the nodes"),
            type=["csv", "tsv", "txt", "xlsx"],
            key=f"import_nodes:{upload.sha256}",
        )
    if sent is None:
        return None
    data = sent.getvalue()
    return NodesFile(sent.name, data, hashlib.sha256(data).hexdigest())


def _ask_sheet(preview: FilePreview, upload: Upload) -> str | None:
    """Let another sheet of the workbook be chosen; None while the one that was read stands."""
    if len(preview.sheets) <= 1:
        return None
    at = preview.sheets.index(preview.sheet)
    chosen = st.selectbox(t("Sheet"), preview.sheets, index=at, key=f"import_sheet:{upload.sha256}")
    return None if chosen == preview.sheet else chosen


def _say_recognised(preview: FilePreview) -> None:
    rows = rich_count(
        "**{count} row** in {file}", "**{count} rows** in {file}", preview.row_count, file=preview.file_name
    )
    st.markdown(rows)
    if preview.looks_like:
        st.warning(
            t(
                "This looks like another kind of file: {kind}. If it is, choose that above; the file stays.",
                kind=kind_word(preview.looks_like),
            )
        )
    for note in preview.notes:
        st.caption(note_text(note))
    with st.expander(t("First rows")):
        st.dataframe(pd.DataFrame(preview.sample, columns=list(preview.headers)), hide_index=True)


def _edit_mapping(preview: FilePreview, upload: Upload) -> ColumnMapping | None:
    """Show which column means what, to be corrected; None while the proposal stands."""
    proposed = {header: name for name, header in preview.mapping.columns.items()}
    names = _names(preview)
    words = {name: field_word(name, preview.fields) for name in names}
    by_word = {word: name for name, word in words.items()}
    table = pd.DataFrame(
        {
            t("Column"): list(preview.headers),
            t("Means"): [words.get(proposed.get(header, ""), "") for header in preview.headers],
            t("For example"): [_example(preview, place) for place in range(len(preview.headers))],
        }
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        placeholder=t("not used"),
        disabled=[t("Column"), t("For example")],
        column_config={t("Means"): st.column_config.SelectboxColumn(options=["", *words.values()])},
        key=f"mapping:{preview.kind}:{upload.sha256}",
    )
    chosen: dict[str, str] = {}
    for header, word in zip(edited[t("Column")], edited[t("Means")], strict=True):
        name = _next_name(by_word.get(word or "", ""), chosen)
        if name:
            chosen[name] = header
    return None if chosen == dict(preview.mapping.columns) else ColumnMapping(chosen, preview.mapping.answers)


def _ask_format(preview: FilePreview, upload: Upload) -> dict[str, str]:
    """Let the letters and the format that were recognised be overruled, before the columns are shown."""
    first = (QuestionKind.ENCODING, QuestionKind.FORMAT)
    asked = (question for question in preview.questions if question.kind in first)
    return {question.kind.value: answer for question in asked if (answer := _ask(question, upload))}


def _names(preview: FilePreview) -> list[str]:
    """List what columns can mean: the fields, and those of each platform that stands beside others."""
    fields = [field.name for field in preview.fields]
    platforms = dict.fromkeys(
        left
        for left, _, right in (name.partition(".") for name in preview.mapping.columns)
        if right and not right.isdigit()
    )
    beside = [f"{platform}.{name}" for platform in platforms for name in fields if name != "platform"]
    return [*fields, *(name for name in preview.mapping.columns if name not in {*fields, *beside}), *beside]


def _next_name(name: str, chosen: dict[str, str]) -> str:
    """Return the further columns of a field a number: topics can stand in several."""
    if not name or name not in chosen:
        return name
    return next(f"{name}.{number}" for number in range(2, 100) if f"{name}.{number}" not in chosen)


def _example(preview: FilePreview, place: int) -> str:
    return next((row[place] for row in preview.sample if len(row) > place and row[place]), "")


def _asked_anew(preview: FilePreview, upload: Upload) -> bool:
    """Offer to answer again what was answered for this layout before."""
    remembered = set(preview.mapping.answers) - {question.kind.value for question in preview.questions}
    if not remembered:
        return False
    return st.checkbox(
        t("Ask me again what was answered for files like this"), key=f"import_anew:{upload.sha256}"
    )


def _ask(question: Question, upload: Upload) -> str:
    text, key = question_text(question), f"import_answer:{question.key}:{upload.sha256}"
    if question.kind is QuestionKind.COLUMNS:
        st.warning(text)
        return ""
    if not question.answers:
        hint = "" if question.proposed else t("Leave it empty where you do not know.")
        return st.text_input(text, value=question.proposed or "", key=key, help=hint or None).strip()
    place = question.answers.index(question.proposed) if question.proposed in question.answers else None
    words = partial(answer_word, question)
    return st.radio(text, question.answers, index=place, format_func=words, key=key) or ""
