"""Lines of a file that something is told of: how many there are, and the first of them by number."""

from dataclasses import dataclass, field

from ambassador.values.imports.imports import Note

MOST_NAMED = 10
"""Lines that are named one by one; the others are counted."""


@dataclass(slots=True)
class LineTally:
    """Counts what was met and remembers the first lines it was met on."""

    count: int = 0
    first: list[int] = field(default_factory=list)
    more: bool = False
    """Whether there are lines beyond the first ones."""

    def add(self, line: int) -> None:
        """Take note of one more, on a line that may hold several."""
        self.count += 1
        if self.first and self.first[-1] == line:
            return
        if len(self.first) < MOST_NAMED:
            self.first.append(line)
        else:
            self.more = True

    def note(self, text: str) -> Note:
        """Fill a sentence that says how many (``count``) and where (``lines``).

        >>> tally = LineTally()
        >>> for line in (3, 7, 7):
        ...     tally.add(line)
        >>> str(tally.note("left out: {count} (line {lines})"))
        'left out: 3 (line 3, 7)'
        """
        lines = ", ".join(map(str, self.first)) + (", \u2026" if self.more else "")
        return Note(text, {"count": self.count, "lines": lines})
