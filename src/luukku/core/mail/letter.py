"""A mail as it came, read as far as it can be. Reading never fails: what cannot be read is said to be so, and the bytes are kept by the caller."""

import hashlib
import re
from dataclasses import dataclass, field
from email import errors, message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from luukku.core.mail.plain import clean, decoded, text_of_html

RECEIVERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To")
_IDS = re.compile(r"<([^<>\s]{3,250})>")
_DEEPEST = 20
_MOST_PIECES = 200
_SMALL_PICTURE = 10_000
_BROKEN = (errors.NoBoundaryInMultipartDefect, errors.StartBoundaryNotFoundDefect, errors.MultipartInvariantViolationDefect)


@dataclass(frozen=True)
class Piece:
    """What came with a mail: a file as its sender named it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail's headers and readable text. `is_whole` is False when somebody must read the original by hand."""

    head: "Message[str, str]"
    sender: str = ""
    sender_name: str = ""
    answer_to: str = ""
    receivers: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    is_whole: bool = True

    def header(self, name: str) -> str:
        return header(self.head, name)


@dataclass
class _Found:
    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    is_whole: bool = True


def read_letter(raw: bytes) -> Letter:
    """The mail of these bytes, whatever they are."""
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
    except Exception:  # noqa: BLE001 (a mail may break the library in ways it does not name)
        return Letter(Message(), is_whole=False)
    try:
        found = _Found()
        _walk(message, found, 0)
    except Exception:  # noqa: BLE001
        found = _Found(is_whole=False)
    text = "\n\n".join(each for each in found.texts if each.strip()).strip()
    whole = found.is_whole and bool(text or found.pieces)
    try:
        return _with_headers(message, text, tuple(found.pieces), whole)
    except Exception:  # noqa: BLE001
        return Letter(message, text=text, pieces=tuple(found.pieces), is_whole=False)


def fingerprint(raw: bytes, letter: Letter) -> bytes:
    """The same for two deliveries of one mail (which differ in what servers write on top), different for two mails."""
    if not letter.message_id:
        return hashlib.sha256(raw).digest()
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    parts = (letter.message_id.encode(), letter.sender.encode(), letter.header("Date").encode(), letter.subject.encode(), body)
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).digest()


def id_digest(message_id: str) -> bytes:
    return hashlib.sha256(message_id.encode()).digest()


def _with_headers(message: "Message[str, str]", text: str, pieces: tuple[Piece, ...], whole: bool) -> Letter:
    name, address = parseaddr(_raw(message, "From"))
    answers = _addresses(message, "Reply-To")
    ids = _IDS.findall(_raw(message, "Message-ID"))
    mentioned = _IDS.findall(f"{_raw(message, 'In-Reply-To')} {_raw(message, 'References')}")
    return Letter(
        head=message,
        sender=address.strip().lower() if "@" in address else "",
        sender_name=" ".join(_words(name).split())[:120],
        answer_to=answers[0] if len(answers) == 1 else "",
        receivers=tuple(each for name in RECEIVERS for each in _addresses(message, name)),
        subject=" ".join(header(message, "Subject").split()),
        message_id=ids[0] if ids else "",
        references=tuple(dict.fromkeys(mentioned[:1] + mentioned[-20:])),
        text=text,
        pieces=pieces,
        is_whole=whole,
    )


def _addresses(message: "Message[str, str]", name: str) -> list[str]:
    """One header at a time: newer Pythons give nothing at all for several when one of them is missing or broken."""
    return [each.strip().lower() for _, each in getaddresses([_raw(message, name)]) if "@" in each]


def header(message: "Message[str, str]", name: str) -> str:
    """A header in letters; empty when it is not there."""
    return _words(_raw(message, name))


def _raw(message: "Message[str, str]", name: str) -> str:
    """A header as written, all of its occurrences; bytes without a label are read as UTF-8, else as Windows Latin."""
    values = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    text = ", ".join(values)
    if text.isascii():
        return clean(text).replace("\n", " ")
    given = text.encode("utf-8", "surrogateescape")
    return decoded(given, None)[0].replace("\n", " ")


def _words(text: str) -> str:
    if "=?" not in text:
        return text
    try:
        return clean(str(make_header(decode_header(text))))
    except (errors.HeaderParseError, LookupError, UnicodeError, ValueError):
        return text


def inner_of(part: "Message[str, str]") -> "list[Message[str, str]]":
    """The mails or parts inside a part."""
    inner = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _walk(part: "Message[str, str]", found: _Found, depth: int) -> None:
    if any(isinstance(defect, _BROKEN) for defect in part.defects) or depth > _DEEPEST:
        found.is_whole = False
    if depth > _DEEPEST or len(found.pieces) >= _MOST_PIECES:
        return
    kind = part.get_content_type()
    if kind == "multipart/alternative" and part.is_multipart():
        _best(part, found, depth)
    elif part.is_multipart() and kind.startswith("multipart/"):
        for child in inner_of(part):
            _walk(child, found, depth + 1)
    elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not part.get_filename():
        found.texts.append(_text(part, found))
    else:
        _piece(part, found)


def _best(part: "Message[str, str]", found: _Found, depth: int) -> None:
    """Of several forms of one text the plain one, unless it says nothing; what is no text is kept from all of them."""
    tries: list[_Found] = []
    for child in inner_of(part):
        each = _Found()
        _walk(child, each, depth + 1)
        tries.append(each)
        found.pieces += each.pieces
    told = [each for each in tries if any(text.strip() for text in each.texts)]
    if told:
        found.texts += told[0].texts
        found.is_whole = found.is_whole and told[0].is_whole


def _text(part: "Message[str, str]", found: _Found) -> str:
    content = part.get_payload(decode=True)
    text, sure = decoded(content if isinstance(content, bytes) else b"", part.get_content_charset())
    found.is_whole = found.is_whole and sure and not any(isinstance(d, errors.InvalidBase64CharactersDefect) for d in part.defects)
    return text_of_html(text) if part.get_content_type() == "text/html" else text


def _piece(part: "Message[str, str]", found: _Found) -> None:
    kind = part.get_content_type()
    if kind.startswith("message/"):
        content = b"\n".join(each.as_bytes() for each in inner_of(part)) or str(part.get_payload()).encode("utf-8", "replace")
        found.pieces.append(Piece(_name(part) or "message.eml", content))
        return
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    shown_in_text = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    if shown_in_text and kind.startswith("image/") and len(content) < _SMALL_PICTURE:
        return  # a logo in a signature; it stays in the original
    found.pieces.append(Piece(_name(part) or f"file.{kind.rpartition('/')[2][:10]}", content))


def _name(part: "Message[str, str]") -> str:
    name = clean(_words(part.get_filename() or ""))
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", " ".join(name.split())).strip(". ")[-150:]
