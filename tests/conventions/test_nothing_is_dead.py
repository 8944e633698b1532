"""What nothing in the product uses goes: a function only tests call keeps no promise to anybody."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tests.conventions.sources import PACKAGE, PAGES, ROOT, modules, name_of, tree

PRODUCT = [*modules(PACKAGE), *modules(ROOT / "seed"), *PAGES, ROOT / "streamlit_app.py"]
FOR_SCRIPTS = {  # whoever writes a script looks at a thing, or sets it, this way
    "ambassador.services.backups.archive.check_archive",
    "ambassador.services.devices.dispatch.set_agreement_rule",
    "ambassador.services.devices.dispatch.set_brand",
    "ambassador.values.backups.KeptBackup",
}


def uses(path: Path) -> Iterator[str]:
    """Name what a module speaks of; a front door only passes names on."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and path.name != "__init__.py":
            yield from (alias.name for alias in node.names)


def offered(path: Path) -> set[str]:
    """Name what a room's front door offers to other people's code."""
    lists = [
        node.value
        for node in tree(path).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    return {str(name) for listed in lists for name in ast.literal_eval(listed)}


@lru_cache
def spoken_of() -> Counter[str]:
    templates = " ".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.j2"))
    return Counter([*(name for path in PRODUCT for name in uses(path)), *re.findall(r"\w+", templates)])


def unused(path: Path) -> Iterator[str]:
    """List the public functions and classes of a module that nobody in the product names."""
    door = path.with_name("__init__.py")
    public = offered(door) if door.is_file() else set()
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            known = node.name in public or bool(node.decorator_list and isinstance(node, ast.FunctionDef))
            if not known and not spoken_of()[node.name]:
                yield f"{name_of(path).removesuffix('.py').replace('/', '.')}.{node.name}"


def test_every_public_function_and_class_is_used_by_the_product_or_offered_at_a_door() -> None:
    assert not {name for path in modules(PACKAGE) for name in unused(path)} - FOR_SCRIPTS


def test_what_nobody_names_is_found(tmp_path: Path) -> None:
    lone = tmp_path / "lone.py"
    lone.write_text("def nobody_asks_for_this_one(): ...\ndef main(): ...\n", encoding="utf-8")
    names = [node.name for node in tree(lone).body if isinstance(node, ast.FunctionDef)]
    assert [name for name in names if not spoken_of()[name]] == ["nobody_asks_for_this_one"]
