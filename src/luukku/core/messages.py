"""Collects the words of the screens from each module's Python and templates into its `locale` folders, and compiles them.

Django's makemessages needs GNU gettext on the machine; this needs only Babel (to read Python) and polib (to write).
"""

import ast
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation import template as django_template

LANGUAGES = ("fi", "sv")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLURALS = "nplurals=2; plural=(n != 1);"
Key = tuple[str | None, str, str]  # context, message, plural


@dataclass
class Found:
    """A message and the files that use it (without line numbers, so that a moved line is no change)."""

    files: set[str] = field(default_factory=set)


def modules(package: Path) -> list[Path]:
    """The folders that have a `locale` of their own."""
    return sorted(folder for folder in package.iterdir() if folder.is_dir() and (folder / "__init__.py").exists() and folder.name != "config")


def collect(module: Path) -> dict[Key, Found]:
    """Every message of a module."""
    found: dict[Key, Found] = {}
    for file in sorted(module.rglob("*")):
        inside = file.relative_to(module)
        if file.suffix == ".py" and "migrations" not in inside.parts:
            source = file.read_text()
            messages = [*_of_python(source), *_of_f_strings(source)]
        elif file.suffix in (".html", ".txt") and "templates" in inside.parts:
            source = django_template.templatize(file.read_text(), origin=str(inside))
            messages = list(_of_python(re.sub(r"(?m)^[ \t]+", "", source)))  # a template's indents are not Python's
        else:
            continue
        for key in messages:
            found.setdefault(key, Found()).files.add(inside.as_posix())
    return found


def _of_f_strings(source: str) -> Iterable[Key]:
    """Before Python 3.12 an f-string is read as one piece, so the calls inside it are looked for by themselves."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    for call in (node for string in strings for node in ast.walk(string)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            yield from _of_python(ast.unparse(call))


def _of_python(source: str) -> Iterable[Key]:
    from babel.messages.extract import extract  # a tool of developers; servers only need the compiled files

    for _, words, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        single, plural = (words[-2], words[-1]) if isinstance(words, tuple) and len(words) > 1 else (words, "")
        if isinstance(single, tuple):
            single = single[0]
        if single:
            yield (context if isinstance(context, str) else None), str(single), str(plural or "")


def po_path(module: Path, language: str) -> Path:
    return module / "locale" / language / "LC_MESSAGES" / "django.po"


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def update(module: Path, language: str) -> tuple[int, int]:
    """Bring a module's file up to date, keeping translations. Returns how many messages it has and how many lack words."""
    found, path = collect(module), po_path(module, language)
    old = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    if not found and not path.exists():
        return 0, 0
    file = polib.POFile(wrapwidth=120)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit", "Language": language, "Plural-Forms": PLURALS}
    for key in sorted(found, key=lambda k: (k[1], k[0] or "", k[2])):
        file.append(_entry(key, found[key], old.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    return len(file), sum(1 for entry in file if not _translated(entry))


def _entry(key: Key, found: Found, old: polib.POEntry | None) -> polib.POEntry:
    context, message, plural = key
    entry = polib.POEntry(msgid=message, occurrences=[(name, "") for name in sorted(found.files)])
    if context is not None:
        entry.msgctxt = context
    if plural:
        entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    if re.search(r"%\(\w+\)[sd]", message):
        entry.flags.append("python-format")
    if old is not None:
        entry.msgstr, entry.msgstr_plural, entry.tcomment = old.msgstr, old.msgstr_plural or entry.msgstr_plural, old.tcomment
    return entry


def _translated(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def problems(module: Path, language: str) -> list[str]:
    """Sentences about missing, stale and broken translations of a module."""
    found, path = set(collect(module)), po_path(module, language)
    entries = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    where = f"{module.name} {language}"
    told = [f"{where}: {message!r} is not in the file; run luukku messages" for _, message, _ in sorted(found - set(entries), key=str)]
    told += [f"{where}: {message!r} is no longer used; run luukku messages" for _, message, _ in sorted(set(entries) - found, key=str)]
    for key, entry in entries.items():
        if key in found and not _translated(entry):
            told.append(f"{where}: {entry.msgid!r} has no translation")
        known = _values(entry.msgid) | _values(entry.msgid_plural)
        told += [
            f"{where}: the translation of {entry.msgid!r} names a value that is not there" for words in _all(entry) if not _values(words) <= known
        ]
    return told


def _all(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _values(words: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", words))


def compile_all(package: Path) -> int:
    """Write the .mo file beside each .po file; returns how many."""
    number = 0
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        number += 1
    return number
