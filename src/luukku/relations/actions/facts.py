"""Facts of companies are looked for each night, or written down, proposed to a desk by the region's rule, and taken or left alone with a reason."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.customers.actions.registering import check_business_id
from luukku.customers.enums import CompanyStatus, Growth, LifeStage, Mark
from luukku.customers.models import Company, CompanyMark, ImportChange
from luukku.desk.actions.work import checked_words
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk, Region
from luukku.relations.access import acting_organisation, can_answer_fact, can_set_rules, visible_facts, writer
from luukku.relations.actions.leads import LeadForm, give_lead, take_lead
from luukku.relations.enums import ENTERED, SOURCE_OF, Dismiss, FactKind, FactState, LeadSource
from luukku.relations.models import FactLead, FactRule, Lead

DAYS = 60  # what is older is no news
AGAIN = 365  # growth, and a change of owners, is told once in so many days
AT_ONCE = 200  # of one rule in one night
KIND_WORDS = {
    FactKind.LAYOFF.value: (
        "layoff", "lay-off", "lay-off notice", "lomautus", "lomautukset", "lomautusilmoitus", "irtisanominen", "irtisanomiset", "yt-neuvottelut",
        "muutosneuvottelut", "permittering", "permitteringar", "uppsägning", "uppsägningar", "omställningsförhandlingar",
    ),
    FactKind.TENDER.value: (
        "tender", "public tender", "hankinta", "julkinen hankinta", "hankintailmoitus", "tarjouspyyntö", "kilpailutus", "upphandling",
        "offentlig upphandling", "anbud", "anbudsbegäran",
    ),
}  # fmt: skip
MOST_ROWS = 1000
HOUSING = "2"  # the register's code of housing companies


def set_rule(*, by: Actor, region: Region, kind: str, desk: Desk | None) -> None:
    """To which desk facts of the kind are proposed from now on; None: to nobody. Raises RuleBroken, NotAllowed."""
    if not can_set_rules(by, region.pk):
        raise NotAllowed
    if kind not in FactKind.values:
        raise NotFound
    if desk is not None and (desk.region_id != region.pk or desk.deactivated_at is not None):
        raise RuleBroken(_("Choose a desk of this region."), field=kind)
    with transaction.atomic():
        FactRule.objects.filter(region=region, kind=kind).delete()
        if desk is not None:
            FactRule.objects.create(region=region, kind=kind, desk=desk)
        trail.record("fact.rule", region, by=by, region_id=region.pk, kind=kind, desk=desk.pk if desk is not None else None)


def propose_all(*, by: Actor, at: datetime | None = None) -> int:
    """What the register tells, each once, to the desk of the rule. Returns how many are new. Raises NotAllowed for others than the house."""
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    rules = FactRule.objects.exclude(kind__in=ENTERED).filter(desk__deactivated_at=None, region__is_live=True).select_related("desk").order_by("pk")
    return sum(_propose(rule, now) for rule in rules)


def _propose(rule: FactRule, now: datetime) -> int:
    facts = [
        FactLead(
            company_id=company, region_id=rule.region_id, kind=rule.kind, day=day, desk=rule.desk, organisation_id=rule.desk.organisation_id,
            made_at=now,
        )
        for company, day in _found(rule, timezone.localdate(now))
    ]  # fmt: skip
    FactLead.objects.bulk_create(facts, ignore_conflicts=True)  # two sweeps at once propose it once
    return len(facts)


def _found(rule: FactRule, today: date) -> list[tuple[int, date]]:
    """Companies of the region with the day of the fact, those that are not told yet."""
    since = today - timedelta(days=DAYS)
    told = FactLead.objects.filter(company=OuterRef("pk"), region=rule.region_id, kind=rule.kind)
    here = Company.objects.filter(municipality__region_spells__region=rule.region_id, municipality__region_spells__valid_until=None)
    companies = here.exclude(legal_form=HOUSING).order_by("pk")
    if rule.kind == FactKind.REGISTERED:
        new = companies.filter(~Exists(told), founded_on__gt=since, founded_on__lte=today, status=CompanyStatus.ACTIVE)
        return [(pk, day) for pk, day in new.values_list("pk", "founded_on")[:AT_ONCE] if day is not None]
    if rule.kind == FactKind.SUCCESSION:
        handing_on = companies.filter(
            ~Exists(told.filter(day__gt=today - timedelta(days=AGAIN))), stage=LifeStage.SUCCESSION, status=CompanyStatus.ACTIVE
        )
        return [(pk, today) for pk in handing_on.values_list("pk", flat=True)[:AT_ONCE]]
    if rule.kind == FactKind.GROWTH:
        marked = CompanyMark.objects.filter(company=OuterRef("pk"), mark=Mark.FAST_GROWTH, ended_at=None)
        fast = companies.filter(Q(growth=Growth.FAST) | Exists(marked), ~Exists(told.filter(day__gt=today - timedelta(days=AGAIN))))
        return [(pk, today) for pk in fast.values_list("pk", flat=True)[:AT_ONCE]]
    return _changed(rule, companies, told, since)


def _changed(rule: FactRule, companies: "QuerySet[Company]", told: "QuerySet[FactLead]", since: date) -> list[tuple[int, date]]:
    """What an import of the register noticed: moved into the region, or ceased in it."""
    lately = ImportChange.objects.filter(kinds__contains=[rule.kind], run__undone_at=None, run__applied_at__date__gt=since)
    rows = lately.filter(company__in=companies.filter(~Exists(told.filter(day__gt=since)))).order_by("company_id", "-pk").distinct("company_id")
    return [(change.company_id, timezone.localdate(change.run.applied_at)) for change in rows.select_related("run")[:AT_ONCE]]


@dataclass(frozen=True)
class Told:
    """A notice or a tender as somebody writes it down."""

    business_id: str
    kind: str
    day: date | None
    words: str


@dataclass
class Report:
    """What came of a file: how many were new, known already, and the rows that were not taken with the reason."""

    new: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def enter_fact(*, by: Actor, desk: Desk, told: Told, at: datetime | None = None) -> FactLead | None:
    """Proposed to the desk of the rule, else to one's own; None when it is known already. Raises RuleBroken, NotAllowed."""
    if not may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        raise NotAllowed
    now = at or timezone.now()
    if not told.business_id.strip():
        raise RuleBroken(_("Write the business ID of the company."), field="business_id")
    company = Company.objects.filter(business_id=check_business_id(told.business_id) or "").first()
    if company is None:
        raise RuleBroken(_("No company has this business ID."), field="business_id")
    if told.kind not in ENTERED:
        raise RuleBroken(_("Choose what it is."), field="kind")
    if told.day is None or not timezone.localdate(now) - timedelta(days=365) <= told.day <= timezone.localdate(now) + timedelta(days=365):
        raise RuleBroken(_("Write a day within a year."), field="day")
    words = checked_words(told.words, field="words")
    with transaction.atomic():
        rule = FactRule.objects.filter(region=desk.region_id, kind=told.kind, desk__deactivated_at=None).select_related("desk").first()
        to = rule.desk if rule is not None else desk
        made, is_new = FactLead.objects.get_or_create(
            company=company, region_id=desk.region_id, kind=told.kind, day=told.day,
            defaults={
                "words": words, "desk": to, "organisation_id": to.organisation_id, "from_organisation_id": desk.organisation_id,
                "entered_by_id": writer(by), "made_at": now,
            },
        )  # fmt: skip
        if is_new:
            _record(by, made, "entered", now)
    return made if is_new else None


def import_facts(*, by: Actor, desk: Desk, text: str, at: datetime | None = None) -> Report:
    """Rows of `business ID;kind;day;words`, with or without a heading; what cannot be taken is told, the rest is. Raises RuleBroken, NotAllowed."""
    rows = list(csv.reader(StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in text else ","))
    if len(rows) > MOST_ROWS:
        raise RuleBroken(_("At most %(most)s rows at a time.") % {"most": MOST_ROWS}, field="text")
    report = Report()
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not any(letter.isdigit() for letter in cells[0])):
            continue
        if len(cells) < 4:
            report.refused.append((number, _("Four columns are needed: business ID, kind, day, words.")))
            continue
        try:
            made = enter_fact(by=by, desk=desk, told=Told(cells[0], _kind(cells[1]), _day(cells[2]), " ".join(cells[3:])), at=at)
        except RuleBroken as broken:
            report.refused.append((number, str(broken.message)))
            continue
        report.new, report.known = report.new + (made is not None), report.known + (made is None)
    return report


def _kind(text: str) -> str:
    """What a table calls a kind of fact, in Finnish, Swedish or English; as written when we do not know it."""
    word = text.lower()
    return next((kind for kind, words in KIND_WORDS.items() if word in words), word)


def _day(text: str) -> date | None:
    """2026-11-22 or 22.11.2026."""
    parts = text.split(".")
    written = "-".join([parts[2], parts[1].zfill(2), parts[0].zfill(2)]) if len(parts) == 3 else text
    try:
        return parse_date(written)
    except ValueError:
        return None


def take_fact(*, by: Actor, fact: FactLead, at: datetime | None = None) -> Lead:
    """It becomes a lead in the actor's hands, counted by its source. Raises RuleBroken, NotAllowed, NotFound."""
    moment = at or timezone.now()
    with transaction.atomic():
        found = _waiting(by, fact)
        said = "\n".join(filter(None, (str(FactKind(found.kind).label), found.words)))
        source = SOURCE_OF.get(FactKind(found.kind), LeadSource.REGISTER)
        lead = give_lead(by=by, form=LeadForm(found.company, found.desk, found.desk, said, source), at=moment)
        taken = take_lead(by=by, lead=lead, at=moment)
        _answer(by, found, FactState.TAKEN, moment, lead=taken)
    return taken


def dismiss_fact(*, by: Actor, fact: FactLead, reason: str, at: datetime | None = None) -> FactLead:
    """Nothing is done, and why. Raises RuleBroken, NotAllowed, NotFound."""
    if reason not in Dismiss.values:
        raise RuleBroken(_("Choose why."), field="reason")
    with transaction.atomic():
        found = _waiting(by, fact)
        _answer(by, found, FactState.DISMISSED, at or timezone.now(), reason=reason)
    return found


def _waiting(by: Actor, fact: FactLead) -> FactLead:
    found = visible_facts(by).select_for_update(of=("self",)).select_related("company", "desk").filter(pk=fact.pk).first()
    if found is None:
        raise NotFound
    if not can_answer_fact(by, found):
        raise NotAllowed
    if found.state != FactState.WAITS:
        raise RuleBroken(_("Somebody has answered this already. Open the page again."))
    return found


def _answer(by: Actor, fact: FactLead, state: FactState, at: datetime, *, lead: Lead | None = None, reason: str = "") -> None:
    fact.state, fact.answered_by_id, fact.answered_at, fact.lead, fact.reason = state, by.person_id, at, lead, reason
    fact.save(update_fields=["state", "answered_by", "answered_at", "lead", "reason"])
    _record(by, fact, state.value, at, reason=reason or None)


def _record(by: Actor, fact: FactLead, action: str, at: datetime, reason: str | None = None) -> None:
    trail.record(
        f"fact.{action}", fact, by=by, region_id=fact.region_id, organisation_id=acting_organisation(by), at=at, kind=fact.kind, reason=reason
    )


def facts_due(before: datetime) -> int:
    return _old(before).count()


def forget_facts(before: datetime, most: int) -> int:
    """The words of the oldest notices and tenders; that there was one stays. As the house. Returns how many."""
    keys: Sequence[int] = list(_old(before).order_by("pk").values_list("pk", flat=True)[:most])
    return FactLead.objects.filter(pk__in=keys).update(words="")


def _old(before: datetime) -> "QuerySet[FactLead]":
    return FactLead.objects.filter(made_at__lt=before).exclude(words="")
