"""Rules and facts as people read them: "12 persons, turnover 1.4 M€, export sought"."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from luukku.catalogue.enums import Segment
from luukku.customers.enums import Export, Mark
from luukku.customers.queries.segments.facts import SME_BALANCE, SME_PERSONS_BELOW, SME_TURNOVER, Facts, Money
from luukku.customers.queries.segments.rules import Rule

NBSP = "\u00a0"


def segment_name(code: str) -> str:
    return str(Segment(code).label) if code in Segment.values else code


def money(euros: Money) -> str:
    """`1.4 M€`, exact to the euro; less than a million as `250,000 €`."""
    if euros < 1_000_000:
        return f"{number_format(euros, use_l10n=True, force_grouping=True)}{NBSP}€"
    millions = (Decimal(euros) / 1_000_000).normalize()
    return f"{number_format(f'{millions:f}', use_l10n=True, force_grouping=True)}{NBSP}M€"


def facts_in_words(facts: Facts) -> str:
    """All that rules go by, in one line; what is supposed is said to be."""
    if not facts.founded:
        return ", ".join([_("no company yet"), *_marked(sorted(facts.marks))])
    parts = [_persons(facts)]
    parts += [_("turnover %(sum)s") % {"sum": money(facts.turnover)}] if facts.turnover is not None else []
    parts += [_("balance sheet %(sum)s") % {"sum": money(facts.balance)}] if facts.balance is not None else []
    parts.append(_EXPORT[Export(facts.export)]())
    parts += [_("foreign-owned")] if facts.foreign_owned else []
    return ", ".join([*parts, *_marked(sorted(facts.marks))])


def rule_in_words(rule: Rule) -> str:
    """Its conditions; one that asks nothing is for all others."""
    parts = []
    if rule.founded is not None:
        parts.append(_("has a company") if rule.founded else _("no company yet"))
    parts += _marked(rule.marks)
    if rule.within_sme is not None:
        parts.append(_sme(within=rule.within_sme))
    if rule.foreign_owned is not None:
        parts.append(_("foreign-owned") if rule.foreign_owned else _("owned in Finland"))
    if rule.export:
        parts.append(_or(_EXPORT[Export(code)]() for code in rule.export))
    parts += _limits(rule)
    return ", ".join(parts) or _("all others")


def _sme(*, within: bool) -> str:
    limits = {"persons": SME_PERSONS_BELOW, "turnover": money(SME_TURNOVER), "balance": money(SME_BALANCE)}
    if within:
        return (
            _("within the EU's SME limit (fewer than %(persons)s persons, and turnover at most %(turnover)s or balance sheet at most %(balance)s)")
            % limits
        )
    return _("beyond the EU's SME limit (at least %(persons)s persons, or turnover over %(turnover)s and balance sheet over %(balance)s)") % limits


def _limits(rule: Rule) -> list[str]:
    parts = []
    if rule.persons_max is not None:
        parts.append(ngettext("at most %(n)s person", "at most %(n)s persons", rule.persons_max) % {"n": rule.persons_max})
    if rule.persons_min is not None:
        parts.append(ngettext("at least %(n)s person", "at least %(n)s persons", rule.persons_min) % {"n": rule.persons_min})
    said = (
        (rule.turnover_max, _("turnover at most %(sum)s")), (rule.turnover_min, _("turnover at least %(sum)s")),
        (rule.balance_max, _("balance sheet at most %(sum)s")), (rule.balance_min, _("balance sheet at least %(sum)s")),
    )  # fmt: skip
    return parts + [words % {"sum": money(limit)} for limit, words in said if limit is not None]


def _persons(facts: Facts) -> str:
    if facts.persons is not None:
        return npgettext("staff of a company", "%(n)s person", "%(n)s persons", facts.persons) % {"n": facts.persons}
    small = facts.supposed().persons == 1
    return _("number of persons not known, supposed fewer than ten") if small else _("number of persons not known, supposed ten or more")


_EXPORT = {
    Export.NONE: lambda: _("no export"),
    Export.CONSIDERING: lambda: _("export considered"),
    Export.SEEKING: lambda: _("export sought"),
    Export.SIGNIFICANT: lambda: _("export significant"),
}


def _marked(marks: Iterable[str]) -> list[str]:
    names = [str(Mark(code).label) for code in marks if code in Mark.values]
    return [_("marked: %(names)s") % {"names": _or(names)}] if names else []


def _or(parts: Iterable[str]) -> str:
    return _(" or ").join(parts)
