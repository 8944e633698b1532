"""One name, one thing: a class name is defined once in the package."""

from tests.conventions.structure import ROOT, House

SEVERAL_MEANINGS = frozenset(
    {
        "Scratch",
    }
)
"""Names that still mean more than one thing; the list only gets shorter."""


def test_no_new_class_takes_the_name_of_another() -> None:
    several = House(ROOT).classes()
    assert not {name: places for name, places in several.items() if name not in SEVERAL_MEANINGS}


def test_the_list_holds_only_names_that_still_need_it() -> None:
    assert set(House(ROOT).classes()) >= SEVERAL_MEANINGS
