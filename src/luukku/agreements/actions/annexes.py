"""Annexes to an agreement in force: a party joins or leaves, the agreement goes on."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.agreements import access
from luukku.agreements.actions.drafting import add_section, check_acts, next_number
from luukku.agreements.enums import Chapter, DocumentKind, DocumentState
from luukku.agreements.models import Agreement, Document, Party
from luukku.agreements.queries.wording import plain_day
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import in_language
from luukku.network.access import require
from luukku.network.models import Desk, Organisation


def _begun(by: Actor, agreement: Agreement) -> None:
    require(access.can_keep(by, agreement.region_id))
    if agreement.signed_at is None or agreement.ended_at is not None:
        raise RuleBroken(_("Only an agreement that is in force gets annexes. Change the draft instead."))


def _annex(
    by: Actor, agreement: Agreement, kind: DocumentKind, words: str, at: datetime | None, *, organisation: Organisation | None = None,
    day: date | None = None, until_further_notice: bool = False, receiving_desk: Desk | None = None,
) -> Document:  # fmt: skip
    now = at or timezone.now()
    document = Document.objects.create(
        agreement=agreement, kind=kind, number=next_number(agreement), organisation=organisation, day=day, receiving_desk=receiving_desk,
        until_further_notice=until_further_notice, created_at=now,
    )  # fmt: skip
    with translation.override(agreement.language):
        texts = {"title": _("What is agreed"), "guidance": "", "body": words}
        add_section(document, "annex", Chapter.VALIDITY, 1, texts, by, now)
    trail.record(
        "agreement.annex",
        document,
        by=by,
        region_id=agreement.region_id,
        at=now,
        kind=kind,
        organisation_id=organisation.pk if organisation else None,
    )
    return document


def join_by_annex(
    *,
    by: Actor,
    agreement: Agreement,
    organisation: Organisation,
    first_day: date,
    acts_through: Organisation | None = None,
    at: datetime | None = None,
) -> Document:
    """A draft by which an organisation becomes a party; its people read the agreement from now on. Raises NotAllowed, RuleBroken."""
    _begun(by, agreement)
    if organisation.deactivated_at is not None:
        raise RuleBroken(_("The organisation has left the network."), field="organisation")
    check_acts(organisation, acts_through)
    if Party.objects.standing(timezone.localdate()).filter(agreement=agreement, organisation=organisation).exists():
        raise RuleBroken(_("It is a party already."), field="organisation")
    if agreement.last_day is not None and first_day > agreement.last_day:
        raise RuleBroken(_("The agreement has ended by then."), field="first_day")
    if agreement.first_day is not None and first_day < agreement.first_day:
        raise RuleBroken(_("The agreement has not begun by then."), field="first_day")
    with transaction.atomic():
        Party.objects.create(agreement=agreement, organisation=organisation, acts_through=acts_through)
        with translation.override(agreement.language):
            words = _(
                "%(party)s joins the agreement from %(day)s on, with the rights and duties of a party. It names its people and tells its services "
                "to the coordinating organisation, which signs this annex for the other parties."
            ) % {"party": in_language(organisation, "name", agreement.language), "day": plain_day(first_day)}
        return _annex(by, agreement, DocumentKind.JOIN, words, at, organisation=organisation, day=first_day)


def leave_by_annex(
    *, by: Actor, agreement: Agreement, organisation: Organisation, last_day: date, receiving_desk: Desk | None = None, at: datetime | None = None
) -> Document:
    """A draft by which a party leaves after a day; what it still has open then goes to the desk. Raises NotAllowed, RuleBroken."""
    _begun(by, agreement)
    party = Party.objects.on(timezone.localdate()).filter(agreement=agreement, organisation=organisation).first()
    if party is None:
        raise RuleBroken(_("It is no party."), field="organisation")
    if party.last_day is not None:
        raise RuleBroken(_("It leaves on another day already."), field="organisation")
    if organisation.pk == agreement.coordinating_id:
        raise RuleBroken(_("It is the coordinating organisation. Agree first, by a new agreement, on who is."), field="organisation")
    if party.first_day is not None and last_day < party.first_day:
        raise RuleBroken(_("It leaves before it has joined. Mend the day."), field="last_day")
    _check_desk(agreement, organisation, receiving_desk)
    with transaction.atomic():
        with translation.override(agreement.language):
            words = _(
                "The part of %(party)s in the agreement ends with %(day)s. Its open matters are handed over before that; what is still open after "
                "the day goes to the desk that is named for it, and customers are told."
            ) % {"party": in_language(organisation, "name", agreement.language), "day": plain_day(last_day)}
        return _annex(by, agreement, DocumentKind.LEAVE, words, at, organisation=organisation, day=last_day, receiving_desk=receiving_desk)


def _check_desk(agreement: Agreement, organisation: Organisation, desk: Desk | None) -> None:
    if desk is None:
        return
    if desk.region_id != agreement.region_id or desk.deactivated_at is not None or desk.organisation_id == organisation.pk:
        raise RuleBroken(_("Choose an open desk of another organisation of the region."), field="receiving_desk")


def name_receiver(*, by: Actor, document: Document, desk: Desk | None) -> Document:
    """Where the open matters of a leaving party go; until its part has ended it may be changed. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, document.agreement.region_id))
    if document.kind != DocumentKind.LEAVE or document.organisation is None or document.state == DocumentState.DROPPED:
        raise RuleBroken(_("Only of a leaving party."))
    _check_desk(document.agreement, document.organisation, desk)
    with transaction.atomic():
        document.receiving_desk = desk
        document.save(update_fields=["receiving_desk"])
        trail.record("agreement.receiver", document, by=by, region_id=document.agreement.region_id, desk=desk.pk if desk else None)
    return document


def extend_by_annex(*, by: Actor, agreement: Agreement, last_day: date | None, at: datetime | None = None) -> Document:
    """A draft by which the agreement goes on to a later day; None: until further notice. Raises NotAllowed, RuleBroken."""
    _begun(by, agreement)
    if agreement.last_day is None:
        raise RuleBroken(_("It is in force until further notice already."))
    if last_day is not None and last_day <= agreement.last_day:
        raise RuleBroken(_("Give a day after %(day)s.") % {"day": plain_day(agreement.last_day)}, field="last_day")
    with transaction.atomic():
        with translation.override(agreement.language):
            if last_day is None:
                words = _("The agreement goes on until further notice. Everything else stays as it is.")
            else:
                words = _("The agreement goes on until %(day)s. Everything else stays as it is.") % {"day": plain_day(last_day)}
        return _annex(by, agreement, DocumentKind.EXTEND, words, at, day=last_day, until_further_notice=last_day is None)
