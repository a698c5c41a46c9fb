"""All that happened to a company as the reader may know it, in order of time, whichever module tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry, timeline_sources
from luukku.customers.access import visible_consents, visible_relations
from luukku.customers.enums import ConsentKind
from luukku.customers.models import Company, CompanyFact, Consent, ImportChange
from luukku.customers.queries.companies import changed_words, edit_words, who_edited

SIZE = 30
FAR = timedelta(days=3660)  # what is planned lies ahead


@dataclass(frozen=True)
class Line:
    label: str
    entry: TimelineEntry


@dataclass(frozen=True)
class Timeline:
    """Newest first; `next` goes into the address for the older ones, empty at the end. `sources`: key and label of all that can be chosen."""

    lines: list[Line]
    next: str
    sources: list[tuple[str, str]]
    chosen: str


def timeline(actor: Actor, company: Company, *, chosen: str = "", after: str = "", size: int = SIZE) -> Timeline:
    """As many statements as the sources cost, however much there is."""
    every = sorted(timeline_sources.items(), key=lambda each: each[1].order)
    known = dict(every)
    until, passed = _place(after)
    asked = [known[chosen]] if chosen in known else [source for _key, source in every]
    found = [Line(str(source.label), entry) for source in asked for entry in source.entries(actor, company, until, size + passed + 1)]
    found.sort(key=lambda line: line.entry.at, reverse=True)  # what came at one moment stays as its source has it
    shown = found[passed : passed + size]
    more = len(found) > passed + size
    return Timeline(
        shown, _cursor(shown, until, passed) if more else "", [(key, str(each.label)) for key, each in every], chosen if chosen in known else ""
    )


def _cursor(shown: list[Line], until: datetime, passed: int) -> str:
    """The moment of the last line, and how many of that moment have been shown."""
    last = shown[-1].entry.at
    same = sum(line.entry.at == last for line in shown) + (passed if last == until else 0)
    return f"{last.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{same}"


def _place(after: str) -> tuple[datetime, int]:
    """The beginning for what is no place."""
    moment, _sign, shown = after.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    if at is None or timezone.is_naive(at) or not shown.isdecimal() or len(shown) > 4:
        return timezone.now() + FAR, 0
    return at, int(shown)


def register_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """What the register said anew, and what organisations have written beside it. Two statements."""
    changes = ImportChange.objects.filter(company=company, run__undone_at=None, run__began_at__lte=until).select_related("run").order_by("-pk")[:most]
    edits = CompanyFact.objects.filter(company=company, made_at__lte=until).select_related("person", "organisation").order_by("-made_at", "-pk")
    found = [TimelineEntry(each.run.applied_at or each.run.began_at, f"r{each.pk}", changed_words(each.kinds)) for each in changes]
    found += [TimelineEntry(each.made_at, f"e{each.pk}", edit_words(each), who_edited(each)) for each in edits[:most]]
    return [each for each in found if each.at <= until]


def consent_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Consents of the company's customers, given and taken back, to those who handle a matter of hers. Two statements."""
    if not actor.principals:
        return []
    people = visible_relations(actor).filter(business_id=company.business_id).values("customer")
    seen = visible_consents(actor).filter(customer__in=people).select_related("region")
    given = [TimelineEntry(each.given_at, f"g{each.pk}", _("Consent given"), _about(each)) for each in seen.filter(given_at__lte=until)[:most]]
    ended = seen.filter(withdrawn_at__lte=until).order_by("-withdrawn_at")[:most]
    return given + [TimelineEntry(each.withdrawn_at, f"w{each.pk}", _("Consent taken back"), _about(each)) for each in ended if each.withdrawn_at]


def _about(consent: Consent) -> str:
    return f"{ConsentKind(consent.kind).label}, {consent.region.name}"
