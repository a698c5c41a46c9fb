"""Answers by mail to reminders: the +tag of the address to which they go, what they say, and who takes them."""

import base64
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from luukku.core.mail.quotes import without_quotes
from luukku.core.registries import Registry
from luukku.core.secret_links import mac_of

# What stands for "it is done" when it is a line or a sentence of its own; "Valmis ensi viikolla" is none.
_DONE = re.compile(
    r"^\W*(?:on )?(?:valmis|valmista|valmiit|tehty|tehdyt|hoidettu|hoitui|kunnossa|klar|klart|klara|färdig|färdigt|gjort|gjord|done"
    r"|ready|finished|completed)"
    r"(?P<which>(?:[\s,:]|\d+|kaikki|alla|all|ja|och|and|&)*)(?P<ends>$|[.!]+(?:\s|$))",
    re.IGNORECASE,
)
_ALL = re.compile(r"kaikki|alla|all", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[.:)]\s+(?=\S)")
_SIGNATURE = re.compile(
    r"^\s*(?:--\s*$|(?:ystävällisin |parhain )?terveisin\b|t\.\s|yst\.? ?terv|(?:med )?vänliga? hälsning|hälsningar\b"
    r"|mvh\b|(?:best |kind )?regards\b|br\b|sent from|lähetetty|skickat från)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MailAnswer:
    """Who answered, by the address in the mail, and the new words without what they repeat."""

    sender: str
    words: str


@dataclass(frozen=True)
class Said:
    """What an answer says: whether it is done, of which numbers (empty: not said; None: of all), and the words beside."""

    done: bool
    numbers: tuple[int, ...] | None
    words: str
    line: str = ""  # its first line as it was written


# The first letters of a +tag -> who takes such answers: asked as the house with what follows them. False when it is nothing of hers: the tag is
# made up, has run out, or somebody else has written. Then the mail is one to the door.
answer_takers: Registry[Callable[[str, MailAnswer], bool]] = Registry("who takes answers by mail")


def answer_address(door: str, prefix: str, key: int) -> str:
    """Where an answer to the mail about `key` goes, at a door's mailbox; empty without one."""
    local, _at, domain = door.partition("@")
    return f"{local}+{prefix}.{key}.{_mac(prefix, key)}@{domain}" if domain else ""


def key_of_tag(prefix: str, rest: str) -> int | None:
    """The key that a tag names; None for one that we have not made."""
    named, _dot, mac = rest.partition(".")
    if not (named.isascii() and named.isdigit() and len(named) <= 18):
        return None
    return int(named) if hmac.compare_digest(_mac(prefix, int(named)).encode(), mac.lower().encode()) else None


def _mac(prefix: str, key: int) -> str:
    return base64.b32encode(mac_of(f"answer:{prefix}:{key}")).decode().lower()[:20]


def read_answer(text: str) -> Said:
    """What somebody who answers a reminder says, in Finnish, Swedish or English: `Valmis`, `klart 1 och 3`, `2: waits for an offer`. Pure."""
    lines = without_quotes(text)[0].strip().splitlines()
    end = next((number for number, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
    words = "\n".join(lines[:end]).strip()
    first, _, rest = words.partition("\n")
    found = _DONE.match(first)
    if found is not None:
        which = found["which"]
        numbers = None if _ALL.search(which) else tuple(int(each) for each in re.findall(r"\d{1,4}", which))
        return Said(True, numbers, f"{first[found.end() :].strip()}\n{rest}".strip(), first.strip())
    numbered = _NUMBERED.match(words)
    if numbered is not None:
        return Said(False, (int(numbered[1]),), words[numbered.end() :].strip())
    return Said(False, (), words)
