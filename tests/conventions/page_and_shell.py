"""Which services pages and shell reach, found from the code; ``python -m tests.conventions.page_and_shell``.

A service is a public function of ``ambassador/services``. One that writes opens a writing transaction
somewhere; one that computes tells of its progress or gives a file. Every other one reads.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import getdoc, signature
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import typer

from ambassador.cli.main import build_app
from ambassador.ui.kit.navigation import PAGES
from tests.conventions.sources import PACKAGE, ROOT

DOCUMENT = ROOT / "docs" / "page-and-shell.md"
NO_VERB = {
    "care.hours_text.read_periods": "`case hours` takes the whole week",
    "care.hours_text.write_periods": "`case hours` takes the whole week",
    "care.rules.set_promise": "`case promise` says all of a promise anew",
    "live.fetching.from_environment": "`fetch` and `follow` take it unless told otherwise",
    "campaigns.campaigns.campaign_choices": "what the form offers to choose from",
    "countries.read_shipping": "`--shipping-to`",
    "results.page_state.default_campaign": "`--campaign` says it",
    "campaigns.campaign_view.campaign_names": "`campaign list`",
    "mentions.mentions.list_mentions": "`mentions list` has the rows, `results` what they sum to",
    "undo.undo_of": "`undo`",
    "backups.daily.keep_daily": "only the app makes one by itself each day; `backup` makes one",
    "backups.daily.failed_backup": "`doctor` tells it",
    "calibration.calibration.judge_law": "`learn` does it",
    "backups.daily.is_kept": "`backup --kept` lists them",
    "networks.rung.describe_rung": "stands in the answer of `pick`, `forecast` and `network show`",
    "imports.import_files.propose_kind": "`import FILE` without a kind",
    "cascades.draw_cascades.observe_forest": "only lays out the picture; `cascades` gives what it shows",
    "results.page_state.open_outcomes": "`results` and `outcome list`",
    "results.report.cost_gaps": "stands in `results`",
    "results.export_table.table_as_file": "`--json`; `--output` where a verb writes a table",
}
"""What a page calls and no verb does, and where the shell has it instead."""
NO_PAGE = {
    "care.hours_text.read_week": "the page asks day by day",
    "care.hours_text.write_week": "the page asks day by day",
    "care.moves.case_fields": "the page has them beside the case",
    "care.rules.set_promises": "Care, one at a time",
    "care.canned.keep_answer": "no page yet: the shell alone",
    "care.canned.remove_answer": "no page yet: the shell alone",
    "live.following.follow": "a page runs what is followed now; going on is for a shell that stays",
    "results.export_table.table_format_of": "a button for each form",
    "backups.restoring.restore": "into an empty place only: an open app cannot be replaced under itself",
    "backups.folders.restore_folder": "into an empty place only: an open app cannot be replaced under itself",
    "backups.folders.export_all": "the download of a backup on Workspace; a folder is for the shell",
    "backups.making.back_up": "*Back up now* and the download on Workspace",
    "campaigns.campaigns.create_campaign": "*New campaign*, which makes people and phones in one go",
    "doctor.examining.examine": "looks at the files under the app, so it is run beside it",
    "doctor.mending.mend": "puts rows right under the app, so it is run beside it",
    "undo.remember_change": "each change offers *Undo* where it was made",
    "undo.undo_last": "each change offers *Undo* where it was made",
    "undo.remember_rows": "each change offers *Undo* where it was made",
    "calibration.influence_evaluation.evaluate_influence": "measures on files that are not the workspace's",
    "calibration.parents_evaluation.evaluate_parents": "measures on files that are not the workspace's",
    "calibration.size_evaluation.evaluate_size": "measures on files that are not the workspace's",
}
"""What a verb calls and no page does, and where the pages have it instead."""


MAKES = frozenset({
    "backups.making.back_up", "backups.daily.keep_daily", "backups.daily.keep_now",
    "backups.restoring.restore", "backups.folders.restore_folder", "backups.folders.export_all",
    "who.remember_name",
})  # fmt: skip
"""Services that write files, not rows."""
_MOST = 8


class Code:
    """What each top-level name of some modules speaks of, followed through the modules."""

    def __init__(self, *folders: Path, pages: bool = False) -> None:
        """Read the modules of some folders; pages are scripts, each one name."""
        self._modules = {_name(path): path for folder in folders for path in folder.rglob("*.py")}
        self._pages = {path.stem: path for path in sorted((ROOT / "pages").glob("*.py"))} if pages else {}

    def services_of(self, module: str, name: str) -> frozenset[str]:
        """List the services reached from one top-level name of a module."""
        return self._follow({(module, name)})

    def services_of_page(self, page: str) -> frozenset[str]:
        """List the services reached from a page."""
        tree = ast.parse(self._pages[page].read_text(encoding="utf-8"))
        above = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
        return self._follow(_spoken(tree, _imports(tree)) | _spoken(above, _imports(above)))

    @cache  # noqa: B019 - one reading of the code for the whole test run
    def _names(self, module: str) -> dict[str, frozenset[tuple[str, str]]]:
        path = self._modules[module]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _imports(tree)
        own = {name for node in tree.body for name in _defined(node)}
        known |= {name: (module, name) for name in own}
        return {name: frozenset(_spoken(node, known)) for node in tree.body for name in _defined(node)}

    def _follow(self, todo: set[tuple[str, str]]) -> frozenset[str]:
        seen: set[tuple[str, str]] = set()
        found = set()
        todo = set(todo)
        while todo:
            module, name = todo.pop()
            if (module, name) in seen:
                continue
            seen.add((module, name))
            if module.startswith("ambassador.services"):
                found |= {service for service in [_service(module, name)] if service}
                continue
            home = _home(module, name)
            if home and home[0] in self._modules:
                todo |= self._names(home[0]).get(home[1], frozenset())
        return frozenset(found)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Where each imported name comes from."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ambassador"):
            for alias in node.names:
                found[alias.asname or alias.name] = (node.module or "", alias.name)
    return found


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _spoken(node: ast.AST, known: Mapping[str, tuple[str, str]]) -> set[tuple[str, str]]:
    found = set()
    if isinstance(node, ast.FunctionDef):  # what it calls its own hides what the module calls so
        own = {arg.arg for arg in ast.walk(node) if isinstance(arg, ast.arg)}
        own |= {
            part.id
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
        known = {name: home for name, home in known.items() if name not in own}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in known:
            found.add(known[part.id])
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known:
            home, name = known[part.value.id]
            found.add((f"{home}.{name}", part.attr))
    return found


@cache
def _object(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def _home(module: str, name: str) -> tuple[str, str] | None:
    """The module a name is written in, through front doors."""
    found = _object(module, name)
    if isinstance(found, ModuleType):
        return None
    if isinstance(found, FunctionType | type):
        return found.__module__, found.__name__
    return module, name


def _service(module: str, name: str) -> str:
    """The short name of a service; empty for a class or a value."""
    found = _object(module, name)
    if not isinstance(found, FunctionType) or found.__name__.startswith("_"):
        return ""
    return f"{found.__module__.removeprefix('ambassador.services.')}.{found.__name__}"


def function_of(service: str) -> Callable[..., Any]:
    """The function of a service's short name."""
    module, _, name = service.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"ambassador.services.{module}"), name)
    return found


@cache
def writes(service: str) -> bool:
    """Whether a service opens a writing transaction, itself or through another one."""
    todo, seen = [function_of(service)], set()
    while todo:
        one = todo.pop()
        if one in seen or not one.__module__.startswith("ambassador.services"):
            continue
        seen.add(one)
        path = Path(sys.modules[one.__module__].__file__ or "")
        body = next(
            (
                node
                for node in ast.parse(path.read_text(encoding="utf-8")).body
                if isinstance(node, ast.FunctionDef) and node.name == one.__name__
            ),
            None,
        )
        for part in ast.walk(body) if body else ():
            if isinstance(part, ast.Attribute) and part.attr == "writing":
                return True
            if isinstance(part, ast.Name):
                other = getattr(sys.modules[one.__module__], part.id, None)
                todo += [other] if isinstance(other, FunctionType) else []
    return False


def computes(service: str) -> bool:
    """Whether a service tells of its progress, or gives a file."""
    if service in MAKES:
        return True
    known = signature(function_of(service))
    return "progress" in known.parameters or known.return_annotation is bytes


@cache
def on_pages() -> dict[str, frozenset[str]]:
    """The pages that reach each service, by title."""
    code = Code(PACKAGE / "ui", pages=True)
    titles = {entry.name: entry.title for entry in PAGES}
    found: dict[str, set[str]] = defaultdict(set)
    for page, title in titles.items():
        for service in code.services_of_page(page):
            found[service].add(title)
    return {service: frozenset(pages) for service, pages in found.items()}


@cache
def in_shell() -> dict[str, frozenset[str]]:
    """The verbs that reach each service."""
    code = Code(PACKAGE / "cli")
    found: dict[str, set[str]] = defaultdict(set)
    for verb, callback in _verbs(typer.main.get_command(build_app())):
        for service in code.services_of(callback.__module__, callback.__qualname__.partition(".")[0]):
            found[service].add(verb)
    return {service: frozenset(verbs) for service, verbs in found.items()}


def _verbs(command: Any, path: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    below = getattr(command, "commands", {})
    for name, one in below.items():
        yield from _verbs(one, f"{path} {name}".strip())
    if not below:
        yield (
            path,
            command.callback.__wrapped__ if hasattr(command.callback, "__wrapped__") else command.callback,
        )


def table() -> str:
    """The document: what writes or computes, on which pages, by which verb."""
    rows = []
    for service in sorted({*on_pages(), *in_shell()}):
        if not (writes(service) or computes(service)):
            continue
        first = (getdoc(function_of(service)) or "").split("\n")[0].replace("``", "`").rstrip(".")
        rows.append(f"| {first} | {_pages(service)} | {_shell(service)} |")
    return _HEAD + "\n".join(rows) + "\n"


_HEAD = """# What pages can do, the shell can

Everything that writes, computes or makes a file, found from the code: on which pages it is done, and by which
verb ([every verb](verbs.md)). A test keeps this table true, and refuses what only one of the two can do
without a reason said here; `python -m tests.conventions.page_and_shell` writes it anew. What only
shows something is tested the same way.

| does | pages | shell |
|---|---|---|
"""


def _pages(service: str) -> str:
    pages = on_pages().get(service, frozenset())
    if not pages:
        return NO_PAGE.get(service, "**missing**")
    if len(pages) == len(PAGES):
        return "every page"
    return "every page with a table" if len(pages) > _MOST else ", ".join(sorted(pages))


def _shell(service: str) -> str:
    verbs = in_shell().get(service, frozenset())
    if not verbs:
        return NO_VERB.get(service, "**missing**")
    return "every verb" if len(verbs) > _MOST else ", ".join(f"`{verb}`" for verb in sorted(verbs))


if __name__ == "__main__":
    DOCUMENT.write_text(table(), encoding="utf-8")
