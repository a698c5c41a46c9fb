"""What customers of the sample network agree to, of every kind; companies that somebody has marked; and a question whether others know a customer."""

from datetime import timedelta

from luukku.core.actor import act_as
from luukku.customers.actions.consenting import Agreement
from luukku.customers.actions.inquiring import inquire
from luukku.customers.actions.segmenting import mark_company, say_segment
from luukku.customers.enums import ConsentKind, ConsentScope, ConsentWay, GivenBy, Mark
from luukku.customers.models import Company
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.access import visible_cases
from luukku.desk.actions.consents import agree, take_back
from luukku.network.access import actor_of_person
from luukku.network.models import Organisation

MARKS = ((Mark.GROWTH_TRACK, "Profiloitu kasvukeskustelussa"), (Mark.FAST_GROWTH, "Kiihdyttämössä, liikevaihto kaksinkertaistui vuodessa"))


def build_agreements(built: Built) -> None:
    """In the adviser's own region."""
    _consents(built)
    _marks(built)


def _consents(built: Built) -> None:
    """One matter for each kind, one consent taken back, and one customer about whom the others are asked."""
    by, region = actor_of_person(built.logins["adviser"].pk), built.regions["suupohja"]
    parties = Organisation.objects.in_region(region.pk).exclude(pk__in=by.organisation_ids).order_by("pk")
    at = clock.now() - timedelta(days=1) + timedelta(hours=10)
    with act_as(by) as adviser:
        mine = visible_cases(adviser).filter(region=region, legs__desk__organisation__in=by.organisation_ids, joined_into=None, contacted_at__lt=at)
        cases = list(mine.exclude(customer=None).exclude(forgotten_at__isnull=False).distinct().order_by("-pk")[:6])
        kinds = (
            Agreement(ConsentKind.PASSING, GivenBy.PHONE, ConsentScope.NETWORK),
            Agreement(ConsentKind.PASSING, GivenBy.IN_PERSON, ConsentScope.NAMED, [each.pk for each in parties[:2]]),
            Agreement(ConsentKind.PASSING, GivenBy.PHONE, ConsentScope.MATTER),
            Agreement(ConsentKind.STATISTICS, GivenBy.PAPER),
            Agreement(ConsentKind.PASSING, GivenBy.PHONE, ConsentScope.NETWORK),
        )
        for case, kind in zip(cases, kinds, strict=False):
            matter = case.pk if kind.scope == ConsentScope.MATTER else None
            agreement = Agreement(kind.kind, kind.way, kind.scope, kind.organisations, matter, case.language)
            consent = agree(by=adviser, case=case, agreement=agreement, at=at)
            if kind is kinds[-1]:
                take_back(by=adviser, case=case, consent=consent, way=GivenBy.PHONE, at=at + timedelta(hours=2))
        if len(cases) > len(kinds):
            inquire(by=adviser, customer_id=cases[-1].customer_id or 0, region=region, way=ConsentWay.PHONE, at=at)


def _marks(built: Built) -> None:
    companies = list(Company.objects.filter(status="active", is_sample=True, export__in=("seeking", "significant")).order_by("business_id")[:4])
    with act_as(actor_of_person(built.logins["adviser"].pk)) as adviser:
        for company, (mark, reason) in zip(companies, MARKS, strict=False):
            mark_company(by=adviser, company=company, mark=mark, reason=reason)
        for company in companies[3:]:
            say_segment(by=adviser, company=company, segment="domestic-sme", reason="Vienti on vielä suunnitelma")
    with act_as(actor_of_person(built.logins["national"].pk)) as national:
        for company in companies[2:3]:
            mark_company(by=national, company=company, mark=Mark.FOCUS, reason="Valtakunnallinen fokuslista 2026")
