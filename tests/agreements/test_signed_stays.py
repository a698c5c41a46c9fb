"""What has been signed stays, nobody signs for another, and a link signs only while its holder may."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from luukku.agreements.access import link_actor, link_token
from luukku.agreements.actions.drafting import attach, main_document
from luukku.agreements.actions.signing import SignatoryForm, give_up, name_signatory, sign
from luukku.agreements.models import Agreement, Document, Signatory
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed
from luukku.network.enums import Role
from luukku.network.models import Seat
from tests.agreements.conftest import sent
from tests.cast import Cast, Member
from tests.factories.network import PersonFactory, SeatFactory


def opens(signatory: Signatory) -> bool:
    token = link_token(Signatory.objects.get(pk=signatory.pk))
    with act_as(PUBLIC):
        return link_actor(token) is not None


def refused(member: Member, statement: str) -> None:
    """SQL of hers that forgets every rule."""
    with act_as(member.actor), pytest.raises(ProgrammingError, match=r"stays|signs for another"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_link_of_somebody_whose_seat_has_ended_signs_no_more(cast: Cast, draft: Agreement) -> None:
    head = PersonFactory.create(user=None)
    SeatFactory.create(person=head, role=Role.ORGANISATION_HEAD, organisation=cast.partners, region=None)
    document = main_document(draft)
    with act_as(cast.coordinator.actor) as by:
        named = name_signatory(by=by, document=document, organisation=cast.partners, form=SignatoryForm(person=head))
    document = sent(cast, document)
    assert opens(named)
    Seat.objects.filter(person=head).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert not opens(named)
    with act_as(Actor("link", (named.principal,))) as holder, pytest.raises(NotAllowed):
        sign(by=holder, document=Document.objects.get(pk=document.pk), digest=document.digest)


def test_links_of_a_draft_that_was_given_up_open_nothing(cast: Cast, out: Document) -> None:
    named = Signatory.objects.filter(document=out)[0]
    assert opens(named)
    with act_as(cast.coordinator.actor) as by:
        give_up(by=by, document=Document.objects.select_related("agreement__region").get(pk=out.pk))
    assert not opens(named)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from agreements_signatory",
        "update agreements_signatory set outside_name = 'Joku Muu'",
        "update agreements_signatory set signed_at = signed_at - interval '1 day'",
        "delete from agreements_document",
    ],
)
def test_signatures_and_signed_documents_stay(cast: Cast, in_force: Agreement, statement: str) -> None:
    refused(cast.coordinator, statement)
    refused(cast.partner, statement)


def test_nobody_signs_for_another(cast: Cast, out: Document) -> None:
    refused(cast.coordinator, f"update agreements_signatory set signed_at = now(), signed_digest = '{out.digest}'")


def test_files_stay_while_a_text_is_out(cast: Cast, draft: Agreement) -> None:
    document = main_document(draft)
    with act_as(cast.coordinator.actor) as by:
        attach(by=by, document=document, upload=SimpleUploadedFile("liite.pdf", b"%PDF-1.4 liite", "application/pdf"), kind="other", title="Liite")
    sent(cast, document)
    refused(cast.coordinator, "delete from agreements_attachment")
