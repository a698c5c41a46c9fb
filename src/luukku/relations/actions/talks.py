"""Needs are mapped while a customer is on the phone or at the desk; one that is found becomes a lead or a matter, in one click and once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.trail import Fact
from luukku.core.turns import take_turns
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.work import check_length
from luukku.desk.enums import Channel
from luukku.desk.models import Case
from luukku.network.models import Desk, Organisation
from luukku.relations.access import organisation_on, visible_talks, writer
from luukku.relations.actions.leads import LeadForm, give_lead
from luukku.relations.actions.needs import need_words
from luukku.relations.actions.reporting import FREE_SLOTS, Answer, asked_in
from luukku.relations.enums import LeadSource
from luukku.relations.models import Lead, NeedMap, NeedTalk, TalkAnswer

SOURCES = {Channel.PHONE: LeadSource.CALL, Channel.MISSED_CALL: LeadSource.CALL, Channel.WALK_IN: LeadSource.WALK_IN}


def map_needs(
    *, by: Actor, case: Case, need_map: NeedMap, answers: Mapping[str, Answer], may_pass: bool = False, at: datetime | None = None
) -> NeedTalk:
    """The actor's own answers by this map on this matter, written anew each time. `answers` by slot: `q` and a question's key, or a free slot.

    Raises RuleBroken for an empty form or a forgotten matter, NotAllowed for whose organisation has no part in the matter.
    """
    given = {slot: each for slot, each in answers.items() if each.words.strip() or each.is_need}
    for slot, each in given.items():
        check_length(each.words, field=slot)
    moment, organisation = at or timezone.now(), _organisation(by, case)
    with transaction.atomic():
        take_turns(f"needs of {case.pk} {by.person_id}")
        if case.forgotten_at is not None:
            raise RuleBroken(_("What the customer told is gone: its time was over."))
        talk = NeedTalk.objects.filter(case=case, need_map=need_map, person=by.person_id).first()
        if talk is None and not given:
            raise RuleBroken(_("Write at least one answer."))
        talk = talk or NeedTalk(case=case, need_map=need_map, person_id=writer(by), organisation=organisation)
        talk.may_pass, talk.version, talk.written_at = may_pass, need_map.version, moment
        talk.save()
        _write(talk, given)
        _record(by, talk, "mapped", moment, map=need_map.code, needs=sum(each.is_need for each in given.values()))
        return talk


def _organisation(by: Actor, case: Case) -> Organisation:
    found = organisation_on(by, case)
    if found is None:
        raise NotAllowed
    return found


def _write(talk: NeedTalk, given: Mapping[str, Answer]) -> None:
    """What has become a lead or a matter stands; an answer that was emptied goes."""
    questions = asked_in([slot for slot in given if slot not in FREE_SLOTS], talk.need_map_id)
    done = set(talk.answers.exclude(given_at=None).values_list("slot", flat=True))
    for slot, each in given.items():
        if slot not in done:
            said = {"words": each.words.strip(), "is_need": each.is_need}
            TalkAnswer.objects.update_or_create(talk=talk, slot=slot, defaults=said, create_defaults={**said, "question": questions.get(slot)})
    talk.answers.filter(given_at=None).exclude(slot__in=given).delete()


def _record(by: Actor, talk: NeedTalk, action: str, at: datetime, **facts: Fact | date) -> None:
    trail.record(f"needs.{action}", talk.case, by=by, region_id=talk.case.region_id, organisation_id=talk.organisation_id, at=at, **facts)


@contextmanager
def _lock(by: Actor, answer: TalkAnswer) -> Iterator[TalkAnswer]:
    """A need that nothing was made of yet. Raises NotFound, NotAllowed, RuleBroken."""
    with transaction.atomic():
        related = ("talk__case__customer__contact", "talk__case__company", "talk__case__municipality", "talk__case__region", "question__service")
        seen = TalkAnswer.objects.filter(pk=answer.pk, talk__in=visible_talks(by))
        found = seen.select_for_update(of=("self",)).select_related(*related).first()
        if found is None:
            raise NotFound
        _organisation(by, found.talk.case)
        if found.given_at is not None:
            raise RuleBroken(_("This need has been given on already."))
        if not found.is_need:
            raise RuleBroken(_("Tick first that this is a need."))
        yield found


def give_answer(*, by: Actor, answer: TalkAnswer, own_desk: Desk, to_desk: Desk, at: datetime | None = None) -> Lead:
    """To another desk of the region as a lead, with the customer's name if she agreed.

    Raises RuleBroken when it was given on, or no company is known.
    """
    moment = at or timezone.now()
    with _lock(by, answer) as found:
        case = found.talk.case
        if case.company is None:
            raise RuleBroken(_("A lead names a company. Make it a matter of your own, and hand it over."))
        contact = case.customer.contact if case.customer is not None and found.talk.may_pass else None
        name, phone, email = (contact.name, contact.phone, contact.email) if contact is not None else ("", "", "")
        form = LeadForm(
            company=case.company, own_desk=own_desk, to_desk=to_desk, words=need_words(found),
            source=SOURCES.get(Channel(case.channel), LeadSource.TALK), service=found.question.service if found.question else None,
            contact_name=name, contact_phone=phone, contact_email=email, agreed=found.talk.may_pass,
        )  # fmt: skip
        found.lead = give_lead(by=by, form=form, at=moment)
        found.given_at = moment
        found.save(update_fields=["lead", "given_at"])
        _record(by, found.talk, "need_given", moment)
        return found.lead


def make_case_of_answer(*, by: Actor, answer: TalkAnswer, own_desk: Desk, at: datetime | None = None) -> Case:
    """A matter of the same customer at the actor's own desk, in her hands, with the service proposed. Raises RuleBroken, NotAllowed."""
    moment = at or timezone.now()
    with _lock(by, answer) as found:
        case = found.talk.case
        need = NeedForm(
            region=own_desk.region, words=need_words(found), language=case.language, municipality=case.municipality, customer=case.customer,
            company_name=case.company_name, business_id=case.business_id, channel=case.channel, desk=own_desk,
            service=found.question.service if found.question else None, anonymous=case.customer is None, take_it=True,
        )  # fmt: skip
        made = send_need(by=by, need=need, at=moment)
        found.case, found.given_at = made, moment
        found.save(update_fields=["case", "given_at"])
        _record(by, found.talk, "need_became_case", moment)
        return made
