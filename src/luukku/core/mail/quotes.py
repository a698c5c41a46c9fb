"""What is new in a mail, and what it repeats of earlier ones. Headings of quoted mails: mail-parser-reply's, with Finnish and more Swedish added."""

import re
from functools import cache
from typing import Any

from mailparser_reply.constants import MAIL_LANGUAGES, QUOTED_MATCH_INCLUDE
from mailparser_reply.parser import EmailMessage

_LONGEST_HEADING = 300  # letters in a line; the patterns are slow on longer ones, and no mail program writes them
_MOST_LINES = 2000
_QUOTED = re.compile(r"^\s*>")
_FROM = r"((?:(?:^|\n|\n{quoted})[* ]*(?:{names}):[ *]*(?:\s{{,2}}).*){{2,}}(?:\n.*){{,1}})"
_OURS: dict[str, dict[str, Any]] = {
    "fi": {
        "wrote_header": r"^(" + QUOTED_MATCH_INCLUDE + r"[^\n>]{0,160}\d[^\n]{0,160}\s?kirjoitti:)$"
        r"|^(" + QUOTED_MATCH_INCLUDE + r"[^\n>][^\n]{0,160}\s?kirjoitti\s[^\n]{0,100}\d[^\n]{0,60}:)$",
        "from_header": _FROM.format(quoted=QUOTED_MATCH_INCLUDE, names="Lähettäjä|Lähetetty|Vastaanottaja|Aihe|Päivämäärä|Kopio|Päiväys|Saaja"),
        "disclaimers": ["Luottamuksellinen:"],
        "signatures": ["Ystävällisin terveisin", "Terveisin", "Parhain terveisin", "Yst.terv."],
        "sent_from": "Lähetetty",
    },
    "sv-fi": {
        "wrote_header": r"^(" + QUOTED_MATCH_INCLUDE + r"[^\n>]{0,160}\d[^\n]{0,160}\s?skrev[^\n]{0,160}:)$",
        "from_header": _FROM.format(quoted=QUOTED_MATCH_INCLUDE, names="Från|Skickat|Till|Ämne|Datum|Kopia|Avsändare|Mottagare"),
        "disclaimers": [],
        "signatures": [],
        "sent_from": "Skickat",
    },
}
_SEPARATOR = re.compile(
    r"^[-_ ]*(?:Alkuperäinen viesti|Ursprungligt meddelande|Original Message|Välitetty viesti|Vidarebefordrat meddelande)[-_: ]*$",
    re.MULTILINE | re.IGNORECASE,
)


@cache
def _headings() -> re.Pattern[str]:
    MAIL_LANGUAGES.update({code: rules for code, rules in _OURS.items() if code not in MAIL_LANGUAGES})
    pattern: re.Pattern[str] = EmailMessage(text="", languages=["fi", "sv-fi", "sv", "en"]).HEADER_REGEX
    return pattern


def without_quotes(text: str) -> tuple[str, str]:
    """The new words of a mail, and the rest that it repeats. Answers written between the quoted lines stay with them: then the rest is empty."""
    lines = text.split("\n")
    at = _first_quoted(lines)
    if at is None:
        return text.strip(), ""
    new, rest = "\n".join(lines[:at]).strip(), lines[at:]
    answers = _answers_below(rest)
    if answers is None:
        return text.strip(), ""
    if answers:
        new = f"{new}\n\n{answers}".strip()
    return (new, "\n".join(rest).strip()) if new else (text.strip(), "")


def _first_quoted(lines: list[str]) -> int | None:
    """The line where the repeated part begins: at a heading, or where nothing but quoted lines follows."""
    probe = "\n".join(line.strip() if len(line) <= _LONGEST_HEADING else "" for line in lines[:_MOST_LINES])
    starts = []
    for pattern in (_headings(), _SEPARATOR):
        found = pattern.search(probe)
        if found is not None:
            start = found.start() + (len(found.group()) - len(found.group().lstrip("\n")))
            starts.append(probe.count("\n", 0, start))
    quoted = next((number for number, line in enumerate(lines) if _QUOTED.match(line)), None)
    if quoted is not None:
        starts.append(quoted)
    if not starts:
        return None
    first = min(starts)
    while first > 0 and re.fullmatch(r"\s*[_-]{10,}\s*", lines[first - 1]):
        first -= 1
    return first


def _answers_below(rest: list[str]) -> str | None:
    """What is written under the quoted lines; None when it stands between them, so that cutting would tear it apart."""
    quoted = [number for number, line in enumerate(rest) if _QUOTED.match(line)]
    if not quoted:
        return ""
    between = [line for line in rest[quoted[0] : quoted[-1]] if line.strip() and not _QUOTED.match(line) and not _headings().match(line)]
    if between:
        return None
    return "\n".join(rest[quoted[-1] + 1 :]).strip()
