"""A bare number of the mathematics has a reason or a source beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conventions.sources import PACKAGE, modules, name_of, tree

CALLS = ("np.array", "np.linspace", "np.geomspace", "np.uint64", "np.int64", "np.float64", "float")


def is_number(node: ast.expr | None) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.UnaryOp(operand=inner):
            return is_number(inner)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
        case ast.Tuple(elts=several) | ast.List(elts=several):
            return bool(several) and all(map(is_number, several))
        case ast.Call(func=maker, args=[*several]) if ast.unparse(maker) in CALLS:
            return all(map(is_number, several))
    return False


def bare_numbers(path: Path) -> Iterator[tuple[str, bool]]:
    """Name the constants of a module, and whether a comment stands above or at the end of each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in tree(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_number(node.value):
            above = node.lineno > 1 and lines[node.lineno - 2].startswith("#")
            beside = any("#" in line for line in lines[node.lineno - 1 : node.end_lineno])
            yield f"{name_of(path)}:{node.lineno}", above or beside


def mathematics() -> list[Path]:
    return modules(PACKAGE / "propagation")


def test_every_bare_number_says_why() -> None:
    numbers = [one for path in mathematics() for one in bare_numbers(path)]
    assert len(numbers) > 150
    assert not [place for place, explained in numbers if not explained]


def test_constants_are_explained_in_comments_and_not_in_strings() -> None:
    """A string after an assignment is thrown away by Python and shown by no tool we use."""
    found = [
        f"{name_of(path)}:{after.lineno}"
        for path in mathematics()
        for before, after in zip(tree(path).body, tree(path).body[1:], strict=False)
        if isinstance(before, ast.Assign | ast.AnnAssign)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
    ]
    assert not found
