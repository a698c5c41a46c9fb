"""The repository keeps its own promises: settings described, templates used, nothing left lying about."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/luukku"
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".json", ".yml", ".css", ".scss", ".js", ".mjs", ".sh", ".po", ".csv", ""}
THIS = "tests/house/test_repository.py"
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"/(?:root|home/\w+|Users/\w+|work)/(?!\.)\w+"),
    "something left to do": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
    "a debugger": re.compile(r"\b(?:breakpoint\(\)|pdb\.set_trace|console\.log)\b"),
    "a folder beside the repository": re.compile(r"\.\./shared"),
}
# Made by others' rules: Django finds these by name.
FOUND_BY_NAME = re.compile(r"(?:^|/)(?:account|mfa|socialaccount|usersessions|allauth|django)/|^(?:404|403|403_csrf|400|500|429)\.html$|/mail/")


@cache
def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = []
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if what == "a debugger" and not name.startswith("src/"):
            continue  # the build script talks on the console
        if path.suffix in TEXT and name != THIS and not name.endswith(("lock", "package-lock.json")):
            found += [f"{name}: {match.group(0)}" for match in FORBIDDEN[what].finditer(path.read_text(errors="replace"))]
    assert found == []


def test_what_is_built_or_kept_is_not_in_the_repository() -> None:
    assert [str(path) for path in tracked() if path.suffix in (".mo", ".pyc", ".sqlite3") or "/static/luukku/built/" in str(path)] == []


def test_every_setting_is_described() -> None:
    names = set()
    for path in [*python_files(), ROOT / "Makefile", *sorted((ROOT / "scripts").iterdir())]:
        names |= set(re.findall(r"\b(?:env(?:_bool)?|environ(?:\.get|\.setdefault)?)[\[(]\"(LUUKKU_\w+|DATABASE_URL\w*)\"", path.read_text()))
        if path.parent != PACKAGE and path.suffix != ".py":
            names |= set(re.findall(r"\$\{(LUUKKU_\w+)", path.read_text()))
    operations = (ROOT / "docs/operations.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert {name for name in names if f"`{name}`" not in operations} == set()


def test_no_described_setting_is_gone() -> None:
    code = "".join(path.read_text() for path in [*python_files(), *sorted((ROOT / "scripts").iterdir())])
    described = set(re.findall(r"`(LUUKKU_\w+)`", (ROOT / "docs/operations.md").read_text()))
    assert {name for name in described if name not in code} == set()


def test_every_template_is_used() -> None:
    """Named in Python or in another template, whole or as a prefix that code completes."""
    everything = "\n".join(path.read_text() for path in [*python_files(), *sorted(PACKAGE.rglob("templates/**/*.*"))])
    unused = []
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.is_file():
            name = str(path).split("/templates/")[1]
            if not FOUND_BY_NAME.search(name) and f'{name}"' not in everything and f"{name}#" not in everything and f"{name}'" not in everything:
                unused.append(name)
    assert unused == []


def test_nothing_is_rendered_after_the_actor_has_gone() -> None:
    """TemplateResponse renders late; only ActorMiddleware makes that safe, and a plain render needs no such care."""
    found = [str(path.relative_to(ROOT)) for path in python_files() if "TemplateResponse" in path.read_text() and path.name != "middleware.py"]
    assert found == []


def test_every_stream_says_who_reads() -> None:
    """A StreamingHttpResponse runs after the request's transaction: the function that makes its parts opens act_as itself."""
    for path in python_files():
        text = path.read_text()
        if "StreamingHttpResponse(" in text:
            known = [PACKAGE.parent / f"{name.replace('.', '/')}.py" for name in re.findall(r"from (luukku[\w.]+) import", text)]
            assert "act_as(" in text + "".join(each.read_text() for each in known if each.exists() and "core" not in each.parts), path


def test_nobody_works_behind_the_scenes() -> None:
    """No signal receivers, no work in save()."""
    found = []
    for path in python_files():
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in ("django.dispatch", "django.db.models.signals"):
                found.append(f"{path.relative_to(ROOT)}: {node.module}")
            if isinstance(node, ast.ClassDef) and "models" in path.parts:
                found += [
                    f"{path.relative_to(ROOT)}: {node.name}.{each.name}"
                    for each in node.body
                    if isinstance(each, ast.FunctionDef) and each.name in ("save", "delete")
                ]
    assert found == []


def test_no_drawer_for_everything() -> None:
    drawers = {"utils", "services", "helpers", "misc", "common"}
    things = {"models/services.py", "web/services.py", "queries/services.py", "actions/services.py"}  # service cards are a thing of ours
    assert [str(path) for path in python_files() if path.stem in drawers and "/".join(path.parts[-2:]) not in things] == []


def test_the_licence_is_there() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert len(text) > 13_000


def test_every_page_of_docs_is_linked_or_is_a_decision() -> None:
    pages = {path for path in (ROOT / "docs").rglob("*.md") if "adr" not in path.parts}
    text = "\n".join(path.read_text() for path in [*pages, ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
    assert {str(page.relative_to(ROOT)) for page in pages if page.name not in text} == set()
