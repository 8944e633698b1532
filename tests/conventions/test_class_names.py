"""One name, one thing: a class name is defined once in the package."""

from tests.conventions.structure import ROOT, House

SEVERAL_MEANINGS = frozenset(
    {
        "Answers",
        "Asked",
        "Basis",
        "Block",
        "Candidates",
        "Chosen",
        "Column",
        "Comparison",
        "Coverage",
        "Credit",
        "CurvePoint",
        "DelayLaw",
        "Demands",
        "Evidence",
        "Figures",
        "Known",
        "Limits",
        "Line",
        "Moment",
        "Post",
        "Posts",
        "Reading",
        "Row",
        "Sampling",
        "Score",
        "Scratch",
        "Source",
        "Standing",
        "Table",
        "Task",
        "Terms",
        "TieRow",
        "Ties",
        "_Entry",
        "_Known",
        "_Part",
    }
)
"""Names that still mean more than one thing; the list only gets shorter."""


def test_no_new_class_takes_the_name_of_another() -> None:
    several = House(ROOT).classes()
    assert not {name: places for name, places in several.items() if name not in SEVERAL_MEANINGS}
