"""An agreement of the cast's region: drafted, out to be signed, in force."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luukku.agreements.access import link_actor, link_token
from luukku.agreements.actions.carrying import take_effect
from luukku.agreements.actions.drafting import Terms, begin_draft, main_document, write_section
from luukku.agreements.actions.signing import SignatoryForm, name_signatory, send_out, sign, signers
from luukku.agreements.models import Agreement, Document, Section, Signatory
from luukku.core.actor import HOUSE, PUBLIC, Actor, act_as, act_as_house
from luukku.network.models import Organisation
from tests.cast import Cast

OPEN_POINT = re.compile(r"\[\[.+?\]\]")


def day(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def terms(cast: Cast, **more: object) -> Terms:
    return Terms(**({"title": "Koskimaan sopimus", "coordinating": cast.here.organisation, "first_day": day(-30), "cost_sharing": "equal"} | more))  # type: ignore[arg-type]


def drafted(cast: Cast, **more: object) -> Agreement:
    """With every open point filled and somebody outside to sign for each party."""
    with act_as(cast.coordinator.actor) as by:
        agreement = begin_draft(by=by, region=cast.here.region, terms=terms(cast, **more))
        document = main_document(agreement)
        for section in Section.objects.filter(document=document).select_related("document__agreement__region"):
            write_section(by=by, section=section, body=OPEN_POINT.sub("sovittu", section.body), based_on=section.version)
        name_all(by, document)
    return agreement


def name_all(by: Actor, document: Document) -> None:
    """Somebody outside signs for each organisation."""
    for number, organisation in enumerate(Organisation.objects.filter(pk__in=signers(document)).order_by("pk")):
        form = SignatoryForm(outside_name=f"Johtaja {number}", outside_email=f"johtaja{number}@party.example", outside_title="Toimitusjohtaja")
        name_signatory(by=by, document=document, organisation=organisation, form=form)


def sent(cast: Cast, document: Document) -> Document:
    with act_as(cast.coordinator.actor) as by:
        return send_out(by=by, document=Document.objects.select_related("agreement__region", "agreement__coordinating").get(pk=document.pk))


def holder(signatory: Signatory) -> Actor:
    """Who holds the link of somebody who signs."""
    token = link_token(Signatory.objects.get(pk=signatory.pk))
    with act_as(PUBLIC):
        actor = link_actor(token)
    assert actor is not None
    return actor


def sign_all(document: Document) -> None:
    """All sign by their links, and the house does what follows."""
    for signatory in Signatory.objects.filter(document=document).order_by("pk"):
        with act_as(holder(signatory)) as by:
            found = Document.objects.get(pk=document.pk)
            sign(by=by, document=found, digest=found.digest)
    with act_as_house("the job that follows the last signature"):
        take_effect(by=HOUSE, document_id=document.pk)


def in_force_now(cast: Cast, **more: object) -> Agreement:
    agreement = drafted(cast, **more)
    sign_all(sent(cast, main_document(agreement)))
    return Agreement.objects.select_related("region", "coordinating").get(pk=agreement.pk)


@pytest.fixture
def draft(cast: Cast) -> Agreement:
    return drafted(cast)


@pytest.fixture
def out(cast: Cast, draft: Agreement) -> Document:
    return sent(cast, main_document(draft))


@pytest.fixture
def in_force(cast: Cast) -> Agreement:
    return in_force_now(cast)


@pytest.fixture
def left(cast: Cast, in_force: Agreement) -> Callable[..., Document]:
    """The second organisation leaves by a signed annex."""
    from luukku.agreements.actions.annexes import leave_by_annex

    def leaving(last_day: date, desk: object = None) -> Document:
        with act_as(cast.coordinator.actor) as by:
            agreement = Agreement.objects.select_related("region").get(pk=in_force.pk)
            document = leave_by_annex(by=by, agreement=agreement, organisation=cast.partners, last_day=last_day, receiving_desk=desk)  # type: ignore[arg-type]
            name_all(by, document)
        sign_all(sent(cast, document))
        return Document.objects.get(pk=document.pk)

    return leaving
