"""Readable text from what mail programs make: bytes with a label that may be wrong, and HTML. Nothing is fetched, nothing is run."""

import re
from html.parser import HTMLParser

_LONGEST_HTML = 2_000_000
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_BLOCKS = frozenset({"p", "div", "table", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u200b\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MORE_THAN_TWO = re.compile(r"\n{3,}")


def decoded(content: bytes, charset: str | None) -> tuple[str, bool]:
    """The text of some bytes, and whether it may be trusted: False when the label was wrong and letters had to be guessed."""
    for name in (charset, "utf-8"):
        if not name:
            continue
        try:
            return clean(content.decode(name)), name == charset or charset is None or not _says_more(content)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return clean(content.decode("cp1252", errors="replace")), False


def _says_more(content: bytes) -> bool:
    return not content.isascii()


def clean(text: str) -> str:
    """One kind of line ends, no control characters, no lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).encode("utf-8", "replace").decode("utf-8")


def text_of_html(html: str) -> str:
    """What a person would read: lines, list dots, links with their addresses, quoted parts behind `>`."""
    reader = _Reader()
    reader.feed(html[:_LONGEST_HTML])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.hidden = self.quoted = 0
        self.link = ""
        self.link_text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self._line()
        elif tag == "li":
            self._break()
            self._say("- ")
        elif tag in ("td", "th"):
            self._say(" ")
        elif tag == "a":
            self.link, self.link_text = dict(attrs).get("href") or "", []
        elif tag in _BLOCKS:
            self._break()
            self.quoted += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._break()
            if tag == "blockquote":
                self.quoted = max(0, self.quoted - 1)
                self._break(anew=True)
            elif tag in ("p", "ul", "ol", "table"):
                self._line()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.link_text.append(data)
            self._say(data.replace("\n", " "))

    def _end_link(self) -> None:
        said = "".join(self.link_text).strip()
        plain = self.link.removeprefix("mailto:").strip()
        if plain.startswith(("http://", "https://")) and plain.rstrip("/") not in said:
            self._say(f" ({plain[:300]})")
        self.link = ""

    def _say(self, words: str) -> None:
        if not self.hidden:
            self.lines[-1] += words

    def _break(self, *, anew: bool = False) -> None:
        if self.lines[-1].strip("> ") or anew:
            self._line()
        elif self.quoted:
            self.lines[-1] = "> " * self.quoted

    def _line(self) -> None:
        self.lines.append("> " * self.quoted if self.quoted else "")

    def text(self) -> str:
        lines = [_SPACES.sub(" ", line).strip() for line in self.lines]
        return _MORE_THAN_TWO.sub("\n\n", clean("\n".join(lines))).strip()
