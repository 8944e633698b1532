"""One name, one thing: a class name is defined once in the package."""

from tests.conventions.structure import ROOT, House


def test_no_class_takes_the_name_of_another() -> None:
    assert not House(ROOT).classes()
