"""Mail that no person wrote to us: bounces, absence notes, lists, our own. None of it may be answered, or two robots write to each other for ever."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from luukku.core.mail.letter import Letter, header, inner_of

_AWAY = re.compile(
    r"^\W*(?:automaattinen (?:vastaus|poissaoloviesti|viesti)|poissaoloviesti|poissa toimistosta|poissa:|lomaviesti|autosvar"
    r"|automatiskt? svar|frånvaro(?:meddelande)?\b|frånvarande:|out[ -]of[ -](?:the[ -])?office|auto(?:matic)?[ -]?(?:reply|response|svar)\b"
    r"|ooo:|abwesenheitsnotiz)",
    re.IGNORECASE,
)
_POSTMASTER = re.compile(r"^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?delivery[-_.]?(?:subsystem|system)?)@", re.IGNORECASE)
_STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_ID = re.compile(r"^Message-ID:\s*<([^<>\s]{3,250})>", re.IGNORECASE | re.MULTILINE)
_READ = 200_000


class Robot(StrEnum):
    """What kind of robot wrote."""

    BOUNCE = "bounce"
    AWAY = "away"
    LIST = "list"
    OWN = "own"


def robot_of(letter: Letter, own: Collection[str]) -> Robot | None:
    """None when a person seems to have written. `own` are our own addresses, in lower case and without their +parts."""
    if without_tag(letter.sender) in own:
        return Robot.OWN
    if _is_bounce(letter):
        return Robot.BOUNCE
    if _says_robot(letter):
        return Robot.AWAY
    if letter.header("List-Id") or letter.header("Precedence").strip().lower() in ("bulk", "list", "junk"):
        return Robot.LIST
    return None


def without_tag(address: str) -> str:
    """`door+token@x` is `door@x`."""
    local, at, domain = address.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _is_bounce(letter: Letter) -> bool:
    if letter.head.get_content_type() == "multipart/report":
        return str(letter.head.get_param("report-type", "") or "").lower() != "disposition-notification" and _has_status(letter.head)
    return bool(_POSTMASTER.match(letter.sender)) or bool(letter.header("X-Failed-Recipients"))


def _says_robot(letter: Letter) -> bool:
    submitted = letter.header("Auto-Submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    if letter.head.get_content_type() == "multipart/report":
        return True
    if any(letter.head.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")):
        return True
    if letter.header("Precedence").strip().lower() == "auto_reply" or letter.header("Return-Path").strip() == "<>":
        return True
    return bool(_AWAY.match(letter.subject))


def _has_status(message: "Message[str, str]") -> bool:
    return any(part.get_content_type() == "message/delivery-status" for part in message.walk())


@dataclass(frozen=True)
class Bounce:
    """What a bounce tells: of which mails, the status code (`5.1.1`; empty if none), and whether it is final."""

    message_ids: tuple[str, ...]
    status: str
    final: bool


def read_bounce(letter: Letter) -> Bounce:
    """The standard form (RFC 3464) if it has it, else what its text gives away."""
    action = status = ""
    ids: list[str] = []
    for part in letter.head.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in inner_of(part):
                action = action or header(block, "Action").strip().lower()
                found = _STATUS.search(header(block, "Status"))
                status = status or (found.group(1) if found else "")
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "text/plain"):
            ids += _ID.findall(_source(part))
    text = letter.text[:_READ]
    if not status:
        found = _STATUS.search(text)
        status = found.group(1) if found else ""
    return Bounce(tuple(dict.fromkeys([*ids, *_ID.findall(text), *letter.references])), status, action not in ("delayed", "delivered", "relayed"))


def _source(part: "Message[str, str]") -> str:
    inner = inner_of(part)
    if inner:
        return "\n".join(f"Message-ID: {header(each, 'Message-ID')}" for each in inner)
    content = part.get_payload(decode=True)
    return content[:_READ].decode("utf-8", "replace") if isinstance(content, bytes) else ""
