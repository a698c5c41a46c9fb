"""An iCalendar reader of our own making that knows nothing of the library that writes: lines and grammar of RFC 5545, methods of RFC 5546.

It forgives nothing: whatever a strict calendar program could stumble over is told as a problem.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

_NAME = r"[A-Za-z0-9-]+"
_QUOTED = r'"[^"\x00-\x08\x0a-\x1f\x7f]*"'
_PLAIN = r'[^";:,\x00-\x08\x0a-\x1f\x7f]*'
_PARAM = rf"{_NAME}=(?:{_QUOTED}|{_PLAIN})(?:,(?:{_QUOTED}|{_PLAIN}))*"
_LINE = re.compile(rf"^(?P<name>{_NAME})(?P<params>(?:;{_PARAM})*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)$")
_EACH_PARAM = re.compile(rf";({_NAME})=((?:{_QUOTED}|{_PLAIN})(?:,(?:{_QUOTED}|{_PLAIN}))*)")
_TEXT = re.compile(r"^(?:[^\\;,]|\\[\\;,nN])*$")
_UTC, _LOCAL = re.compile(r"^\d{8}T\d{6}Z$"), re.compile(r"^\d{8}T\d{6}$")
_OFFSET = re.compile(r"^[+-]\d{4}(\d{2})?$")
_URI = re.compile(r"^[a-z][a-z0-9+.-]*:\S+$", re.IGNORECASE)

_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID", "PRODID", "TZID", "TZNAME", "X-WR-CALNAME")
_ONCE = (
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE", "CLASS", "TRANSP", "URL", "CREATED",
    "LAST-MODIFIED", "ORGANIZER", "PRIORITY", "RECURRENCE-ID",
)  # fmt: skip
_ALLOWED = {
    "STATUS": ("TENTATIVE", "CONFIRMED", "CANCELLED"), "TRANSP": ("OPAQUE", "TRANSPARENT"), "CLASS": ("PUBLIC", "PRIVATE", "CONFIDENTIAL"),
    "METHOD": ("REQUEST", "CANCEL", "PUBLISH"), "VERSION": ("2.0",), "CALSCALE": ("GREGORIAN",),
}  # fmt: skip


@dataclass
class Component:
    """One component: its properties in order (name, parameters, value) and those inside it."""

    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    def of(self, name: str) -> list[tuple[dict[str, str], str]]:
        return [(params, value) for each, params, value in self.lines if each == name]

    def one(self, name: str) -> str:
        found = self.of(name)
        return found[0][1] if len(found) == 1 else ""


def problems(text: str) -> list[str]:
    """What is wrong with an iCalendar object, in the order found; nothing for one that every reader understands."""
    found: list[str] = []
    raw = text.split("\r\n")
    if raw[-1] != "" or "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        found.append("lines must end by CRLF and nothing else")
    found += [f"longer than 75 octets: {line[:30]}" for line in raw if len(line.encode()) > 75]
    whole = _read(re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1], found)
    if whole is None:
        return found or ["no calendar"]
    _check_calendar(whole, found)
    return found


def _read(lines: list[str], found: list[str]) -> Component | None:
    stack: list[Component] = []
    first: Component | None = None
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            found.append(f"no content line: {line[:40]}")
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            made = Component(value)
            if stack:
                stack[-1].inside.append(made)
            elif first is None:
                first = made
            else:
                found.append("more than one object")
            stack.append(made)
        elif name == "END":
            if not stack or stack.pop().name != value:
                found.append(f"END without its BEGIN: {value}")
        elif stack:
            stack[-1].lines.append((name, {key.upper(): one for key, one in _EACH_PARAM.findall(match["params"])}, value))
        else:
            found.append(f"outside of the object: {line[:40]}")
    if stack:
        found.append(f"without END: {stack[-1].name}")
    return first


def _check_calendar(whole: Component, found: list[str]) -> None:
    if whole.name != "VCALENDAR":
        found.append("not a VCALENDAR")
    found += [f"{name} must stand once" for name in ("PRODID", "VERSION") if len(whole.of(name)) != 1]
    zones = {each.one("TZID") for each in whole.inside if each.name == "VTIMEZONE"}
    _check_values(whole, zones, found)
    for each in whole.inside:
        if each.name == "VTIMEZONE":
            _check_zone(each, found)
        elif each.name == "VEVENT":
            _check_event(each, zones, whole.one("METHOD"), found)
        else:
            found.append(f"unknown component {each.name}")
    uids = [each.one("UID") for each in whole.inside if each.name == "VEVENT"]
    if len(set(uids)) < len(uids):
        found.append("two events with one UID")
    if whole.one("METHOD") in ("REQUEST", "CANCEL") and len(uids) != 1:
        found.append("a message is about one event")


def _check_zone(zone: Component, found: list[str]) -> None:
    if not zone.one("TZID") or not zone.inside:
        found.append("a zone needs its TZID and its rules")
    for rule in zone.inside:
        if rule.name not in ("STANDARD", "DAYLIGHT") or not _LOCAL.match(rule.one("DTSTART")):
            found.append("a zone's rule begins at a local time")
        if not all(_OFFSET.match(rule.one(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO")):
            found.append("a zone's rule needs both offsets")


def _check_event(event: Component, zones: set[str], method: str, found: list[str]) -> None:
    found += [f"{name} more than once" for name in _ONCE if len(event.of(name)) > 1]
    found += [f"{name} is missing" for name in ("UID", "DTSTAMP", "DTSTART") if not event.one(name)]
    found += [f"{name} must be in UTC" for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED") if event.of(name) and not _UTC.match(event.one(name))]
    if event.of("DTEND") and event.of("DURATION"):
        found.append("DTEND and DURATION together")
    if event.of("DTEND") and event.one("DTEND") <= event.one("DTSTART"):
        found.append("ends before it begins")
    if event.of("SEQUENCE") and not event.one("SEQUENCE").isdigit():
        found.append("SEQUENCE is a number")
    _check_values(event, zones, found)
    _check_method(event, method, found)


def _check_method(event: Component, method: str, found: list[str]) -> None:
    """RFC 5546, 3.2: what each method demands of an event."""
    organizers, attendees = len(event.of("ORGANIZER")), len(event.of("ATTENDEE"))
    if method and organizers != 1:
        found.append(f"{method} needs one ORGANIZER")
    if method == "REQUEST" and attendees < 1:
        found.append("REQUEST needs an ATTENDEE")
    if method == "PUBLISH" and attendees:
        found.append("PUBLISH has no ATTENDEE")
    if method == "CANCEL" and (event.one("STATUS") != "CANCELLED" or not event.of("SEQUENCE")):
        found.append("CANCEL needs its SEQUENCE and says CANCELLED")


def _check_values(component: Component, zones: set[str], found: list[str]) -> None:
    for name, params, value in component.lines:
        if name in _TEXTS and not _TEXT.match(value):
            found.append(f"{name}: a comma, semicolon or backslash is not escaped")
        if name in _ALLOWED and value not in _ALLOWED[name]:
            found.append(f"{name}: {value}")
        if name in ("ORGANIZER", "ATTENDEE", "URL") and not _URI.match(value):
            found.append(f"{name} is no address")
        if name in ("DTSTART", "DTEND") and not _is_moment(params, value, zones):
            found.append(f"{name} is no moment of a known zone")


def _is_moment(params: dict[str, str], value: str, zones: set[str]) -> bool:
    pattern = _LOCAL if "TZID" in params else _UTC
    if not pattern.match(value) or ("TZID" in params and params["TZID"] not in zones):
        return False
    try:
        datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
    except ValueError:
        return False
    return True
