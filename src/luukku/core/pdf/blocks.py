"""What a paper is made of. Words are plain text in the paper's language: an empty line parts paragraphs, a line break stays one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 3 under the paper's own title; no level is skipped on the way down."""

    kind: ClassVar = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    kind: ClassVar = "text"
    text: str


@dataclass(frozen=True)
class Small:
    """What is there to be looked up: a digest, a source, where a figure comes from."""

    kind: ClassVar = "small"
    text: str


@dataclass(frozen=True)
class Boxed:
    """What must not be missed, such as a decision: `title` in bold over the words."""

    kind: ClassVar = "boxed"
    title: str
    text: str


@dataclass(frozen=True)
class Items:
    kind: ClassVar = "items"
    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is."""

    kind: ClassVar = "facts"
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """`widths`: shares of the page's width, one a column; equal when not given. `caption`: what the table tells, for who cannot see it."""

    kind: ClassVar = "table"
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""

    kind: ClassVar = "break"


Block = Heading | Text | Small | Boxed | Items | Facts | Table | Break


@dataclass(frozen=True)
class Paper:
    """A whole paper. `about`: whose it is and of when, under the title. `draft`: words that say that it is not yet in force. `dated`: the moment
    written into the file, so that the same paper is the same bytes each time. `lying`: wide side down, for wide tables."""

    title: str
    language: str
    blocks: Sequence[Block]
    dated: datetime
    about: str = ""
    draft: str = ""
    lying: bool = False
