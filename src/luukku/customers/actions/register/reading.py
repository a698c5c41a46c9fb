"""A file of the register, element by element: JSON lines, one array, or the register's own answer; also .gz and .zip. Memory stays flat."""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.customers.enums import RowProblem

CHUNK = 1 << 20
LONGEST = 16 << 20  # letters of one element; a longer one is no company
_SPACE = " \t\r\n,"


@dataclass(frozen=True, slots=True)
class Element:
    """What stands at a place of the file: `line` is the line of a file of lines, the number of the element in an array."""

    line: int
    value: Any
    problem: str = ""
    detail: str = ""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes inside; of a zip those of its first .json file. Raises RuleBroken for what cannot be opened."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as unpacked:
                yield cast("IO[bytes]", unpacked)
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if name.endswith((".json", ".jsonl"))]
                if not names:
                    raise RuleBroken(_("The zip file holds no .json file."))
                with archive.open(names[0]) as inside:
                    yield inside
        else:
            with path.open("rb") as inside:
                yield inside
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as wrong:
        raise RuleBroken(_("The file cannot be read: %(why)s") % {"why": wrong}) from None


def elements(file: IO[bytes]) -> Iterator[Element]:
    """Each company of the file in turn. A line that is no JSON has a `problem`; where an array breaks off, its last element has."""
    head = file.readline(CHUNK)
    while head and not head.strip():
        head = file.readline(CHUNK)
    if head.startswith(b"{") and head.rstrip().endswith(b"}") and b'"companies"' not in head:
        yield from _lines(head, file)
    else:
        yield from _array(io.TextIOWrapper(io.BufferedReader(_Again(head, file)), encoding="utf-8-sig", errors="surrogateescape"))


def _lines(head: bytes, file: IO[bytes]) -> Iterator[Element]:
    for number, line in enumerate(chain([head], file), start=1):
        if line.isspace():
            continue
        try:
            yield Element(number, json.loads(line))
        except ValueError as wrong:
            yield Element(number, None, RowProblem.NOT_JSON, str(wrong)[:200])


def _array(text: IO[str]) -> Iterator[Element]:
    """Elements of `[…]`, or of the array "companies" in `{…}`."""
    decode = json.JSONDecoder().raw_decode
    buffer, number = _from_array(text), 0
    while True:
        buffer = buffer.lstrip(_SPACE) or text.read(CHUNK).lstrip(_SPACE)
        if not buffer or buffer[0] == "]":
            if not buffer:
                yield Element(number + 1, None, RowProblem.CUT_OFF)
            return
        at = 0
        try:
            while at < len(buffer) and buffer[at] != "]":
                value, at = decode(buffer, at)
                number += 1
                yield Element(number, value)
                while at < len(buffer) and buffer[at] in _SPACE:
                    at += 1
            buffer = buffer[at:]
        except ValueError as wrong:
            buffer = buffer[at:]
            more = text.read(CHUNK) if len(buffer) < LONGEST else ""
            if not more:
                yield Element(number + 1, None, RowProblem.CUT_OFF, str(wrong)[:200])
                return
            buffer += more


def _from_array(text: IO[str]) -> str:
    """The buffer from the first element on. Raises RuleBroken for a file in no form that we know."""
    buffer = text.read(CHUNK).lstrip()
    if buffer.startswith("["):
        return buffer[1:]
    at = buffer.find('"companies"')
    start = buffer.find("[", at)
    if not buffer.startswith("{") or at < 0 or start < 0:
        raise RuleBroken(_("The file is not in the register’s form: companies as JSON, one a line or in one array."))
    return buffer[start + 1 :]


class _Again(io.RawIOBase):
    """A stream whose first line has been read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        given = self.head[: len(into)] or self.rest.read(len(into))
        self.head = self.head[len(into) :]
        into[: len(given)] = given
        return len(given)
