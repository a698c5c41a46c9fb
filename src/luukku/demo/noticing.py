"""What has happened to companies of the sample region: by the register, and by notices and tenders that were written down."""

from datetime import timedelta

from luukku.core.actor import act_as, act_as_house
from luukku.customers.models import Company
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.demo.visiting import REGION, desk_of, others_than
from luukku.network.access import actor_of_person
from luukku.network.models import Desk
from luukku.relations.actions.facts import Told, dismiss_fact, enter_fact, propose_all, set_rule, take_fact
from luukku.relations.enums import Dismiss, FactKind

NOTICES = (
    ("layoff", 4, "Muutosneuvottelut alkavat, koskevat kahtatoista henkeä."),
    ("layoff", 11, "Lomautuksia enintään 90 päivää, koko tuotanto."),
    ("tender", 6, "Kunta kilpailuttaa koulun keittiön remontin; yritys kysyi ehdoista."),
    ("tender", 2, "Sairaanhoitopiirin puitesopimus siivouksesta."),
)


def notice(built: Built) -> None:
    """New and growing companies are proposed to the adviser's desk, notices to a partner's; one of each is taken, one left alone."""
    region = built.regions[REGION]
    adviser = actor_of_person(built.logins["adviser"].pk)
    own = desk_of(built, adviser)
    theirs, partner = others_than(built, own)[0]
    desks: dict[str, Desk] = {FactKind.REGISTERED: own, FactKind.GROWTH: own, FactKind.TENDER: own, FactKind.LAYOFF: theirs}
    with act_as(actor_of_person(built.logins["coordinator"].pk)) as coordinator:
        for kind, desk in desks.items():
            set_rule(by=coordinator, region=region, kind=kind, desk=desk)
    with act_as_house("propose what the register tells of the sample companies") as house:
        propose_all(by=house, at=clock.ago(2))
    companies = Company.objects.filter(municipality__region_spells__region=region, status="active", legal_form="16").order_by("-business_id")
    made = []
    with act_as(partner) as actor:
        for company, (kind, ago, words) in zip(companies, NOTICES, strict=False):
            told = Told(company.business_id, kind, clock.today() - timedelta(days=ago), words)
            made.append(enter_fact(by=actor, desk=theirs, told=told, at=clock.ago(2)))
    first = {fact.kind: fact for fact in reversed(made) if fact is not None}
    with act_as(partner) as actor:
        take_fact(by=actor, fact=first[FactKind.LAYOFF], at=clock.ago(1))
    with act_as(adviser) as actor:
        dismiss_fact(by=actor, fact=first[FactKind.TENDER], reason=Dismiss.KNOWN, at=clock.ago(1))
