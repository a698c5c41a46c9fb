"""Rules of routing are drafted, tried and taken into use as a new version: the coordinator's say which desk, a desk lead's which of her people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.trail import record
from luukku.desk.access.desks import can_edit_rules
from luukku.desk.enums import BookState, RotaPeriod, Whom
from luukku.desk.models import Rota, Rule, RuleBook
from luukku.desk.queries.choices import colleagues
from luukku.desk.queries.routing_trial import mark_of
from luukku.network.access import may, require
from luukku.network.enums import LanguageCode, Right
from luukku.network.models import Desk, Municipality, Person, Region

MOST_RULES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleForm:
    """Conditions (empty: always) and where it leads. In a desk's own rules `to_desk` stays empty."""

    services: tuple[int, ...] = ()
    municipalities: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    fewer_than: int | None = None
    to_desk: Desk | None = None
    whom: str = ""
    to_person: Person | None = None


def draft_of(*, by: Actor, region: Region, desk: Desk | None = None) -> RuleBook:
    """The draft of the region's or desk's rules: the one there is, else a copy of those in use. Raises NotAllowed."""
    require(can_edit_rules(by, region, desk))
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)
        books = RuleBook.objects.filter(region=region, desk=desk)
        draft = books.filter(state=BookState.DRAFT).first()
        if draft is not None:
            return draft
        last = books.order_by("-number").first()
        draft = RuleBook.objects.create(region=region, desk=desk, number=(last.number if last else 0) + 1, made_by_id=by.person_id)
        in_use = books.filter(state=BookState.USED).first()
        for rule in in_use.rules.all() if in_use else ():
            rule.pk, rule.book = None, draft
            rule._state.adding = True
            rule.save()
        record("routing.drafted", draft, by=by, region_id=region.pk, organisation_id=desk.organisation_id if desk else None)
    return draft


def add_rule(*, by: Actor, draft: RuleBook, rule: RuleForm) -> Rule:
    """A rule at the end. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        book = _locked(by, draft)
        _check(book, rule)
        places = list(book.rules.values_list("position", flat=True))
        if len(places) >= MOST_RULES:
            raise RuleBroken(_("That is too many rules to be understood. Take some away first."))
        return Rule.objects.create(book=book, position=max(places, default=0) + 1, **_columns(rule))


def change_rule(*, by: Actor, rule: Rule, wanted: RuleForm) -> Rule:
    """Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        book = _locked(by, rule.book)
        _check(book, wanted)
        now = _still_there(book, rule)
        for name, value in _columns(wanted).items():
            setattr(now, name, value)
        now.save()
    return now


def _still_there(book: RuleBook, rule: Rule) -> Rule:
    """The rule as it is behind the lock. Raises NotFound when somebody has removed it meanwhile."""
    found = book.rules.filter(pk=rule.pk).first()
    if found is None:
        raise NotFound
    return found


def move_rule(*, by: Actor, rule: Rule, up: bool) -> None:
    """Ask the rule earlier, or later. Raises NotAllowed."""
    with transaction.atomic():
        book = _locked(by, rule.book)
        _still_there(book, rule)
        rules = list(book.rules.order_by("position", "id"))
        at = next(place for place, each in enumerate(rules) if each.pk == rule.pk)
        to = max(0, min(len(rules) - 1, at + (-1 if up else 1)))
        rules.insert(to, rules.pop(at))
        _number(rules)


def remove_rule(*, by: Actor, rule: Rule) -> None:
    """Raises NotAllowed."""
    with transaction.atomic():
        book = _locked(by, rule.book)
        rule.delete()
        _number(list(book.rules.order_by("position", "id")))


def take_into_use(*, by: Actor, draft: RuleBook, tried: str | None = None) -> RuleBook:
    """The draft decides from now on (within half a minute everywhere); the version before it is kept.

    `tried` is the mark of the rules that were shown on old matters (`routing_trial.mark_of`), None where nobody was shown any. Raises NotAllowed, and
    RuleBroken when the draft has been changed since.
    """
    with transaction.atomic():
        book = _locked(by, draft)
        if tried not in (None, mark_of(book)):
            raise RuleBroken(
                _("The draft has been changed since you opened this page. Here is what it would do now: look at it, then take it into use.")
            )
        now = timezone.now()
        RuleBook.objects.filter(region=book.region, desk=book.desk, state=BookState.USED).update(state=BookState.PAST, used_until=now)
        book.state, book.used_from, book.used_by_id = BookState.USED, now, by.person_id
        book.save(update_fields=["state", "used_from", "used_by"])
        organisation_id = book.desk.organisation_id if book.desk else None
        record("routing.used", book, by=by, region_id=book.region_id, organisation_id=organisation_id, version=book.number, rules=book.rules.count())
    return book


def discard(*, by: Actor, draft: RuleBook) -> None:
    """Throw a draft away. Raises NotAllowed."""
    with transaction.atomic():
        book = _locked(by, draft)
        record("routing.discarded", book, by=by, region_id=book.region_id, version=book.number)
        book.delete()


def set_rota(*, by: Actor, desk: Desk, period: str, starts_on: date, people: tuple[int, ...]) -> None:
    """Whose turn it is, in this order; nobody takes the rota away. By the desk's lead. Raises NotAllowed, RuleBroken."""
    require(may(by, Right.LEAD_DESK, organisation_id=desk.organisation_id))
    if period not in RotaPeriod.values:
        raise RuleBroken(_("Choose a day or a week."), field="period")
    known = set(colleagues([desk.organisation_id]).filter(pk__in=people).values_list("pk", flat=True))
    if len(set(people)) != len(people) or set(people) - known:
        raise RuleBroken(_("Choose people who handle this desk's matters, each once."), field="people")
    with transaction.atomic():
        if people:
            Rota.objects.update_or_create(desk=desk, defaults={"period": period, "starts_on": starts_on, "people": list(people)})
        else:
            Rota.objects.filter(desk=desk).delete()
        record("rota.set", desk, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id, people=len(people), period=period)


def _locked(by: Actor, draft: RuleBook) -> RuleBook:
    book = RuleBook.objects.select_for_update(of=("self",)).select_related("region", "desk").filter(pk=draft.pk, state=BookState.DRAFT).first()
    if book is None:
        raise NotFound
    require(can_edit_rules(by, book.region, book.desk))
    return book


def _check(book: RuleBook, rule: RuleForm) -> None:
    if book.desk is None and rule.to_desk is None:
        raise RuleBroken(_("Choose the desk to which the matter goes."), field="to_desk")
    if rule.to_desk is not None and (book.desk is not None or rule.to_desk.region_id != book.region_id or rule.to_desk.deactivated_at):
        raise RuleBroken(_("Choose an open desk of this region."), field="to_desk")
    if book.desk is not None and not rule.whom:
        raise RuleBroken(_("Choose to whom the matter goes."), field="whom")
    desk = rule.to_desk or book.desk
    if (rule.whom == Whom.PERSON) != (rule.to_person is not None):
        raise RuleBroken(_("Choose the person, or another way."), field="to_person")
    if rule.to_person is not None and desk is not None and not colleagues([desk.organisation_id]).filter(pk=rule.to_person.pk).exists():
        raise RuleBroken(_("%(name)s does not handle this desk's matters. Choose somebody else.") % {"name": rule.to_person.name}, field="to_person")
    if set(rule.languages) - set(LanguageCode.values):
        raise RuleBroken(_("Choose Finnish, Swedish or English."), field="languages")
    here = set(Municipality.objects.filter(region_spells__region=book.region_id, region_spells__valid_until=None).values_list("pk", flat=True))
    if set(rule.municipalities) - here:
        raise RuleBroken(_("Choose municipalities of this region."), field="municipalities")


def _columns(rule: RuleForm) -> dict[str, Any]:
    lists = {name: sorted(set(getattr(rule, name))) for name in ("services", "municipalities", "languages", "segments")}
    return {**lists, "fewer_than": rule.fewer_than, "to_desk": rule.to_desk, "whom": rule.whom, "to_person": rule.to_person}


def _number(rules: list[Rule]) -> None:
    for position, rule in enumerate(rules, start=1):
        rule.position = position
    Rule.objects.bulk_update(rules, ["position"])
