"""Drafting together: from the network's own text to one that all parties can sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.agreements import access
from luukku.agreements.enums import AttachmentKind, CostSharing, DocumentKind, DocumentState, Visibility
from luukku.agreements.models import Agreement, Attachment, Comment, Document, Party, Section, SectionText, TemplateSection
from luukku.core import files as file_store
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.translated import LANGUAGES, in_language
from luukku.desk.actions.work import check_length, checked_words
from luukku.governance.models import Group
from luukku.network.access import require
from luukku.network.models import Organisation, Participation, Region, Representation
from luukku.network.queries.representing import represented_by

SHORTEST_NOTICE, LONGEST_NOTICE = 1, 36  # months


@dataclass(frozen=True)
class Terms:
    """What of an agreement the system reads and follows."""

    title: str
    language: str = "fi"
    coordinating: Organisation | None = None
    steering: Group | None = None
    chair_from_business: bool = False
    cost_sharing: str = CostSharing.NONE
    one_voice: bool = False
    first_day: date | None = None
    last_day: date | None = None
    notice_months: int = 6
    visibility: str = Visibility.PARTIES


def begin_draft(*, by: Actor, region: Region, terms: Terms, submit_key: str | None = None, at: datetime | None = None) -> Agreement:
    """A draft with the network's own text in its language, and the region's organisations of today as parties. One that is in force is renewed by it.

    Raises NotAllowed, RuleBroken.
    """
    require(access.can_keep(by, region.pk))
    _check(terms)

    def make() -> int:
        now = at or timezone.now()
        before = Agreement.objects.filter(region=region, signed_at__isnull=False, ended_at=None).order_by("-first_day").first()
        agreement = Agreement.objects.create(region=region, follows=before, created_at=now, **_columns(terms))
        document = Document.objects.create(agreement=agreement, kind=DocumentKind.AGREEMENT, created_at=now)
        with translation.override(agreement.language):
            for each in TemplateSection.objects.order_by("position", "id"):
                texts = {name: in_language(each, name, agreement.language) for name in ("title", "guidance", "body")}
                add_section(document, each.code, each.chapter, each.position, texts, by, now)
        today = timezone.localdate()
        acting = dict(Representation.objects.on(today).values_list("represented_id", "representative_id"))
        parts = Participation.objects.on(today).filter(region=region, organisation__deactivated_at=None, organisation__type__is_private=False)
        for part in parts.order_by("id"):
            Party.objects.create(agreement=agreement, organisation_id=part.organisation_id, acts_through_id=acting.get(part.organisation_id))
        trail.record("agreement.drafted", agreement, by=by, region_id=region.pk, at=now, renews=before.pk if before else None)
        return agreement.pk

    with transaction.atomic():
        return Agreement.objects.select_related("region").get(pk=once(submit_key, make, "agreement", region.pk, terms.title))


def add_section(document: Document, code: str, chapter: str, position: int, texts: Mapping[str, str], by: Actor, now: datetime) -> Section:
    """A section of a new document with its first text; the caller has checked who may."""
    section = Section.objects.create(
        agreement_id=document.agreement_id, document=document, code=code, chapter=chapter, position=position, title=str(texts["title"]),
        guidance=str(texts["guidance"]), body=str(texts["body"]), version=document.version,
    )  # fmt: skip
    _keep_text(section, document, by, now)
    return section


def _keep_text(section: Section, document: Document, by: Actor, now: datetime) -> None:
    SectionText.objects.create(
        agreement_id=document.agreement_id, document=document, section=section, version=document.version, body=section.body, person_id=by.person_id,
        created_at=now,
    )  # fmt: skip


def _check(terms: Terms) -> None:
    if not terms.title.strip():
        raise RuleBroken(_("Give the agreement a name."), field="title")
    if terms.language not in LANGUAGES:
        raise RuleBroken(_("Choose a language."), field="language")
    if terms.first_day and terms.last_day and terms.last_day < terms.first_day:
        raise RuleBroken(_("It ends before it begins. Mend the days."), field="last_day")
    if not SHORTEST_NOTICE <= terms.notice_months <= LONGEST_NOTICE:
        raise RuleBroken(_("Notice is given 1 to 36 months before."), field="notice_months")


def _columns(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in terms.__dataclass_fields__} | {"title": terms.title.strip()[:160]}


def drafted(by: Actor, document: Document) -> Document:
    """The document, held until the transaction ends, so that changing and signing follow each other. Raises NotAllowed, RuleBroken unless a draft."""
    require(access.can_keep(by, document.agreement.region_id))
    found = locked(document)
    if found.state != DocumentState.DRAFT:
        raise RuleBroken(_("The text is out to be signed or signed. Take it back first: then all sign the changed text anew."))
    return found


def locked(document: Document) -> Document:
    """The row as it is now, held until the transaction ends."""
    related = ("agreement__region", "agreement__coordinating", "organisation", "receiving_desk")
    return Document.objects.select_for_update(of=("self",)).select_related(*related).get(pk=document.pk)


def main_document(agreement: Agreement) -> Document:
    """The agreement's own text."""
    return Document.objects.select_related("agreement__region", "agreement__coordinating").get(agreement=agreement, kind=DocumentKind.AGREEMENT)


def change_terms(*, by: Actor, agreement: Agreement, terms: Terms) -> Agreement:
    """Validity, coordinating organisation, costs. Who reads it may change later too; the rest is part of the text. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, agreement.region_id))
    _check(terms)
    with transaction.atomic():
        document = drafted(by, main_document(agreement))
        columns = _columns(terms)
        for name, value in columns.items():
            setattr(agreement, name, value)
        agreement.save(update_fields=list(columns))
        _grow(document)
        trail.record("agreement.terms", agreement, by=by, region_id=agreement.region_id)
    return agreement


def show_to(*, by: Actor, agreement: Agreement, visibility: str) -> Agreement:
    """Whether everybody reads it once it is in force, or its parties only: the region decides. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, agreement.region_id))
    if visibility not in Visibility.values:
        raise RuleBroken(_("Choose who reads it."), field="visibility")
    with transaction.atomic():
        agreement.visibility = visibility
        agreement.save(update_fields=["visibility"])
        trail.record("agreement.shown", agreement, by=by, region_id=agreement.region_id, to=visibility)
    return agreement


def _grow(document: Document) -> None:
    document.version += 1
    document.save(update_fields=["version"])


def add_party(*, by: Actor, agreement: Agreement, organisation: Organisation, acts_through: Organisation | None = None) -> Party:
    """One more party of the draft, or who acts for one of them. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        document = drafted(by, main_document(agreement))
        if organisation.deactivated_at is not None:
            raise RuleBroken(_("The organisation has left the network."), field="organisation")
        check_acts(organisation, acts_through)
        party, _made = Party.objects.update_or_create(
            agreement=agreement, organisation=organisation, last_day=None, defaults={"acts_through": acts_through}
        )
        _grow(document)
        trail.record("agreement.party_added", agreement, by=by, region_id=agreement.region_id, organisation_id=organisation.pk)
    return party


def check_acts(organisation: Organisation, acts_through: Organisation | None) -> None:
    """Raise RuleBroken unless the network knows that the other one acts for this one today."""
    if acts_through is None:
        return
    if acts_through.pk == organisation.pk:
        raise RuleBroken(_("Choose another organisation, or none: then it signs itself."), field="acts_through")
    if represented_by(organisation) != acts_through:
        raise RuleBroken(_("Write first on the organisation's page who acts for it, and since when."), field="acts_through")


def remove_party(*, by: Actor, party: Party) -> None:
    """Out of the draft; nothing of what it can do changes. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        document = drafted(by, main_document(party.agreement))
        trail.record("agreement.party_removed", party.agreement, by=by, region_id=party.agreement.region_id, organisation_id=party.organisation_id)
        party.delete()
        _grow(document)


def write_section(*, by: Actor, section: Section, body: str, based_on: int, at: datetime | None = None) -> Section:
    """Saves a section. `based_on`: the version that its writer had before her.

    Raises NotAllowed; RuleBroken when somebody has saved it meanwhile: what she wrote stays in her form.
    """
    check_length(body, field="body")
    with transaction.atomic():
        document = drafted(by, section.document)
        section = Section.objects.select_for_update().get(pk=section.pk)
        text = body.replace("\r\n", "\n").strip()
        if text == section.body:
            return section
        if based_on != section.version:
            raise RuleBroken(
                _("Somebody else has saved this section meanwhile. Their text is below yours: put them together and save again."), field="body"
            )
        document.version += 1
        document.save(update_fields=["version"])
        section.body, section.version = text, document.version
        section.save(update_fields=["body", "version"])
        _keep_text(section, document, by, at or timezone.now())
        trail.record("agreement.written", document, by=by, region_id=document.agreement.region_id, at=at, section=section.pk)
    return section


def comment(*, by: Actor, document: Document, words: str, section: Section | None = None, at: datetime | None = None) -> Comment:
    """What somebody who reads the draft says of it. Raises NotAllowed, RuleBroken."""
    text = checked_words(words, field="words")
    require(by.person_id is not None and access.is_inside(by, document.agreement))
    with transaction.atomic():
        found = locked(document)
        if found.state not in (DocumentState.DRAFT, DocumentState.OUT):
            raise RuleBroken(_("The text has been signed. Comment on the next one."))
        speaks = access.speaks_for(by, document.agreement)
        made = Comment.objects.create(
            agreement=document.agreement, document=document, section=section, version=found.version, person_id=by.person_id,
            organisation=speaks[0] if speaks else None, words=text, created_at=at or timezone.now(),
        )  # fmt: skip
        trail.record("agreement.commented", document, by=by, region_id=document.agreement.region_id, at=at, comment=made.pk)
    return made


def settle_comment(*, by: Actor, comment: Comment, taken: bool, reply: str = "", at: datetime | None = None) -> Comment:
    """Taken into the text, or left with a reason. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, comment.document.agreement.region_id))
    if not taken and not reply.strip():
        raise RuleBroken(_("Say why it is not taken in."), field="reply")
    with transaction.atomic():
        comment.taken, comment.reply, comment.settled_at = taken, reply.strip(), at or timezone.now()
        comment.save(update_fields=["taken", "reply", "settled_at"])
        trail.record(
            "agreement.comment_settled", comment.document, by=by, region_id=comment.document.agreement.region_id, comment=comment.pk, taken=taken
        )
    return comment


def attach(
    *, by: Actor, document: Document, upload: "UploadedFile[bytes]", kind: str, title: str, organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Attachment:  # fmt: skip
    """A file that is signed along. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        found = drafted(by, document)
        if kind not in AttachmentKind.values:
            raise RuleBroken(_("Choose what it is."), field="kind")
        stored = file_store.store(upload, field="file")
        made = Attachment.objects.create(
            agreement=found.agreement, document=found, kind=kind, organisation=organisation,
            title=title.strip()[:160] or str(AttachmentKind(kind).label),
            file=stored, person_id=by.person_id, created_at=at or timezone.now(),
        )  # fmt: skip
        _grow(found)
        trail.record("agreement.attached", found, by=by, region_id=found.agreement.region_id, kind=kind)
    return made


def detach(*, by: Actor, attachment: Attachment) -> None:
    """Out of the draft. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        found = drafted(by, attachment.document)
        trail.record("agreement.detached", found, by=by, region_id=found.agreement.region_id, kind=attachment.kind)
        attachment.delete()
        _grow(found)


def next_number(agreement: Agreement) -> int:
    """Of the next annex; the agreement is held until the transaction ends."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    return int(Document.objects.filter(agreement=agreement).aggregate(last=Max("number"))["last"] or 0) + 1
