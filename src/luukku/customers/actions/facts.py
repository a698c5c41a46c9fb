"""An organisation's own edit of a company's public facts. The register's value stays beside it, and comes back when the edit ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.errors import RuleBroken
from luukku.core.finnish import finnish_key
from luukku.customers import access
from luukku.customers.actions.segmenting import segment_anew
from luukku.customers.enums import FactField, FactSource
from luukku.customers.models import Company, CompanyFact
from luukku.network.access import require
from luukku.network.models import Municipality

Value = str | int | bool | list[str] | None
MOST_TAGS = 12
_ASKED_BY_RULES = {FactField.PERSONS, FactField.TURNOVER, FactField.BALANCE, FactField.IS_FOREIGN_OWNED, FactField.EXPORT}
COLUMNS = {FactField.MUNICIPALITY: "municipality__code", FactField.PARENT: "parent__business_id"}


def state_fact(
    *, by: Actor, company: Company, field: str, value: Value, source: str = FactSource.OTHER, stated_on: date | None = None
) -> CompanyFact | None:
    """Say that a fact is so, as of `stated_on` (today). `value` is as in the company's column; a municipality by its code, a parent by its
    business ID. None when that is what counts already. Raises NotAllowed, RuleBroken with the field.
    """
    require(access.can_edit_companies(by))
    value = _clean(FactField(field), value, company)
    day = stated_on or timezone.localdate()
    if day > timezone.localdate():
        raise RuleBroken(_("The day cannot be in the future."), field="stated_on")
    if Company.objects.filter(pk=company.pk).values_list(COLUMNS.get(FactField(field), field), flat=True).get() == value:
        return None
    try:
        with transaction.atomic():
            _end(company, field)
            made = CompanyFact.objects.create(
                company=company, field=field, value=value, source=source, stated_on=day,
                person_id=by.person_id, organisation_id=by.seats[0].organisation_id if by.seats else None,
            )  # fmt: skip
            trail.record("company.fact_stated", company, by=by, field=field, source=source)
            _follow(company, field)
    except IntegrityError:
        raise RuleBroken(_("Somebody else changed this at the same moment. Look at the value and try again."), field=field) from None
    return made


def state_facts(*, by: Actor, company: Company, values: Mapping[str, Value], source: str, stated_on: date) -> list[CompanyFact]:
    """Several facts on one ground; those that are so already are left alone. Raises as `state_fact`."""
    with transaction.atomic():
        stated = [state_fact(by=by, company=company, field=field, value=value, source=source, stated_on=stated_on) for field, value in values.items()]
    return [fact for fact in stated if fact is not None]


def follow_register(*, by: Actor, company: Company, field: str) -> bool:
    """End our own edit, so that the register's value counts again; whether there was one. Raises NotAllowed."""
    require(access.can_edit_companies(by))
    with transaction.atomic():
        ended = _end(company, field)
        if ended:
            trail.record("company.fact_ended", company, by=by, field=field)
            _follow(company, field)
    return ended


def _follow(company: Company, field: str) -> None:
    """What rules of segments ask of."""
    if field in _ASKED_BY_RULES:
        segment_anew([company.pk])


def _end(company: Company, field: str) -> bool:
    return bool(CompanyFact.objects.filter(company=company, field=field, ended_at=None).update(ended_at=timezone.now()))


def _clean(field: FactField, value: Value, company: Company) -> Any:
    if value == "" and Company._meta.get_field(field).null:
        value = None
    if field == FactField.MUNICIPALITY and value is not None and not Municipality.objects.filter(code=value, valid_until=None).exists():
        raise RuleBroken(_("There is no such municipality today."), field=field)
    if field == FactField.TAGS:
        value = tags_of(value if isinstance(value, str) else ",".join(value) if isinstance(value, list) else "")
    if field == FactField.PARENT and value is not None:
        return _parent(str(value), company)
    if field not in COLUMNS:
        column = Company._meta.get_field(field)
        assert isinstance(column, Field)
        try:
            return column.clean(value, company)
        except ValidationError as wrong:
            raise RuleBroken(" ".join(wrong.messages), field=field) from None
    return value


def tags_of(text: str) -> list[str]:
    """Words between commas as tags: each once, in small letters, so that one tag has one spelling. Raises RuleBroken."""
    found = sorted({" ".join(word.split()).lower() for word in text.split(",")} - {""}, key=finnish_key)
    if len(found) > MOST_TAGS:
        raise RuleBroken(_("A company has twelve tags at most. Leave some out."), field=FactField.TAGS)
    return found


def _parent(text: str, company: Company) -> str:
    found = clean_business_id(text)
    if found is None or not Company.objects.filter(business_id=found).exists():
        raise RuleBroken(_("The register knows no company with this business ID."), field=FactField.PARENT)
    if found == company.business_id:
        raise RuleBroken(_("A company is not its own parent."), field=FactField.PARENT)
    return found
