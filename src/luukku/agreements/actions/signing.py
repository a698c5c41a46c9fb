"""Exactly one text is signed: it goes out with its digest, and whoever signs has that text before her."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.agreements import access
from luukku.agreements.actions.drafting import drafted, locked
from luukku.agreements.enums import DocumentKind, DocumentState
from luukku.agreements.models import Agreement, Document, Party, Signatory
from luukku.agreements.queries.opened import open_legs
from luukku.agreements.queries.wording import digest_of_text, open_points, text_of
from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.months import months_before
from luukku.core.secret_links import digest_of
from luukku.core.translated import in_language
from luukku.desk.actions.work import checked_email
from luukku.network.access import require
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Person

LINK_DAYS = 60  # a link opens its document so long


@dataclass(frozen=True)
class SignatoryForm:
    """One of the organisation's people by her seat, or somebody without a sign-in by name and address."""

    person: Person | None = None
    outside_name: str = ""
    outside_email: str = ""
    outside_title: str = ""
    language: str = LanguageCode.FI


def signers(document: Document) -> dict[int, list[int]]:
    """Which organisations sign this document, and for which parties each. One statement.

    The agreement and its going on all parties sign. A joining party signs with the coordinating organisation; so does a leaving one, if it keeps the
    notice: without it all do.
    """
    agreement = document.agreement
    parties = list(Party.objects.standing(timezone.localdate()).filter(agreement=agreement))
    if document.kind == DocumentKind.JOIN or (document.kind == DocumentKind.LEAVE and keeps_notice(document)):
        wanted = {document.organisation_id, agreement.coordinating_id}
        parties = [each for each in parties if each.organisation_id in wanted]
    found: dict[int, list[int]] = {}
    for party in parties:
        found.setdefault(party.signer_id, []).append(party.organisation_id)
    return found


def keeps_notice(document: Document, today: date | None = None) -> bool:
    """Whether the last day is at least the notice away."""
    start = today or timezone.localdate(document.created_at)
    return document.day is not None and document.day >= months_before(start, -document.agreement.notice_months)


def name_signatory(*, by: Actor, document: Document, organisation: Organisation, form: SignatoryForm, at: datetime | None = None) -> Signatory:
    """Who signs for an organisation; another one than before while it has not been signed. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, document.agreement.region_id))
    _check(organisation, form)
    with transaction.atomic():
        found = locked(document)
        if found.state not in (DocumentState.DRAFT, DocumentState.OUT):
            raise RuleBroken(_("It has been signed or given up."))
        if organisation.pk not in signers(found):
            raise RuleBroken(_("This organisation does not sign this document."), field="organisation")
        before = Signatory.objects.filter(document=found, organisation=organisation).first()
        if before is not None and before.signed_digest and before.signed_digest == found.digest:
            raise RuleBroken(_("It has been signed for this organisation already."), field="organisation")
        if before is not None:
            before.delete()
        outside = form.person is None
        made = Signatory.objects.create(
            agreement=found.agreement, document=found, organisation=organisation, person=form.person, language=form.language,
            outside_name=form.outside_name.strip() if outside else "", outside_email=form.outside_email.strip() if outside else "",
            outside_title=form.outside_title.strip() if outside else "",
        )  # fmt: skip
        trail.record("agreement.signatory", found, by=by, region_id=found.agreement.region_id, organisation_id=organisation.pk, outside=outside)
        if found.state == DocumentState.OUT:
            _ask([made], found, at or timezone.now())
    return made


def _check(organisation: Organisation, form: SignatoryForm) -> None:
    if form.person is not None:
        if form.outside_name.strip() or form.outside_email.strip():
            raise RuleBroken(_("Either one of the organisation's people or somebody outside: leave the other empty."), field="outside_name")
        if not access.may_sign(form.person.pk, organisation.pk):
            raise RuleBroken(
                _("This person's seat does not allow signing for this organisation: its head does, or name somebody by e-mail."), field="person"
            )
        return
    if not form.outside_name.strip():
        raise RuleBroken(_("Choose a person, or write the name of who signs."), field="outside_name")
    checked_email(form.outside_email, field="outside_email")


def send_out(*, by: Actor, document: Document, at: datetime | None = None) -> Document:
    """The text is fixed with its digest and goes to all who sign. Raises NotAllowed; RuleBroken with what is missing."""
    moment = at or timezone.now()
    with transaction.atomic():
        found = drafted(by, document)
        _check_ready(found)
        people = list(Signatory.objects.filter(document=found).select_related("person", "organisation").order_by("id"))
        _check_signatories(found, people)
        found.body = text_of(found)
        found.digest, found.state, found.sent_at = digest_of_text(found.body), DocumentState.OUT, moment
        found.save(update_fields=["body", "digest", "state", "sent_at"])
        trail.record("agreement.sent", found, by=by, region_id=found.agreement.region_id, at=moment, people=len(people))
        _ask(people, found, moment)
    return found


def _check_ready(document: Document) -> None:
    points = open_points(document)
    if points:
        names = "; ".join(f"{section.title}: {point}" for section, point in points[:5])
        raise RuleBroken(_("These points are still open: %(points)s") % {"points": names})
    agreement = document.agreement
    if agreement.coordinating is None or not Party.objects.filter(agreement=agreement, organisation=agreement.coordinating).exists():
        raise RuleBroken(_("Name the coordinating organisation among the parties."))
    if document.kind == DocumentKind.AGREEMENT:
        if agreement.first_day is None:
            raise RuleBroken(_("Say from which day it is in force."))
        if Party.objects.filter(agreement=agreement).count() < 2:
            raise RuleBroken(_("An agreement has two parties at least."))
        later = Agreement.objects.filter(region=agreement.region_id, signed_at__isnull=False, first_day__gte=agreement.first_day).exclude(
            pk=agreement.pk
        )
        if later.exists():
            raise RuleBroken(_("Another agreement of the region begins on the same day or later. Change the first day."))
    if document.kind == DocumentKind.LEAVE and document.organisation is not None and document.day is not None and document.receiving_desk is None:
        open_ones = open_legs(document.organisation_id or 0, agreement.region_id) if document.day <= timezone.localdate() else []
        if open_ones:
            numbers = ", ".join(each.number for each in open_ones[:20])
            words = _("It still has open matters: %(numbers)s. Hand each over, or name the desk to which all of them go.")
            raise RuleBroken(words % {"numbers": numbers})


def _check_signatories(document: Document, people: list[Signatory]) -> None:
    wanted = signers(document)
    for each in people:
        if each.organisation_id not in wanted:
            each.delete()
    people[:] = [each for each in people if each.organisation_id in wanted]
    missing = Organisation.objects.filter(pk__in=wanted.keys() - {each.organisation_id for each in people}).order_by("name_fi")
    if missing:
        names = ", ".join(str(in_language(each, "name", document.agreement.language)) for each in missing)
        raise RuleBroken(_("Say who signs for: %(names)s.") % {"names": names})
    for each in people:
        if each.person is not None and not access.may_sign(each.person.pk, each.organisation_id):
            raise RuleBroken(_("%(name)s signs for the organisation no more. Name somebody else.") % {"name": each.person.name})


def _ask(people: list[Signatory], document: Document, moment: datetime) -> None:
    """A link for whoever has no sign-in, and a mail to each."""
    for each in people:
        if each.person is None or each.person.user_id is None:
            each.link_made_at, each.link_expires_at = moment, moment + timedelta(days=LINK_DAYS)
            each.link_digest = digest_of(access.link_token(each))
            each.save(update_fields=["link_made_at", "link_expires_at", "link_digest"])
    mail.queue_for_each("agreements.sign", Signatory, [each.pk for each in people], digest=document.digest)


def take_back(*, by: Actor, document: Document, at: datetime | None = None) -> Document:
    """The text is changed after all: it is a draft again, links open nothing, and who has signed signs the changed text anew.

    Raises NotAllowed; RuleBroken when all have signed.
    """
    require(access.can_keep(by, document.agreement.region_id))
    with transaction.atomic():
        found = locked(document)
        if found.state != DocumentState.OUT:
            raise RuleBroken(_("It is not out to be signed, or all have signed it."))
        signed = Signatory.objects.filter(document=found, signed_digest=found.digest).count()
        found.state, found.digest, found.body, found.sent_at = DocumentState.DRAFT, "", "", None
        found.save(update_fields=["state", "digest", "body", "sent_at"])
        for each in Signatory.objects.filter(document=found).exclude(link_digest=None):
            each.link_digest = None
            each.save(update_fields=["link_digest"])
        trail.record("agreement.taken_back", found, by=by, region_id=found.agreement.region_id, at=at, signed=signed)
    return found


def sign(*, by: Actor, document: Document, digest: str, at: datetime | None = None) -> Document:
    """She signs the text of this digest. When all have, it is signed, and takes effect by a job of the house.

    Raises NotAllowed; RuleBroken when the text is another one than she read.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        found = locked(document)
        mine = access.own_signatories(by).filter(document=found).first()
        require(mine is not None)
        assert mine is not None
        require(mine.person_id is None or access.may_sign(mine.person_id, mine.organisation_id))  # her link outlives her seat
        if found.state != DocumentState.OUT or digest != found.digest or digest_of_text(found.body) != digest:
            raise RuleBroken(_("The text has changed since you opened it, or is not to be signed any more. Read it once more."))
        if mine.signed_digest == digest:
            return found
        mine.signed_at, mine.signed_digest, mine.signed_for = moment, digest, signers(found).get(mine.organisation_id, [mine.organisation_id])
        mine.save(update_fields=["signed_at", "signed_digest", "signed_for"])
        trail.record("agreement.signed", found, by=by, region_id=found.agreement.region_id, organisation_id=mine.organisation_id, at=moment)
        if not Signatory.objects.filter(document=found).exclude(signed_digest=digest).exists():
            found.state, found.signed_at = DocumentState.SIGNED, moment
            found.save(update_fields=["state", "signed_at"])
            trail.record("agreement.all_signed", found, by=by, region_id=found.agreement.region_id, at=moment)
            app.configure_task("luukku.agreements.tasks.take_effect").defer(document_id=found.pk)
    return found


def give_up(*, by: Actor, document: Document) -> None:
    """A draft that comes to nothing. A signed one stays. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, document.agreement.region_id))
    with transaction.atomic():
        found = locked(document)
        if found.state == DocumentState.SIGNED:
            raise RuleBroken(_("It has been signed. A party leaves by an annex."))
        found.state, found.digest, found.body = DocumentState.DROPPED, "", ""
        found.save(update_fields=["state", "digest", "body"])
        if found.kind == DocumentKind.JOIN:
            Party.objects.filter(agreement=found.agreement, organisation=found.organisation, first_day=None).delete()
        if found.kind == DocumentKind.AGREEMENT:
            agreement = found.agreement
            agreement.given_up_at = timezone.now()
            agreement.save(update_fields=["given_up_at"])
        trail.record("agreement.given_up", found, by=by, region_id=found.agreement.region_id, kind=found.kind)
