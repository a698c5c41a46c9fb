"""The customer's word on a handover, on her own page; and the link of an organisation outside."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.models import OutgoingMail, StoredFile
from luukku.customers.models import Contact
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token, handover_token
from luukku.desk.actions.customer import customer_writes, withdraw
from luukku.desk.actions.handover.passing import mark_contacted
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.enums import CaseState, HandoverState
from luukku.desk.models import Attachment, Case, Clock, Handover, HandoverPart, IncomingMail, Leg, Mailbox
from tests.cast import Cast, Member
from tests.desk.handover.conftest import REASON
from tests.harness.client import Client


def test_nothing_leaves_before_she_has_agreed_and_she_leaves_out_what_she_likes(
    hand: Callable[..., Handover], case: Case, cast: Cast, client: Client
) -> None:
    handover = hand(consent="page", done="Laskelma tehty.")
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        get_handover(actor, handover.pk)
    assert not Clock.objects.filter(kind="guided").exists()
    assert OutgoingMail.objects.get(kind="desk.handover_news").facts["turn"] == "consent"
    where = f"/s/{first_token(case)}/"
    asked = client.get(where).content.decode()
    assert f"siirto/{handover.pk}/" in asked
    assert REASON in asked
    page = client.get(f"{where}siirto/{handover.pk}/")
    assert "Laskelma tehty." in page.content.decode()
    client.submit(page, {"passed": ["own-words"], "do": "agree"}, form="package")
    handover.refresh_from_db()
    assert (handover.state, handover.consent_way, handover.consent_by) == (HandoverState.SENT, "page", None)
    assert handover.consent_version == "handover-1"
    told = client.get(where).content.decode()
    assert f"Suostuit siihen, että kysymme toista auttajaa: {handover.receiver_name}" in told
    with act_as(cast.partner.actor):
        assert set(HandoverPart.objects.values_list("kind", flat=True)) == {"contact", "subject", "own-words"}


def test_who_wants_to_be_called_is_not_asked_on_her_page(hand: Callable[..., Handover], case: Case) -> None:
    Contact.objects.filter(customer=case.customer).update(way="phone", phone="040 555 0101")
    with pytest.raises(RuleBroken) as broken:
        hand(consent="page")
    assert broken.value.field == "consent"
    assert not OutgoingMail.objects.filter(kind="desk.handover_news").exists()
    assert hand(consent="phone").state == HandoverState.SENT


def test_she_trims_what_was_sent_until_it_is_accepted(hand: Callable[..., Handover], case: Case, cast: Cast, client: Client) -> None:
    handover = hand()
    where = f"/s/{first_token(case)}/siirto/{handover.pk}/"
    client.submit(client.get(where), {"passed": [], "do": "trim"}, form="package")
    with act_as(cast.partner.actor) as actor:
        assert set(HandoverPart.objects.values_list("kind", flat=True)) == {"contact", "subject"}
        accept(by=actor, handover=get_handover(actor, handover.pk))
    late = client.post(where, {"passed": ["own-words"], "do": "trim"})
    assert late.status_code == 302
    assert not HandoverPart.objects.get(kind="own-words").included


def test_left_out_words_stay_unread_on_the_case_too(
    hand: Callable[..., Handover], case: Case, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    handover = hand(leave_out=["own-words"])
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
    assert "laitteisiin" in case.own_words
    assert "laitteisiin" not in client_of(cast.partner).get(f"/asia/{case.number}/").content.decode()
    assert "laitteisiin" in client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode()


def test_she_takes_her_word_back_and_the_matter_stays(hand: Callable[..., Handover], case: Case, mine: Leg, cast: Cast, client: Client) -> None:
    handover = hand()
    where = f"/s/{first_token(case)}/siirto/{handover.pk}/"
    client.submit(client.get(where), {"do": "refuse"}, form="package")
    handover.refresh_from_db()
    mine.refresh_from_db()
    assert (handover.state, mine.is_open, mine.due_kind) == (HandoverState.WITHDRAWN, True, "informed")
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        get_handover(actor, handover.pk)


def test_page_of_another_matter_does_not_open(hand: Callable[..., Handover], send: Callable[..., Case], client: Client) -> None:
    handover = hand()
    assert client.get(f"/s/{first_token(send())}/siirto/{handover.pk}/").status_code == 404


def test_new_face_and_what_was_passed_stand_on_her_page(accepted: Handover, case: Case, client: Client) -> None:
    text = client.get(f"/s/{first_token(case)}/").content.decode()
    assert "Pekka Partner" in text
    assert "Kauppakamari" in text
    assert f"siirto/{accepted.pk}/" in text


def test_withdrawn_matter_takes_its_handovers_along(hand: Callable[..., Handover], case: Case, holder: Actor, cast: Cast) -> None:
    handover = hand()
    with act_as(holder):
        withdraw(by=holder, case=case)
    handover.refresh_from_db()
    case.refresh_from_db()
    assert (handover.state, case.state) == (HandoverState.WITHDRAWN, CaseState.WITHDRAWN)
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        get_handover(actor, handover.pk)


@pytest.fixture
def outside(hand: Callable[..., Handover], case: Case, holder: Actor) -> Handover:
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Liitteenä laskelma.", files=[SimpleUploadedFile("laskelma.txt", b"luvut")])
    return hand(outside=Outside("Käsityöseura ry", "seura@outside.example"))


def test_outside_organisation_reads_the_package_by_its_link_and_takes_it_up(outside: Handover, case: Case, mine: Leg, client: Client) -> None:
    token = handover_token(outside)
    assert bytes(outside.link_digest or b"") != token.encode()
    page = client.get(f"/v/{token}/")
    text = page.content.decode()
    assert case.own_words in text
    part = HandoverPart.objects.get(kind="file")
    assert client.get(f"/v/{token}/tiedosto/{part.pk}/").getvalue() == b"luvut"
    assert client.submit(page, {"name": ""}, form="take").status_code == 422
    client.submit(client.get(f"/v/{token}/"), {"name": "Kaija Käsityö", "phone": "040 555 0177"}, form="take")
    outside.refresh_from_db()
    assert (outside.state, outside.outside_person) == (HandoverState.ACCEPTED, "Kaija Käsityö")
    assert "Kaija Käsityö" in client.get(f"/s/{first_token(case)}/").content.decode()
    client.submit(client.get(f"/v/{token}/"), {}, form="contacted")
    outside.refresh_from_db()
    mine.refresh_from_db()
    assert (outside.state, mine.is_open, Clock.objects.get(kind="guided").kept) == (HandoverState.DONE, True, True)


def test_outside_link_that_is_wrong_expired_or_taken_back_opens_nothing(outside: Handover, client: Client) -> None:
    token = handover_token(outside)
    assert client.get("/v/wrong/").status_code == 404
    assert client.get(f"/s/{token}/").status_code == 404
    Handover.objects.filter(pk=outside.pk).update(link_expires_at="2020-01-01T00:00Z")
    assert client.get(f"/v/{token}/").status_code == 404


def test_outside_organisation_declines_with_the_next_door_and_sees_no_more(outside: Handover, client: Client) -> None:
    token = handover_token(outside)
    answer = client.submit(client.get(f"/v/{token}/"), {"reason": "Emme ehdi.", "next_words": "Taito Keski"}, form="refuse")
    assert answer.status_code == 200
    outside.refresh_from_db()
    assert (outside.state, outside.next_words) == (HandoverState.DECLINED, "Taito Keski")
    assert client.get(f"/v/{token}/").status_code == 404


def test_passer_follows_up_outside(outside: Handover, cast: Cast, client: Client) -> None:
    client.submit(client.get(f"/v/{handover_token(outside)}/"), {"name": "Kaija"}, form="take")
    with act_as(cast.adviser.actor) as actor:
        assert mark_contacted(by=actor, handover=outside).state == HandoverState.DONE


def test_file_left_out_is_not_the_receivers_to_open(hand: Callable[..., Handover], case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Liite", files=[SimpleUploadedFile("oma.txt", b"1")])
    attachment = Attachment.objects.get()
    handover = hand(leave_out=[f"file-{attachment.pk}"])
    with act_as(cast.partner.actor) as actor:
        assert not StoredFile.objects.exists()
        accept(by=actor, handover=get_handover(actor, handover.pk))
        assert not StoredFile.objects.exists()
        assert not Attachment.objects.exists()


def test_mail_that_came_before_the_handover_stays_unread_by_the_receiver(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    box = Mailbox.objects.create(region=cast.here.region, address="luukku@koskimaa.example", host="imap.example", user="luukku")
    original = StoredFile.objects.create(name="viesti.eml", content_type="message/rfc822", size=1, sha256="a" * 64)
    IncomingMail.objects.create(mailbox=box, uidvalidity=1, uid=1, fate="joined", case=case, original=original, arrived_at=case.contacted_at)
    handover = hand(leave_out=["message"])
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        assert Case.objects.exists()
        assert not IncomingMail.objects.exists()
        assert not StoredFile.objects.exists()
    with act_as(cast.adviser.actor):
        assert IncomingMail.objects.exists()
        assert StoredFile.objects.exists()
