"""How the shell says activations, ideas and results."""

from collections.abc import Iterator, Sequence

from ambassador.cli.shell import Shell, parts_of
from ambassador.services.activations.activation_view import open_activation
from ambassador.services.activations.questions import FEWEST
from ambassador.values.activations.activations import ActivationCard, EntryRow
from ambassador.values.activations.contests import ContestResult, LawRow
from ambassador.values.activations.questions import QuestionRow, QuestionsResult
from ambassador.values.activations.results import IdeasResult, PollResult, RuleResult, Turnout
from ambassador.values.money import Money, digits_of
from ambassador.values.status_words import text_of


def tell_activation(shell: Shell, number: int, fields: Sequence[str], *, as_json: bool) -> None:
    """Answer with an activation as it is now."""
    card = open_activation(shell.work(), number).card
    text = shell.t("{name} is {status}", name=card.title, status=card.status.value)
    shell.answer(parts_of(card, *fields), as_json=as_json, text=text)


def card_line(shell: Shell, card: ActivationCard) -> str:
    """One activation in a line."""
    people = shell.t("{count} took part", count=shell.number(card.took_part))
    each = amount_text(shell, card.cost_per_person)
    cost = shell.t("{amount} each", amount=each) if each else ""
    parts = (
        str(card.id),
        card.title,
        shell.t(text_of(card.kind)),
        shell.state(card.status),
        f"{card.starts_on} - {card.ends_on}",
        people,
        cost,
    )
    return "  ".join(part for part in parts if part)


def entry_line(shell: Shell, entry: EntryRow) -> str:
    """One idea or option in a line."""
    state = shell.t("withdrawn") if entry.withdrawn else shell.t(text_of(entry.status))
    parts = (entry.key, entry.title, amount_text(shell, entry.cost), state, entry.proposed_by, entry.url)
    return "  ".join(part for part in parts if part)


def amount_text(shell: Shell, money: Money | None) -> str:
    """An amount with its currency; nothing for none."""
    if money is None:
        return ""
    whole = money.amount == money.amount.to_integral_value()
    digits = 0 if whole else digits_of(money.currency)
    return f"{shell.number(float(money.amount), digits)} {money.currency}"


def ideas_lines(shell: Shell, result: IdeasResult) -> Iterator[str]:
    """Say what each rule builds, and how sure it is."""
    yield from participation_lines(shell, result.participation)
    names = {one.entry_id: one.label for one in result.ideas}
    for one in result.ideas:
        rules = ", ".join(shell.t(text_of(rule)) for rule in one.built_by) or shell.t("not built")
        votes = shell.t("{count} votes", count=shell.number(one.votes))
        yield f"{one.key}  {one.label}  {amount_text(shell, one.cost)}  {votes}  {rules}"
    for rule in result.rules:
        yield from rule_lines(shell, rule, names)
    if result.without_cost:
        yield shell.t("Nobody said what these cost, so none can be built: {names}",
                      names=", ".join(result.without_cost))  # fmt: skip


def rule_lines(shell: Shell, rule: RuleResult, names: dict[int, str]) -> Iterator[str]:
    """Say what one rule builds, whom it leaves out, and how safe it is."""
    word = shell.t(text_of(rule.rule))
    built = ", ".join(names[entry] for entry in rule.built) or shell.t("nothing")
    yield f"{word[:1].upper()}{word[1:]}: {built}"
    yield "  " + shell.t(
        "{spent} spent; {count} voters are represented by none",
        spent=amount_text(shell, rule.spent),
        count=shell.number(rule.unrepresented),
    )
    if rule.margin is not None:
        yield "  " + shell.t(
            "It holds unless {count} votes for {name} fall",
            count=shell.number(rule.margin.votes),
            name=names[rule.margin.entry_id],
        )
    for tie in rule.tied:
        yield "  " + shell.t(
            "The votes do not decide between {one} and {other}: decide by hand",
            one=names[tie.stands],
            other=names[tie.falls],
        )
    if not rule.holds_without_flagged:
        other = ", ".join(names[entry] for entry in rule.without_flagged) or shell.t("nothing")
        yield "  " + shell.t("Without the flagged voters it would be: {names}", names=other)


def participation_lines(shell: Shell, part: Turnout) -> Iterator[str]:
    """Say who voted, and whose vote is worth a look."""
    yield shell.t("{count} people voted", count=shell.number(part.voters))
    if part.replaced:
        yield shell.t(
            "{count} ballots are replaced by a later one of the same person",
            count=shell.number(part.replaced),
        )
    if part.flagged:
        yield shell.t(
            "{count} voters are flagged: {bursts} in bursts, {rings} in rings, {young} with an account "
            "younger than a week",
            count=shell.number(part.flagged),
            bursts=shell.number(part.in_bursts),
            rings=shell.number(part.in_rings),
            young=shell.number(part.new_accounts),
        )
    yield from untimed_lines(shell, part)


def untimed_lines(shell: Shell, part: Turnout) -> Iterator[str]:
    """Say among how many voters no burst and no ring can be seen."""
    if part.voters > part.timed:
        yield shell.t(
            "Of {count} voters nobody knows when they voted: no burst and no ring is seen among them",
            count=shell.number(part.voters - part.timed),
        )


def poll_lines(shell: Shell, result: PollResult) -> Iterator[str]:
    """Say the shares of a poll, and how safe the first place is."""
    yield from participation_lines(shell, result.participation)
    for one in result.options:
        share = (
            f"{shell.number(100 * one.share, 1)}%  ({shell.number(100 * (one.low or 0), 1)} - "
            f"{shell.number(100 * (one.high or 0), 1)}%)"
            if one.share is not None
            else shell.t("no data yet")
        )
        yield f"{one.key}  {one.label}  {shell.number(one.votes)}  {share}"
    if result.tied_first:
        yield shell.t("Several options share the first place: nothing is decided")
    elif result.margin is not None:
        yield shell.t(
            "{name} is first. Its margin in votes: {count}. Flagged voters: {flagged}.",
            name=result.options[0].label,
            count=shell.number(result.margin),
            flagged=shell.number(result.participation.flagged),
        )


def contest_lines(shell: Shell, result: ContestResult) -> Iterator[str]:
    """Say the ranking of a contest, how it is made up, and how safe the first place is."""
    yield from participation_lines(shell, result.participation)
    yield shell.t(
        "Points of 10: {jury}% from the jury, {votes}% from the votes",
        jury=result.jury_weight,
        votes=100 - result.jury_weight,
    )
    for one in result.entries:
        place = shell.t("{place}.", place=one.place) if one.place else "-"
        points = shell.number(one.points, 2) if one.points is not None else shell.t("not marked yet")
        votes = shell.t("{count} votes", count=shell.number(one.votes))
        jury = (
            ""
            if one.jury_points is None
            else shell.t("jury {points}", points=shell.number(one.jury_points, 2))
        )
        yield "  ".join(part for part in (place, one.key, one.label, points, votes, jury) if part)
    for juror in result.jurors:
        if juror.missing:
            yield shell.t("{name} has not marked {count} entries", name=juror.name, count=juror.missing)
    yield from _first_lines(shell, result)


def _first_lines(shell: Shell, result: ContestResult) -> Iterator[str]:
    names = {one.entry_id: one.label for one in result.entries}
    if result.tied_first:
        yield shell.t("Several entries share the first place: nothing is decided")
    elif result.holds_without_votes:
        yield shell.t("{name} is first whatever votes fall", name=names[result.first[0]])
    elif result.margin is not None:
        yield shell.t(
            "{name} is first. Its margin in votes: {count}. Flagged voters: {flagged}.",
            name=names[result.first[0]],
            count=shell.number(result.margin),
            flagged=shell.number(result.participation.flagged),
        )
    if result.participation.flagged and set(result.first_without_flagged) != set(result.first):
        others = ", ".join(names[one] for one in result.first_without_flagged) or shell.t("nothing")
        yield shell.t("Without the flagged voters first would be: {names}", names=others)


def law_line(shell: Shell, row: LawRow) -> str:
    """One point of the checklist, its words in the reader's language, in a line."""
    parts = (
        row.key,
        shell.t(text_of(row.state)),
        row.text,
        row.source,
        shell.t("by {day}", day=row.by_day) if row.by_day else "",
        row.reason,
    )
    return "  ".join(str(part) for part in parts if part)


def session_lines(shell: Shell, result: QuestionsResult) -> Iterator[str]:
    """Say how a session of questions stands, then each question."""
    share = shell.number(100 * (result.share_answered or 0), 1)
    yield shell.t(
        "{count} questions ask for an answer, {answered} have one ({share}%); asked by {people} people",
        count=len(result.standing),
        answered=result.answered,
        share=share,
        people=result.people,
    )
    yield shell.t(
        "{waiting} wait for a look, {refused} were turned down, {merged} stand in another",
        waiting=result.waiting,
        refused=result.refused,
        merged=result.merged,
    )
    for topic in result.topics:
        yield shell.t(
            "{words}: {count} questions, {answered} answered: {numbers}",
            words=", ".join(topic.words),
            count=len(topic.questions),
            answered=topic.answered,
            numbers=", ".join(map(str, topic.questions)),
        )
    if not result.topics and len(result.standing) >= FEWEST:
        yield shell.t("Each asks about something else: no two share words that the others do not have.")
    for one in result.questions:
        yield question_line(shell, one)


def question_line(shell: Shell, row: QuestionRow) -> str:
    """One question in a line."""
    state = shell.t("answered") if row.is_answered else shell.t(text_of(row.status))
    if row.merged_into_id is not None:
        state = shell.t("stands in {number}", number=row.merged_into_id)
    like = shell.t("looks like {number}", number=row.like_id) if row.like_id else ""
    parts = (str(row.id), state, row.text, row.asker, row.reason, row.answer, row.answered_by, like)
    return "  ".join(part for part in parts if part)
