"""Routing rules as sentences, and why a matter came where it is, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luukku.catalogue.enums import Segment
from luukku.desk.enums import Whom
from luukku.desk.models import Leg, Rule
from luukku.desk.queries.names import Names, names
from luukku.network.enums import LanguageCode
from luukku.network.models import Person

_BY = {
    "front": gettext_lazy("No rule fitted, so it came to the region's front desk."),
    "provider": gettext_lazy("This desk gives the service that the need is about."),
    "door": gettext_lazy("The customer came by this organisation's own page."),
    "closed": gettext_lazy("The desk that had it has closed: it was opened again here."),
    "chosen": gettext_lazy("Whoever wrote it down chose this desk."),
}
_SPOKEN = {LanguageCode.FI: gettext_lazy("Finnish"), LanguageCode.SV: gettext_lazy("Swedish"), LanguageCode.EN: gettext_lazy("English")}


@dataclass(frozen=True)
class Known:
    """Names of what rules refer to."""

    names: Names
    people: Mapping[int, str]


def known(rules: Iterable[Rule] = (), people: Iterable[int] = ()) -> Known:
    """Two statements at most, one of them remembered."""
    rows = list(rules)
    found = names(
        desks={rule.to_desk_id for rule in rows if rule.to_desk_id}, services={pk for rule in rows for pk in rule.services},
        municipalities={pk for rule in rows for pk in rule.municipalities},
    )  # fmt: skip
    wanted = {rule.to_person_id for rule in rows if rule.to_person_id} | set(people)
    return Known(found, dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {})


def sentence(rule: Rule, by: Known) -> str:
    """`When the service is A or B and the municipality is X: to the Chamber's desk, to whoever's turn it is.`"""
    conditions = _conditions(rule, by)
    when = _("When %(conditions)s") % {"conditions": _(" and ").join(conditions)} if conditions else _("Always")
    to = [_("to the desk %(desk)s") % {"desk": by.names.desks.get(rule.to_desk_id, "")}] if rule.to_desk_id else []
    if rule.whom:
        to.append(_whom(rule.whom, by.people.get(rule.to_person_id or 0, "")))
    return f"{when}: {', '.join(to)}."


def _conditions(rule: Rule, by: Known) -> list[str]:
    found = []
    if rule.services:
        found.append(_("the service is %(names)s") % {"names": _or(by.names.services.get(pk, "?") for pk in rule.services)})
    if rule.municipalities:
        found.append(_("the municipality is %(names)s") % {"names": _or(by.names.municipalities.get(pk, "?") for pk in rule.municipalities)})
    if rule.languages:
        found.append(_("the language is %(names)s") % {"names": _or(str(_SPOKEN[LanguageCode(code)]) for code in rule.languages)})
    if rule.segments:
        found.append(_("the segment is %(names)s") % {"names": _or(_segment(code) for code in rule.segments)})
    if rule.fewer_than is not None:
        words = ngettext("the desk has fewer than %(n)s open matter", "the desk has fewer than %(n)s open matters", rule.fewer_than)
        found.append(words % {"n": rule.fewer_than})
    return found


def _segment(code: str) -> str:
    return str(Segment(code).label) if code in Segment.values else code


def _or(words: Iterable[str]) -> str:
    *most, last = words
    return _("%(most)s or %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def _whom(whom: str, name: str) -> str:
    if whom == Whom.PERSON:
        return _("to %(name)s") % {"name": name}
    return _("to whoever's turn it is") if whom == Whom.ROTA else _("to whoever has the fewest open matters")


def why(leg: Leg) -> list[str]:
    """Sentences from the facts on a leg; none for one from before facts were kept. One statement where a person is named, else remembered names."""
    facts: dict[str, Any] = leg.routed
    if not facts:
        return []
    inside: dict[str, Any] = facts.get("inside") or {}
    away = [part["away"] for part in (facts, inside) if part.get("away")]
    by = known(people=away)
    found = [_rule_told(facts)] if facts.get("by") == "rule" else [str(_BY.get(facts.get("by", ""), ""))]
    found += [_person_told(part, by, inside=part is inside) for part in (facts, inside)]
    return [each for each in found if each]


def rules_lead(facts: dict[str, Any]) -> str:
    """`The region's rule 2 leads here: the service is A.`"""
    held = _held(facts)
    words = _("The region's rule %(rule)s leads here") % {"rule": facts.get("rule")}
    return f"{words}: {_(' and ').join(held)}." if held else f"{words}."


def _rule_told(facts: dict[str, Any]) -> str:
    held = _held(facts)
    words = _("It came by rule %(rule)s of the region (version %(version)s)") % {"rule": facts.get("rule"), "version": facts.get("version")}
    return f"{words}: {_(' and ').join(held)}." if held else f"{words}."


def _held(facts: dict[str, Any]) -> list[str]:
    keys: dict[str, set[int]] = {name: {facts[name]} if facts.get(name) else set() for name in ("service", "municipality")}
    found = names(desks=(), services=keys["service"], municipalities=keys["municipality"])
    parts = []
    if facts.get("service"):
        parts.append(_("the service is %(names)s") % {"names": found.services.get(facts["service"], "?")})
    if facts.get("municipality"):
        parts.append(_("the municipality is %(names)s") % {"names": found.municipalities.get(facts["municipality"], "?")})
    if facts.get("language") in LanguageCode.values:
        parts.append(_("the language is %(names)s") % {"names": _SPOKEN[LanguageCode(facts["language"])]})
    if facts.get("segment"):
        parts.append(_("the segment is %(names)s") % {"names": _segment(facts["segment"])})
    if facts.get("fewer_than"):
        words = ngettext("the desk has fewer than %(n)s open matter", "the desk has fewer than %(n)s open matters", facts["fewer_than"])
        parts.append(words % {"n": facts["fewer_than"]})
    return parts


def _person_told(part: dict[str, Any], by: Known, *, inside: bool) -> str:
    if part.get("away"):
        return _("%(name)s, to whom the rule leads, was away.") % {"name": by.people.get(part["away"], "")}
    words = {
        Whom.PERSON.value: _("The desk's rule names the person.") if inside else _("The rule names the person."),
        Whom.ROTA.value: _("It was their turn by the rota."),
        Whom.LEAST.value: _("Had the fewest open matters."),
    }
    return words.get(part.get("whom", ""), "")
