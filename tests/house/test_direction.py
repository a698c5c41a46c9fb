"""What the import linter cannot see points the same way: foreign keys, URL names, template includes, migrations."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import luukku

PACKAGE = Path(luukku.__path__[0])
ORDER = (
    "core",
    "accounts",
    "network",
    "catalogue",
    "surveys",
    "customers",
    "desk",
    "development",
    "relations",
    "statements",
    "vitality",
    "complaints",
    "privacy",
    "governance",
    "plans",
    "agreements",
    "portal",
    "demo",
    "config",
)  # each may know those before it
EXTENDS_OR_INCLUDES = re.compile(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"")
URL_TAG = re.compile(r"{%\s*url\s+[\"']([\w:-]+)[\"']")
URL_CALLS = {"reverse", "redirect", "reverse_lazy", "resolve_url"}


def level(module: str) -> int:
    return ORDER.index(module)


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("templates/**/*") if path.suffix in (".html", ".txt"))


@cache
def url_owners() -> dict[str, str]:
    """URL name -> module of its view."""
    owners: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                space = f"{prefix}{each.namespace}:" if each.namespace else prefix
                walk(each.url_patterns, space)
            elif each.name and each.callback.__module__.startswith("luukku."):
                owners[f"{prefix}{each.name}"] = each.callback.__module__.split(".")[1]

    walk(get_resolver("luukku.config.urls").url_patterns, "")
    return owners


def test_the_order_is_that_of_the_import_linter() -> None:
    layers = (PACKAGE.parent.parent / ".importlinter").read_text().split("layers =")[1].split("exhaustive")[0]
    named = re.findall(r"[a-z]+", layers)
    assert [module for module in reversed(named) if module in ORDER] == list(ORDER)
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} == set(ORDER)


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("luukku."):
            continue
        here = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model
            if not field.auto_created and isinstance(target, type) and target.__module__.startswith("luukku."):
                there = target.__module__.split(".")[1]
                if level(there) > level(here):
                    wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert wrong == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_use_what_lies_below(path: Path) -> None:
    here, text, wrong = level(module_of(path)), path.read_text(), []
    for name in EXTENDS_OR_INCLUDES.findall(text):
        owners = [module_of(each) for each in templates() if str(each).endswith(f"templates/{name.split('#')[0]}")]
        wrong += [name for owner in owners if level(owner) > here]
    wrong += [name for name in URL_TAG.findall(text) if name in url_owners() and level(url_owners()[name]) > here]
    assert wrong == []


def test_python_names_only_urls_that_lie_below() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        here = module_of(path) if path.parent != PACKAGE else "core"
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name = node.args[0].value
            if called in URL_CALLS and name in url_owners() and level(url_owners()[name]) > level(here):
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {name}")
    assert wrong == []


def test_migrations_do_not_import_application_code() -> None:
    """They must run the same in ten years; only the frozen SQL of the walls and field classes are shared."""
    allowed = {"luukku.core.walls", "luukku.core.walls.sql", "luukku.core.finnish"}
    wrong = []
    for path in sorted(PACKAGE.rglob("migrations/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            wrong += [f"{path.relative_to(PACKAGE)}: {name}" for name in names if name.startswith("luukku") and name not in allowed]
    assert wrong == []


def imports(path: Path) -> set[str]:
    """Dotted names of the product that a file imports, with what it takes from them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return {name for name in found if name.startswith("luukku.")}


def test_screens_interfaces_jobs_and_mails_are_private_to_their_module() -> None:
    private = {"web", "api", "tasks", "mails"}
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imports(path)
        if (parts := name.split("."))[1] not in (module_of(path), "core") and len(parts) > 2 and parts[2] in private and module_of(path) != "config"
    ]
    assert wrong == []
