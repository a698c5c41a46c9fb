"""A need that was told in a survey becomes a matter: the same intake as by the form, with its receipt, its clock and her link."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import get_language

from luukku.core.actor import PUBLIC, Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access import can_log
from luukku.desk.access.links import first_token
from luukku.desk.actions.intake import SHORTEST, NeedForm, send_need, subject_of
from luukku.desk.enums import Channel
from luukku.desk.queries.company_as_told import company_and_id
from luukku.network.models import Region
from luukku.surveys.actions.needs import NeedTold


def take_survey_need(by: Actor, region: Region, told: NeedTold) -> str:
    """Make the case; returns the address of its receipt. Whoever types answers in without logging contacts hands it in as anybody does.

    Raises RuleBroken by the names of the told need's fields.
    """
    name, business_id = company_and_id(told.company)
    need = NeedForm(
        region=region, words=told.words.strip(), language=(get_language() or "fi")[:2], municipality=told.municipality,
        name=told.name, email=told.email, phone=told.phone, company_name=name, business_id=business_id, channel=Channel.SURVEY,
    )  # fmt: skip
    if len(need.words) >= SHORTEST:  # the survey's name, and her answers if she lets them, stand under her own words, and she reads them there too
        need = replace(need, words=f"{need.words}\n\n{told.answers}", subject=subject_of(need))
    try:
        case = send_need(by=by if by.kind == "customer" or can_log(by) else PUBLIC, need=need)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="company" if broken.field == "business_id" else broken.field) from broken
    return reverse("desk:status_receipt", kwargs={"token": first_token(case)})
