"""A plan as a paper: the basic page on one sheet, then its measures."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.pdf import Block, Break, Facts, Heading, Paper, Small, Table, Text
from luukku.core.ui.times import date_text
from luukku.plans.enums import STANDING
from luukku.plans.queries.facts import Facts as Known
from luukku.plans.queries.pages import PlanPage, Row, value_text


def paper_of(page: PlanPage, known: Known) -> Paper:
    """In the reader's language. What has not been approved says so at its head; the approved one carries its digest."""
    plan = page.plan
    standing = plan.state in STANDING
    return Paper(
        title=f"{plan.region.name}: {plan.name or plan.kind.name} {plan.years}",
        language=get_language() or "fi",
        blocks=[*_basic(page, known), *_measures(page), *_tail(page)],
        dated=plan.closed_at or plan.approved_at or plan.created_at,
        about=str(plan.get_state_display()),
        draft="" if standing else _("A draft: not approved yet."),
        lying=True,
    )


def _basic(page: PlanPage, known: Known) -> Iterator[Block]:
    """Close together, so that it stays on its one sheet."""
    plan = page.plan
    facts = [
        (_("Whose year it is"), plan.person.name if plan.person is not None else ""), (_("Mission"), plan.mission), (_("Vision"), plan.vision),
        (_("Priorities"), _in_line(plan.priorities.splitlines())), *(_network(known) if plan.person_id is None else ()),
        (_("Budget"), _in_line([plan.budget_words, *_shares(page, known)])),
    ]  # fmt: skip
    written = [(name, words) for name, words in facts if words.strip()]
    if written:
        yield Heading(_("Basic page"))
        yield Facts(written)


def _in_line(parts: Sequence[str]) -> str:
    return "; ".join(part.strip() for part in parts if part.strip())


def _shares(page: PlanPage, known: Known) -> Iterator[str]:
    if known.shares:
        yield f"{_('Common sum')} {value_text(page.plan.common_sum)} €, {page.plan.common_hours} h"
    for share in known.shares:
        yield f"{share.organisation.name} {value_text(share.planned)} €, {share.hours_planned} h"


def _network(known: Known) -> Iterator[tuple[str, str]]:
    yield _("Coordinator"), ", ".join(seat.person.name for seat in known.coordinators)
    yield _("Parties"), ", ".join(str(each.name) for each in known.parties)
    yield _("Steering group"), ", ".join(known.steers)
    yield _("What it is for"), " ".join(group.purpose for group, _members in known.steering if group.purpose)
    for group, members in known.working:
        yield str(group.name), ", ".join(each.who for each in members)
    meetings = [f"{date_text(timezone.localdate(each.starts_at))} {each.group.name}" for each in known.meetings]
    yield _("Annual clock"), ", ".join([*meetings, *(f"{date_text(each.first_day)} {each.title}" for each in known.entries)])


def _measures(page: PlanPage) -> Iterator[Block]:
    standing = page.plan.state in STANDING
    for number, (part, rows) in enumerate(page.parts, start=1):
        if number == 1:
            yield Break()
        yield Heading(f"{number}. {part.name}")
        header = [
            _("Goal"),
            _("Measure: what is done"),
            _("Indicator"),
            _("Seat that answers"),
            _("Schedule"),
            _("Outcome") if standing else _("What it takes"),
        ]
        yield Table(header, [_cells(row, standing=standing) for row in rows], caption=str(part.name), widths=(18, 24, 16, 17, 12, 13))


def _cells(row: Row, *, standing: bool) -> list[str]:
    measure = row.measure
    target = f"\n{_('target')} {row.target}" + (f", {row.value}" if row.value and standing else "") if row.target else ""
    seats = [choice.name for choice in (row.lead, *row.others) if choice is not None]
    points = [f"{date_text(point.day)} {point.words}" for point in row.points]
    said = "\n".join(filter(None, [row.light_words, measure.outcome])) if standing else measure.resources
    more = "".join(f"\n{label}: {words}" for label, words in row.extras)
    return [
        measure.goal, f"{measure.number}. {measure.words}{more}", f"{measure.indicator or measure.get_indicator_kind_display()}{target}",
        "\n".join(seats), "\n".join([date_text(measure.due_on, year=True), *points]), said,
    ]  # fmt: skip


def _tail(page: PlanPage) -> Iterator[Block]:
    plan = page.plan
    if plan.closing_words:
        yield Heading(_("The year in a few words"))
        yield Text(plan.closing_words)
    if page.snapshots:
        yield Small(f"{_('Digest of the approved text')} (SHA-256): {page.snapshots[-1].digest}")
