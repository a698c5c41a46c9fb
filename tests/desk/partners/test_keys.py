"""The keys of an organisation's systems on their screen, and behind the wall."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from luukku.core.actor import PUBLIC, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.secret_links import digest_of
from luukku.desk.actions.partners import MOST_KEYS, end_key, make_key
from luukku.desk.models import PartnerKey, SentContact
from luukku.desk.queries.partners import partner_actor
from tests.cast import Cast, Member
from tests.desk.partners.conftest import Sends
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_secret_is_shown_once_and_only_its_digest_stored(cast: Cast, head: Member, client_of: ClientOf) -> None:
    browser, address = client_of(head), f"/avaimet/{cast.partners.code}/"
    answer = browser.submit(browser.get(address), {"name": "Asiakasrekisteri"})
    secret = answer.content.decode().split("<code")[1].split(">")[1].split("<")[0]
    key = PartnerKey.objects.get()
    assert bytes(key.digest) == digest_of(secret)
    assert secret not in browser.get(address).content.decode()
    assert f'href="{address}"' in browser.get(f"/verkosto/organisaatiot/{cast.partners.code}/").content.decode()
    page = browser.get(address)
    renewed = browser.post(f"{address}{key.pk}/uusi", {"csrfmiddlewaretoken": page.context["csrf_token"]})
    assert "luukku_" in renewed.content.decode()
    assert partner_actor(secret) is None
    browser.submit(browser.get(f"{address}{key.pk}/lopeta"))
    assert PartnerKey.objects.get().ended_at is not None


@pytest.mark.parametrize("name", ["adviser", "partner", "desklead", "coordinator", "national", "outsider", "founder"])
def test_keys_are_the_heads_and_administrators(cast: Cast, name: str, client_of: ClientOf) -> None:
    member = getattr(cast, name)
    with act_as(member.actor) as actor, pytest.raises(NotAllowed):
        make_key(by=actor, organisation=cast.partners, name="x")
    assert client_of(member).get(f"/avaimet/{cast.partners.code}/").status_code in (302, 403)


@pytest.mark.parametrize("name", ["adviser", "partner", "coordinator", "national", "outsider", "founder"])
def test_the_database_shows_and_takes_keys_of_keepers_only(cast: Cast, secret: str, name: str) -> None:
    with act_as(getattr(cast, name).actor):
        assert PartnerKey.objects.count() == 0
        assert PartnerKey.objects.update(digest=b"x") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            PartnerKey.objects.create(organisation=cast.partners, name="x", digest=b"y")


def test_a_head_moves_no_key_to_another_organisation(cast: Cast, head: Member, secret: str) -> None:
    with act_as(head.actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        PartnerKey.objects.update(organisation=cast.here.organisation)


def test_what_was_sent_is_behind_the_wall_and_stands_as_it_was(cast: Cast, sends: Sends) -> None:
    sends()
    sent = SentContact.objects.get()
    for member in (cast.adviser, cast.outsider, cast.admin, cast.coordinator):
        with act_as(member.actor):
            assert SentContact.objects.count() == 0
    with act_as(cast.partner.actor):
        assert SentContact.objects.count() == 1
        with pytest.raises(DatabaseError, match="as it was sent"), transaction.atomic():
            SentContact.objects.update(gave_link=True)
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError, match="own"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into desk_sentcontact (key_id, organisation_id, case_id, idempotency_digest, body_digest, gave_link, created_at, readers)"
            " values (%s, %s, %s, 'x', 'x', false, now(), '{}')",
            [sent.key_id, cast.there.organisation.pk, sent.case_id],
        )


def test_ten_keys_are_enough(cast: Cast) -> None:
    with act_as(cast.admin.actor) as admin:
        keys = [make_key(by=admin, organisation=cast.partners, name=f"Järjestelmä {n}")[0] for n in range(MOST_KEYS)]
        with pytest.raises(RuleBroken):
            make_key(by=admin, organisation=cast.partners, name="yksi liikaa")
        end_key(by=admin, key=keys[0])
        make_key(by=admin, organisation=cast.partners, name="taas")


def test_key_of_an_organisation_that_left_opens_nothing(cast: Cast, secret: str) -> None:
    from luukku.network.actions.organisations import deactivate_organisation

    with act_as(PUBLIC):
        assert partner_actor(secret) is not None
    with act_as(cast.admin.actor) as admin:
        deactivate_organisation(by=admin, organisation=cast.partners)
    assert partner_actor(secret) is None
