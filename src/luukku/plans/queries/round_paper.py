"""The compiled report of a round as a paper."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.pdf import Block, Facts, Heading, Paper, Table, Text
from luukku.core.ui.times import date_text
from luukku.plans.queries.rounds import RoundPage, Said


def report_of(page: RoundPage) -> Paper:
    """In the reader's language; one that is not closed says so at its head."""
    plan, round_ = page.plan, page.round
    return Paper(
        title=f"{plan.region.name}: {plan.name or plan.kind.name} {plan.years}",
        language=get_language() or "fi",
        blocks=[*_head(page), *_parts(page), *_words(page)],
        dated=round_.closed_at or round_.opened_at or round_.created_at,
        about=round_.name,
        draft="" if round_.closed_at is not None else _("The round is open: the report is not ready yet."),
        lying=True,
    )


def _head(page: RoundPage) -> Iterator[Block]:
    yield Heading(page.round.name)
    yield Facts(
        [
            (_("How many have answered"), _("%(n)s of %(of)s have answered") % {"n": page.answered, "of": len(page.answerers)}),
            (_("How far it is"), ", ".join(f"{words} {n}" for words, n in page.counts)),
        ]
    )
    if page.round.summary:
        yield Heading(_("Summary of the report"))
        yield Text(page.round.summary)


def _parts(page: RoundPage) -> Iterator[Block]:
    header = [_("Measure: what is done"), _("Seat that answers"), _("How far is it"), _("What has been done"), _("Ready by")]
    for number, (part, rows) in enumerate(page.parts, start=1):
        yield Heading(f"{number}. {part.name}")
        yield Table(header, [_cells(each) for each in rows], caption=str(part.name), widths=(30, 18, 14, 28, 10))


def _cells(said: Said) -> list[str]:
    measure, target = said.row.measure, said.row.target
    value = f"\n{said.value or '–'} / {target}" if target else ""
    lead = said.row.lead.name if said.row.lead else ""
    return [f"{measure.number}. {measure.words}", lead, f"{said.state}{value}", said.words, date_text(measure.due_on, year=True)]


def _words(page: RoundPage) -> Iterator[Block]:
    said = [(each.name, each.part.words) for each in page.answerers if each.part.words]
    if said:
        yield Heading(_("In the answerers' own words"))
        yield Facts(said)
