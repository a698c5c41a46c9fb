"""A plan as a spreadsheet, and what a spreadsheet that came back would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.plans.access import visible_lines
from luukku.plans.enums import Column, IndicatorKind
from luukku.plans.models import Measure, MeasureSeat, Plan, PlanPart
from luukku.plans.queries.check_points import points_of, points_text
from luukku.plans.queries.pages import Row
from luukku.plans.queries.seats import seat_choices, value_of

MOST_ROWS = 1000
MOST_OF_OWN = 300  # characters in a column of some kinds of plans
WORDS = ("goal", "words", "more", "segment", "indicator", "resources")
VALUES = ("start_value", "target_value")
DAYS = ("starts_on", "begin_by", "due_on")
EXTRA = "extra_"  # begins the name of a column that only some kinds of plans have
TYPED = ("part", *WORDS, "indicator_kind", *VALUES, *DAYS, "points", "lead", "others", "lines")


def own(plan: Plan) -> dict[str, str]:
    """Columns that the plan's kind has besides: their heads by what they hold."""
    return {f"{EXTRA}{name}": str(Column(name).label) for name in plan.kind.columns if name in Column.values}


def heads(plan: Plan) -> dict[str, str]:
    """Columns by what they hold, in order; the last three are only read by people."""
    return {
        "key": _("Key (leave as it is)"), "version": _("Version (leave as it is)"), "number": _("Number"), "part": _("Part of the plan"),
        "goal": _("Goal"), "words": _("Measure: what is done"), "more": _("More about it"), "segment": _("For which companies"),
        "indicator": _("Indicator"), "indicator_kind": _("How it is measured"), "start_value": _("Value at the start"),
        "target_value": _("Value to be reached"), "lead": _("Seat that leads it"), "others": _("Seats that answer with it"),
        "resources": _("Resources: hours, money, tools"), "starts_on": _("Begins"), "begin_by": _("To be begun by"), "due_on": _("Ready by"),
        "points": _("Check points, a line for each"),
        "lines": _("Lines of strategies that it serves, a line for each"), **own(plan), "value": _("Value now"),
        "light": _("How it goes"), "outcome": _("Outcome"),
    }  # fmt: skip


def table(plan: Plan, rows: Sequence[Row]) -> list[list[str]]:
    """A line for each measure, in the order of the heads."""
    names = heads(plan)
    return [[_cells(row).get(name, "") for name in names] for row in rows]


def _cells(row: Row) -> dict[str, str]:
    measure = row.measure
    plain = {name: str(getattr(measure, name)) for name in (*WORDS, "number", "version", "outcome")}
    numbers = {name: _number(getattr(measure, name)) for name in (*VALUES, "value")}
    return plain | numbers | {f"{EXTRA}{name}": str(words) for name, words in measure.extras.items()} | {
        "key": str(measure.pk), "part": str(measure.part.name), "indicator_kind": str(measure.get_indicator_kind_display()),
        "lead": row.lead.name if row.lead else "", "others": "; ".join(each.name for each in row.others),
        **{name: _text(getattr(measure, name)) for name in DAYS}, "light": row.light_words,
        "points": points_text(row.points, measure.plan.year), "lines": "\n".join(each.line.label for each in row.lines),
    }  # fmt: skip


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


@dataclass
class Change:
    """What one line of the sheet would do: a new measure, or other words in one that there is; or why it cannot be."""

    line: int
    number: int | None
    words: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # head, what stands now, what the sheet says
    said: dict[str, Any] = field(default_factory=dict)  # as forms send it
    key: int | None = None
    version: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.key is None


def changes_of(actor: Actor, plan: Plan, rows: Sequence[Row], content: bytes) -> list[Change]:
    """Line by line what the sheet would change; what stays as it is, is left out. Raises RuleBroken for what is no sheet of this plan."""
    known, names = {row.measure.pk: row for row in rows}, heads(plan)
    columns, lines = _read(content, {words: name for name, words in names.items()})
    reading = _Reading(plan, _lines(actor, plan, rows))
    found = []
    for place, cells in enumerate(lines, start=2):
        said = {name: cells[column] for name, column in columns.items() if column < len(cells)}
        if any(_text(value) for name, value in said.items() if name in reading.typed):
            change = reading.change(place, said, known, names)
            if change.is_new or change.fields or change.problems:
                found.append(change)
    return found


def _read(content: bytes, by_head: dict[str, str]) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
    from openpyxl import load_workbook  # large, and a web process seldom reads a sheet
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        lines = [line for line, _number in zip(sheet.iter_rows(values_only=True), range(MOST_ROWS + 2), strict=False)]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, IndexError):
        raise RuleBroken(_("This is no spreadsheet that can be read. Save it as .xlsx and send it again."), field="file") from None
    columns = {by_head[_text(cell)]: place for place, cell in enumerate(lines[0] if lines else ()) if _text(cell) in by_head}
    if not {"key", "words", "due_on"} <= set(columns) or len(lines) > MOST_ROWS + 1:
        raise RuleBroken(
            _("The first line does not have the heads of this plan's sheet, or it is too long. Download the sheet anew and fill it in."), field="file"
        )
    return columns, lines[1:]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return _number(Decimal(str(value)))
    return str(value).strip()


def _lines(actor: Actor, plan: Plan, rows: Sequence[Row]) -> dict[str, int]:
    """Lines of strategies by their names: those that a form would offer, and those that the plan serves."""
    offered = visible_lines(actor, plan.region_id).filter(deactivated_at=None) if plan.person_id is None else ()
    return {each.label: each.pk for each in (*offered, *(served.line for row in rows for served in row.lines))}


class _Reading:
    """One sheet read against a plan: names become the keys that forms send."""

    def __init__(self, plan: Plan, lines: Mapping[str, int]) -> None:
        self.plan = plan
        self.parts = {str(part.name): str(part.pk) for part in PlanPart.objects.of(plan)}
        kept = {seat.key for seat in MeasureSeat.objects.filter(plan=plan)}
        self.seats = {choice.name: value_of(choice.key) for choice in seat_choices(plan.region, kept)}
        self.many: dict[str, tuple[str, Mapping[str, Any]]] = {"others": (";", self.seats), "lines": ("\n", lines)}
        self.heads, self.typed = heads(plan), (*TYPED, *own(plan))
        self.kinds = {str(kind.label): kind.value for kind in IndicatorKind}

    def change(self, line: int, said: dict[str, Any], known: dict[int, Row], names: dict[str, str]) -> Change:
        key = _text(said.get("key"))
        row = known.get(int(key)) if key.isdecimal() else None
        found = Change(line, row.measure.number if row else None, _text(said.get("words"))[:300] or (row.measure.words if row else ""))
        if key and row is None:
            found.problems.append(_("There is no such measure in this plan any more."))
            return found
        now = _cells(row) if row is not None else {}
        if row is not None:
            found.key, found.version = row.measure.pk, int(_text(said.get("version")) or 0) if _text(said.get("version")).isdecimal() else 0
            if found.version != row.measure.version:
                found.problems.append(_("Somebody has changed this measure since the sheet was downloaded."))
        for name in self.typed:
            text = _text(said[name]) if name in said else now.get(name, "")
            if text != now.get(name, ""):
                found.fields.append((names[name], now.get(name, ""), text))
            self._take(found, name, text)
        return found

    def _take(self, found: Change, name: str, text: str) -> None:
        """The cell as a form sends it, or a problem in words."""
        most = getattr(Measure._meta.get_field(name), "max_length", None) if name in WORDS else MOST_OF_OWN if name.startswith(EXTRA) else None
        if most is not None and len(text) > most:
            found.problems.append(_("%(head)s: shorten it to %(n)s characters.") % {"head": self.heads[name], "n": most})
        try:
            found.said[name] = self._value(name, text)
        except RuleBroken as broken:
            found.problems.append(broken.message)
        except (KeyError, ValueError, InvalidOperation):
            found.problems.append(_("%(head)s: “%(text)s” cannot be read.") % {"head": self.heads[name], "text": text[:60]})

    def _value(self, name: str, text: str) -> Any:
        if name in VALUES:
            return str(Decimal(text.replace(" ", "").replace(",", "."))) if text else ""
        if name in DAYS:
            return self._day(name, text)
        if name == "points":
            return [(day.isoformat(), words) for day, words in points_of(text, self.plan.year)]
        if name in self.many:
            between, known = self.many[name]
            return [known[each.strip()] for each in text.split(between) if each.strip()]
        return self._one(name, text)

    def _one(self, name: str, text: str) -> Any:
        named = {"part": self.parts, "indicator_kind": self.kinds, "lead": self.seats | {"": ""}}.get(name)
        if named is None:
            return text
        empty = {"part": next(iter(self.parts.values())), "indicator_kind": IndicatorKind.DONE.value}
        return named[text] if text else empty.get(name, "")

    def _day(self, name: str, text: str) -> str:
        if not text and name == "begin_by":
            return ""
        if not text:
            return (date(self.plan.year, 1, 1) if name == "starts_on" else date(self.plan.last_year, 12, 31)).isoformat()
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day)).isoformat()


def measures_of(keys: Sequence[int]) -> dict[int, Measure]:
    return {each.pk: each for each in Measure.objects.filter(pk__in=keys).select_related("plan__kind", "plan__region", "part")}
