"""Who should be along on a visit that several organisations make together, by the region's rule; who is missing, and how many visits kept it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from luukku.catalogue.enums import Segment
from luukku.customers.models import Company, CompanySegment
from luukku.network.models import OrganisationType, Region
from luukku.relations.models import TeamRule, Touch


@dataclass(frozen=True)
class Rule:
    rule: TeamRule
    segment: str
    types: list[OrganisationType]


def rules_here(region: Region) -> list[Rule]:
    """The rule of all the others last. Two statements."""
    rules = list(TeamRule.objects.filter(region=region).order_by("segment"))
    types = OrganisationType.objects.in_bulk(sorted({key for each in rules for key in each.types}))
    named = {each.pk: [types[key] for key in each.types if key in types] for each in rules}
    shown = [Rule(each, str(Segment(each.segment).label) if each.segment else "", named[each.pk]) for each in rules]
    return sorted(shown, key=lambda each: not each.rule.segment)


def missing(company: Company, region_id: int, types: Collection[int]) -> list[OrganisationType]:
    """Types that the rule asks for beside these, when organisations of several go together. Three statements at most."""
    segment = CompanySegment.objects.filter(company=company, end_day=None).values_list("segment", flat=True).first() or ""
    rules = {each.segment: each for each in TeamRule.objects.filter(region=region_id, segment__in={segment, ""})}
    rule = rules.get(segment) or rules.get("")
    wanted = set(rule.types) - set(types) if rule is not None else set()
    return list(OrganisationType.objects.filter(pk__in=wanted).order_by("order", "code")) if wanted else []


@dataclass(frozen=True)
class Kept:
    """Of a region and year: visits that several organisations made together and to which a rule applies, and how many kept it."""

    joint: int
    kept: int


def kept_rules(region: Region, year: int) -> Kept:
    """From open tables. Three statements."""
    rules = {each.segment: set(each.types) for each in TeamRule.objects.filter(region=region)}
    if not rules:
        return Kept(0, 0)
    went: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    met = Touch.objects.filter(region=region, year=year, is_met=True).order_by("id")
    for visit, company, organisation, kind in met.values_list("visit", "company", "organisation", "organisation__type"):
        went[visit, company].append((organisation, kind))
    joint = {key: {kind for _organisation, kind in rows} for key, rows in went.items() if len(rows) > 1}
    companies = {company for _visit, company in joint}
    segments = dict(CompanySegment.objects.filter(company__in=companies, end_day=None).order_by("pk").values_list("company", "segment"))
    asked = [(types, rules.get(segments.get(company, ""), rules.get(""))) for (_visit, company), types in joint.items()]
    judged = [wanted <= types for types, wanted in asked if wanted]
    return Kept(len(judged), sum(judged))
