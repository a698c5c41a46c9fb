"""The agreement drives access: what was signed takes effect, parts begin and end on their days. Work of the house."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.agreements.enums import DocumentKind, DocumentState
from luukku.agreements.models import Agreement, Document, Party, Signatory
from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.months import months_before
from luukku.desk.actions.parting import decline_all, move_open_legs
from luukku.governance.actions.clock import EntryForm, add_entry
from luukku.governance.actions.entries import finish_entry
from luukku.governance.actions.groups import end_membership
from luukku.governance.enums import EntryKind
from luukku.governance.models import ClockEntry, Membership
from luukku.network.actions.desks import close_desk
from luukku.network.actions.organisations import join_region, leave_region
from luukku.network.actions.regions import open_door
from luukku.network.models import Desk, Participation


def take_effect(*, by: Actor, document_id: int, today: date | None = None) -> None:
    """What all have signed is written to the parts of the parties, once; those whose day has come begin or end at once. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    day = today or timezone.localdate()
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).select_related("agreement__region").get(pk=document_id)
        if document.state != DocumentState.SIGNED or document.taken_at is not None:
            return
        _write(document)
        _put_in_the_clock(document.agreement)
        document.taken_at = timezone.now()
        document.save(update_fields=["taken_at"])
        trail.record("agreement.took_effect", document, by=by, region_id=document.agreement.region_id, kind=document.kind)
        mail.queue_for_each("agreements.signed", Signatory, list(Signatory.objects.filter(document=document).values_list("pk", flat=True)))
    begin_parts(by=by, today=day)
    end_parts(by=by, today=day)


def _write(document: Document) -> None:
    agreement = document.agreement
    if document.kind == DocumentKind.AGREEMENT:
        _supersede(agreement)
        agreement.signed_at = document.signed_at
        agreement.save(update_fields=["signed_at"])
        Party.objects.filter(agreement=agreement, first_day=None).update(first_day=agreement.first_day)
    elif document.kind == DocumentKind.JOIN:
        Party.objects.filter(agreement=agreement, organisation=document.organisation, first_day=None).update(first_day=document.day)
    elif document.kind == DocumentKind.LEAVE:
        Party.objects.filter(agreement=agreement, organisation=document.organisation, last_day=None).update(last_day=document.day)
    else:
        _agreed_on(agreement)
        agreement.last_day = None if document.until_further_notice else document.day
        agreement.save(update_fields=["last_day"])


def _put_in_the_clock(agreement: Agreement) -> None:
    """The region's year shows by when the parties agree on what comes after a fixed end."""
    if agreement.last_day is not None and not _in_the_clock(agreement).exists():
        title, day = _what_comes_after(agreement)
        add_entry(by=HOUSE, region=agreement.region, form=EntryForm(EntryKind.DUE, title, day))


def _agreed_on(agreement: Agreement) -> None:
    """What comes after has been agreed on: nobody is asked for it any more."""
    if agreement.last_day is None:
        return
    with translation.override(agreement.language):
        outcome = _("It has been agreed on and signed.")
    for entry in _in_the_clock(agreement).filter(done_at=None):
        finish_entry(by=HOUSE, entry=entry, outcome=outcome)


def _in_the_clock(agreement: Agreement) -> "QuerySet[ClockEntry]":
    title, day = _what_comes_after(agreement)
    return ClockEntry.objects.standing().filter(region=agreement.region_id, first_day=day, title=title)


def _what_comes_after(agreement: Agreement) -> tuple[str, date]:
    """How the entry is called, and its day: the notice before the fixed end."""
    assert agreement.last_day is not None
    with translation.override(agreement.language):
        return _("Agree on what comes after the agreement"), months_before(agreement.last_day, agreement.notice_months)


def _supersede(agreement: Agreement) -> None:
    """A new agreement of a region ends the one before it on the day before; who is a party of both goes on."""
    assert agreement.first_day is not None
    before = agreement.first_day - timedelta(days=1)
    older = Agreement.objects.filter(region=agreement.region_id, signed_at__isnull=False).exclude(pk=agreement.pk)
    for each in older:
        _agreed_on(each)
    older.filter(Q(last_day=None) | Q(last_day__gte=agreement.first_day)).update(last_day=before)


def begin_parts(*, by: Actor, today: date) -> int:
    """Parties whose first day has come take part in their region; returns how many. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    waiting = Party.objects.on(today).filter(joined_at=None).select_related("agreement__region", "organisation").order_by("id")
    count = 0
    for party in waiting:
        with transaction.atomic():
            organisation, region = party.organisation, party.agreement.region
            if organisation.deactivated_at is not None:
                continue
            if not Participation.objects.filter(organisation=organisation, region=region, valid_until=None).exists():
                join_region(by=by, organisation=organisation, region=region, since=party.first_day)
            party.joined_at = timezone.now()
            party.save(update_fields=["joined_at"])
            trail.record("agreement.part_began", party, by=by, region_id=region.pk, organisation_id=organisation.pk)
            count += 1
    return count


def end_parts(*, by: Actor, today: date) -> list[str]:
    """Parts whose last day is over end, with all that followed from them; returns what could not be ended, for people. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    stuck = []
    due = Party.objects.over(today).filter(left_at=None).select_related("agreement__region", "organisation").order_by("id")
    front_last = sorted(due, key=lambda party: (_front(party.agreement.region_id) == party.organisation_id, party.pk))
    for party in front_last:
        try:
            with transaction.atomic():
                end_part(by=by, party=party, today=today)
        except RuleBroken as broken:
            stuck.append(str(broken.message))
    for agreement in Agreement.objects.filter(last_day__lt=today, signed_at__isnull=False, ended_at=None).order_by("id"):
        _end_agreement(agreement, today)
    return stuck


def _front(region_id: int) -> int | None:
    return Desk.objects.filter(region=region_id, is_front=True, deactivated_at=None).values_list("organisation_id", flat=True).first()


def _end_agreement(agreement: Agreement, today: date) -> None:
    """Without a follower nobody is promised anything any more: the region's door takes no new needs."""
    with transaction.atomic():
        if not Agreement.objects.in_force(today).filter(region=agreement.region_id).exists():
            open_door(by=HOUSE, region=agreement.region, is_open=False)
        if not Party.objects.filter(agreement=agreement, left_at=None).exists():
            agreement.ended_at = timezone.now()
            agreement.save(update_fields=["ended_at"])
            trail.record("agreement.ended", agreement, by=HOUSE, region_id=agreement.region_id)


def end_part(*, by: Actor, party: Party, today: date) -> None:
    """Desk, seats, memberships and the part in the region end; open matters go to the desk named for them, else to the region's front desk.

    Nothing changes for whoever goes on by another agreement of the region. Raises NotAllowed; RuleBroken when nobody can take what is open.
    """
    if by.kind != "house":
        raise NotAllowed
    organisation, region = party.organisation, party.agreement.region
    goes_on = Party.objects.on(today).filter(organisation=organisation, agreement__region=region).exclude(pk=party.pk).exists()
    if not goes_on:
        for desk in Desk.objects.filter(organisation=organisation, region=region, deactivated_at=None).select_related("organisation", "region"):
            _empty(by, party, desk)
            close_desk(by=by, desk=desk)
        for membership in Membership.objects.on(today).filter(organisation=organisation, group__region=region).select_related("group"):
            end_membership(by=by, membership=membership)
        leave_region(by=by, organisation=organisation, region=region)
    party.left_at = timezone.now()
    party.save(update_fields=["left_at"])
    trail.record("agreement.part_ended", party, by=by, region_id=region.pk, organisation_id=organisation.pk, goes_on=goes_on)


def _empty(by: Actor, party: Party, desk: Desk) -> None:
    receiver = receiver_of(party)
    if receiver is None or receiver.pk == desk.pk:
        if desk.is_front:
            raise RuleBroken(
                _("%(name)s keeps the front desk of the region. Give the front desk to another organisation.") % {"name": party.organisation}
            )
        raise RuleBroken(_("The region has no desk that could take the open matters of %(name)s.") % {"name": party.organisation})
    move_open_legs(by=by, from_desk=desk, to_desk=receiver)
    decline_all(by=by, desk=desk, next_desk=receiver)


def receiver_of(party: Party) -> Desk | None:
    """The desk that takes what is open when a part ends: the one that the annex names while it is open, else the region's front desk."""
    annex = Document.objects.filter(
        agreement=party.agreement_id, kind=DocumentKind.LEAVE, organisation=party.organisation_id, state=DocumentState.SIGNED
    )
    desks = Desk.objects.filter(deactivated_at=None, region=party.agreement.region_id).select_related("organisation", "region")
    named = desks.filter(pk__in=annex.values("receiving_desk")).first()
    return named or desks.filter(is_front=True).first()
