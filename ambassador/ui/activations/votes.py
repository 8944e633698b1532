"""Votes: files brought in, taken out and put back, one vote typed, and the result as a file."""

from functools import partial
from typing import Final

from ambassador.services.activations.ballots import bring_in_votes, take_out_votes, vote_by_hand
from ambassador.services.activations.files import votes_file
from ambassador.services.undo import undo_of
from ambassador.ui.activations.choosing import choose_activation
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.rejected import show_rejected
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import note_text, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView, BallotFileView
from ambassador.values.activations.states import ActivationKind, ActivationStatus, BudgetRule
from ambassador.values.activations.votes import VotesReport

_REPORT: Final = "_votes_report"
_TYPES: Final = ["pb", "csv", "tsv", "txt", "xlsx", "xlsm", "json"]


def file_dialog(view: ActivationView | None) -> None:
    """Ask for a file of ideas or votes; without an activation for a ``.pb`` file that becomes one."""

    @st.dialog(t("Bring in a file"))
    def ask() -> None:
        st.caption(
            t(
                "A .pb file, or a table with the columns voter and vote (several with commas), or key, title "
                "and cost or link, or juror, entry and mark; of a session question, asked by and asked at. "
                "The columns voted at and account since help to find bursts, rings and new accounts."
            )
        )
        sent = st.file_uploader(t("Drop the file here"), type=_TYPES)
        pressed = st.button(t("Bring it in"), type="primary")
        if pressed and given(sent, t("Choose a file first.")) and sent is not None:
            with errors_shown():
                number = view.card.id if view else None
                work = current_work().noting()
                report = bring_in_votes(work, number, sent.name, sent.getvalue())
                st.session_state[_REPORT] = report
                choose_activation(report.activation_id)
                say_done(_done(report), undo=undo_of(work) if view else None)
                st.rerun()

    ask()


def vote_dialog(view: ActivationView) -> None:
    """Ask who votes for what."""

    @st.dialog(t("Write a vote down"))
    def ask() -> None:
        there = {entry.key: entry for entry in view.entries if not entry.withdrawn}
        voter = st.text_input(t("Who votes"), help=t("Such as instagram:nina; a later vote takes the place."))
        chosen = st.multiselect(
            t("For what"),
            list(there),
            format_func=lambda key: f"{key} · {there[key].title}",
            max_selections=view.draft.most_choices,
        )
        if st.button(t("Write it down"), type="primary") and given(chosen, t("Choose first for what.")):
            with errors_shown():
                work = current_work().noting()
                vote_by_hand(work, view.card.id, voter, ",".join(chosen))
                say_done(t("The vote is in."), undo=undo_of(work))
                st.rerun()

    ask()


def _show_report(number: int) -> None:
    """Show what of the last file could not be used, until another comes."""
    report: VotesReport | None = st.session_state.get(_REPORT)
    if (
        report is None
        or report.activation_id != number
        or not (report.rejected or report.unknown or report.notes)
    ):
        return
    for note in report.notes:
        st.caption(note_text(note))
    heads = (
        (report.rejected, "rejected", t_count("{count} could not be used", "{count} could not be used",
                                              len(report.rejected))),
        (report.unknown, "unknown", t_count(
            "{count} single choice names nothing here; the rest of its ballot counts",
            "{count} single choices name nothing here; the rest of their ballots counts",
            len(report.unknown))),
    )  # fmt: skip
    for rows, name, head in heads:
        show_rejected(f"votes-{name}", rows, head)


def draw_files(view: ActivationView) -> None:
    """Say what of the last file could not be used; list the files, of which one is taken out or put back."""
    _show_report(view.card.id)
    if not view.files:
        return
    st.subheader(t("Files of votes"))
    columns: list[Column[BallotFileView]] = [
        Column(t("File"), "file_name"),
        Column(t("Ballots"), "ballots", Kind.NUMBER),
        Column(t("Counts"), lambda row: row.taken_out_at is None, Kind.FLAG),
        Column(t("Brought in"), "added_at", Kind.MOMENT),
        Column(t("By"), "actor"),
        Column(t("Number"), "id", Kind.NUMBER),
    ]
    chosen = show_table("vote-files", view.files, columns, title=t("Files of votes"), choose="one")
    if chosen and view.card.status is not ActivationStatus.ANNOUNCED:
        out = chosen[0].taken_out_at is None
        label = t("Take its ballots out") if out else t("Put its ballots back")
        if st.button(label, key=f"take-out:{chosen[0].id}:{out}", icon=":material/swap_horiz:"):
            with errors_shown():
                work = current_work().noting()
                take_out_votes(work, chosen[0].id, out=out)
                done = t("Its ballots count no more.") if out else t("Its ballots count again.")
                say_done(done, undo=undo_of(work))
                st.rerun()


def download_buttons(view: ActivationView) -> None:
    """Offer the result as files anybody can recount."""
    if not view.card.took_part:
        return
    stem = "".join(letter if letter.isalnum() else "-" for letter in view.card.title)[:60]
    work, number, rule = current_work(), view.card.id, BudgetRule.EQUAL_SHARES
    kinds = [
        (t("Result (CSV)"), f"{stem}.csv", partial(votes_file, work, number, ".csv", rule)),
        (
            t("Ballots (CSV)"),
            f"{stem}-ballots.csv",
            partial(votes_file, work, number, ".csv", rule, ballots=True),
        ),
    ]
    if view.card.kind is ActivationKind.CONTEST:
        marks = partial(votes_file, work, number, ".csv", rule, marks=True)
        kinds.append((t("Marks (CSV)"), f"{stem}-marks.csv", marks))
    if view.card.kind is ActivationKind.IDEAS:
        kinds.append((t("Everything (.pb)"), f"{stem}.pb", partial(votes_file, work, number, ".pb", rule)))
    with st.container(horizontal=True):
        for label, name, maker in kinds:
            st.download_button(
                label,
                maker,
                file_name=name,
                key=f"result:{name.removeprefix(stem)}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
                help=t("Voters are numbered, nobody is named: whoever has the file can count again."),
            )


def _done(report: VotesReport) -> str:
    ballots = t_count("{count} ballot came in.", "{count} ballots came in.", report.ballots)
    if report.questions:
        return t_count("{count} question came in.", "{count} questions came in.", report.questions)
    if report.marks:
        return t_count("{count} mark came in.", "{count} marks came in.", report.marks)
    if not report.entries and not report.changed:
        return ballots
    ideas = t_count("{count} idea or option is new.", "{count} ideas or options are new.", report.entries)
    return f"{ideas} {ballots}" if report.ballots else ideas
