"""Receipts by the vocabulary's profile; who has looked; what others read of a customer; the table of grounds on screen."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from luukku.core.actor import Actor, act_as
from luukku.customers.actions.consenting import Agreement
from luukku.customers.actions.grounds import load_grounds
from luukku.customers.models import Consent, LegalGround, Look
from luukku.desk.access.links import first_token
from luukku.desk.actions.consents import agree, take_back
from luukku.desk.models import Case
from luukku.privacy.queries.receipts import CONTEXT
from tests.cast import Cast, Member
from tests.desk.consents.conftest import Ground
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
# Of the profile of ISO/IEC TS 27560: what a receipt and the record in it must hold.
RECEIPT = {"@context", "@id", "@type", "dct:identifier", "dct:conformsTo", "dct:created", "dct:publisher", "dpv:hasRecordOfActivity"}
RECORD = {
    "@id", "@type", "dct:identifier", "dct:conformsTo", "dpv:hasDataSubject", "dpv:hasDataController", "dpv:hasJurisdiction", "dpv:hasLegalBasis",
    "dpv:hasProcess", "dpv:hasNotice", "dpv:hasConsentStatus",
}  # fmt: skip
# Terms of the vocabulary (DPV 2.x: core, personal data, EU law, GDPR, locations) that a receipt may use, as they are published: one that is misspelt or of
# another part says nothing to whoever reads the receipt by machine.
CLASSES = {
    "dpv:ConsentGiven", "dpv:ConsentNotice", "dpv:ConsentReceipt", "dpv:ConsentRecord", "dpv:ConsentWithdrawn", "dpv:Customer", "dpv:DataController",
    "dpv:DataSubject", "dpv:ExpressedConsent", "dpv:Process", "dpv:PublicBenefit", "dpv:Recipient", "dpv:Scope", "dpv:ServiceProvision",
    "dpv:StorageDuration", "dpv:UntilEventDuration", "eu-gdpr:A6-1-a", "eu-gdpr:A7-3", "legal-eu:law-GDPR", "loc:FI", "pd:Communication", "pd:Contact",
    "pd:Professional", "pd:ServiceConsumptionBehavior", "schema:Organization", "schema:Person", "xsd:dateTime",
}  # fmt: skip
PROPERTIES = {
    "dpv:hasApplicableLaw", "dpv:hasConsentStatus", "dpv:hasDataController", "dpv:hasDataSubject", "dpv:hasDuration", "dpv:hasIndicationMethod",
    "dpv:hasJurisdiction", "dpv:hasLegalBasis", "dpv:hasName", "dpv:hasNotice", "dpv:hasPersonalData", "dpv:hasProcess", "dpv:hasPurpose",
    "dpv:hasRecipient", "dpv:hasRecordOfActivity", "dpv:hasRight", "dpv:hasScope", "dpv:hasStorageCondition", "dpv:isIndicatedAtTime",
    "dpv:isIndicatedBy", "dct:accrualMethod", "dct:conformsTo", "dct:contributor", "dct:created", "dct:description", "dct:hasVersion",
    "dct:identifier", "dct:language", "dct:publisher", "dct:title", "rdf:value", "schema:name", "schema:recipient",
}  # fmt: skip


@pytest.fixture
def agreed(case: Case, holder: Actor, ground: Ground) -> Consent:
    ground("consent")
    with act_as(holder):
        return agree(by=holder, case=case, agreement=Agreement("passing", "link", "network"))


def keys_of(thing: Any) -> set[str]:
    if isinstance(thing, dict):
        return set(thing) | {key for value in thing.values() for key in keys_of(value)}
    return {key for each in thing for key in keys_of(each)} if isinstance(thing, list) else set()


def values_of(thing: Any) -> set[str]:
    """Each text that stands as a value, other than words for people."""
    if isinstance(thing, dict):
        return {
            each for key, value in thing.items() if key not in ("@context", "dct:title", "dct:description", "rdf:value") for each in values_of(value)
        }
    if isinstance(thing, list):
        return {each for one in thing for each in values_of(one)}
    return {thing} if isinstance(thing, str) else set()


@pytest.mark.parametrize("kind", ["passing", "statistics"])
def test_receipt_uses_only_terms_that_its_vocabularies_know(client: Client, case: Case, holder: Actor, ground: Ground, kind: str) -> None:
    ground("consent")
    with act_as(holder):
        consent = agree(by=holder, case=case, agreement=Agreement(kind, "link", "network" if kind == "passing" else ""))
        take_back(by=holder, case=case, consent=consent, way="link")
    found = json.loads(client.get(f"/s/{first_token(case)}/tietoni/suostumus/{consent.pk}/?json=1").content)
    context = found.pop("@context")
    keys = {key for key in keys_of(found) if not key.startswith("@")}
    assert keys - PROPERTIES == set()
    terms = {each for each in values_of(found) if each.split(":")[0] in context}
    assert terms - CLASSES == set()
    assert {key.split(":")[0] for key in keys | terms} <= set(context)
    assert terms >= {"dpv:ConsentReceipt", "dpv:ConsentWithdrawn", "eu-gdpr:A6-1-a", "legal-eu:law-GDPR"}
    assert context["legal-eu"] == "https://w3id.org/dpv/legal/eu#"
    assert context["eu-gdpr"] == "https://w3id.org/dpv/legal/eu/gdpr#"


def test_receipt_holds_what_the_profile_asks_for(client: Client, case: Case, agreed: Consent, holder: Actor) -> None:
    place = f"/s/{first_token(case)}/tietoni/suostumus/{agreed.pk}/"
    answer = client.get(f"{place}?json=1")
    assert answer["Content-Type"] == "application/ld+json"
    found = json.loads(answer.content)
    assert set(found) >= RECEIPT
    record = found["dpv:hasRecordOfActivity"]
    assert set(record) >= RECORD
    assert record["dpv:hasLegalBasis"] == "eu-gdpr:A6-1-a"
    given = record["dpv:hasConsentStatus"][0]
    assert given["@type"] == ["dpv:ConsentGiven", "dpv:ExpressedConsent"]
    assert given["dpv:isIndicatedAtTime"]["@value"] == agreed.given_at.isoformat(timespec="seconds")
    assert record["dpv:hasNotice"][0]["dct:description"] == {"@value": agreed.text.text_fi, "@language": "fi"}
    assert {"dpv:hasName": "Koskimaan Kauppakamari ry", "@type": "dpv:Recipient"} in record["dpv:hasProcess"][0]["dpv:hasRecipient"]
    prefixes = {key.split(":")[0] for key in keys_of({k: v for k, v in found.items() if k != "@context"}) if ":" in key}
    assert prefixes <= set(CONTEXT)
    assert "Kaisa" not in answer.content.decode()
    with act_as(holder):
        take_back(by=holder, case=case, consent=agreed, way="link")
    ended = json.loads(client.get(f"{place}?json=1").content)["dpv:hasRecordOfActivity"]["dpv:hasConsentStatus"]
    assert [each["@type"][0] for each in ended] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert "Saan palvelua, vaikka en suostu" in client.get(place).content.decode()


def test_staff_export_the_receipt_and_nobody_else_does(client_of: ClientOf, case: Case, agreed: Consent, cast: Cast) -> None:
    place = f"/asia/{case.number}/suostumukset/{agreed.pk}/?json=1"
    assert client_of(cast.adviser).get(place).status_code == 200
    for who in (cast.partner, cast.outsider, cast.national):
        assert client_of(who).get(place).status_code in (403, 404)


def test_whoever_is_let_reads_what_was_passed_and_is_seen_by_the_customer(
    client: Client, client_of: ClientOf, case: Case, agreed: Consent, cast: Cast
) -> None:
    partner, own = client_of(cast.partner), f"/s/{first_token(case)}/tietoni/"
    assert "Kaisa Kahvila" in partner.get("/valitetyt/").content.decode()
    for _ in range(2):
        page = partner.get(f"/valitetyt/{case.customer_id}/").content.decode()
    assert "kaisa@customer.example" in page
    assert case.subject in page
    assert "Mistä saan rahoitusta laitteisiin" not in page.replace(case.subject, "")
    client_of(cast.adviser).get(f"/asia/{case.number}/")
    assert Look.objects.count() == 2
    shown = client.get(own).content.decode()
    assert "Pekka Partner" in shown
    assert "Aino Adviser" in shown
    assert client_of(cast.outsider).get(f"/valitetyt/{case.customer_id}/").status_code == 404
    assert "Kaisa" not in client_of(cast.outsider).get("/valitetyt/").content.decode()
    assert client_of(cast.coordinator).get("/valitetyt/").status_code == 403
    for words in ("Kahvila", "kaisa", "kaisa@customer.example"):
        assert f"/valitetyt/{case.customer_id}/" in partner.get("/haku", {"q": words}).content.decode()
        assert f"/valitetyt/{case.customer_id}/" not in client_of(cast.adviser).get("/haku", {"q": words}).content.decode()
        assert f"/valitetyt/{case.customer_id}/" not in client_of(cast.outsider).get("/haku", {"q": words}).content.decode()


def test_looks_are_the_customers_alone_and_nobody_makes_them_up(client_of: ClientOf, case: Case, agreed: Consent, cast: Cast) -> None:
    client_of(cast.adviser).get(f"/asia/{case.number}/")
    for who in cast.staff:
        with act_as(who.actor):
            assert not Look.objects.exists(), who.name
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Look.objects.all().delete()


def test_shipped_grounds_let_public_actors_know_that_a_company_is_a_customer_and_no_more(cast: Cast) -> None:
    with act_as(cast.admin.actor) as admin:
        load_grounds(by=admin)
        load_grounds(by=admin)
    assert set(LegalGround.objects.filter(ground="law").values_list("group", flat=True)) <= {"relation"}
    assert not LegalGround.objects.filter(ground="law", organisation_type__is_private=True).exists()


def test_national_owner_changes_a_ground_and_the_former_one_is_told(client_of: ClientOf, case: Case, agreed: Consent, cast: Cast) -> None:
    place = f"/tietojen-perusteet/{cast.partners.type.code}/service/contact"
    national, partner = client_of(cast.national), client_of(cast.partner)
    assert "Kaisa Kahvila" in partner.get("/valitetyt/").content.decode()
    assert national.submit(national.get(place), {"ground": "law", "basis": ""}).status_code == 422
    assert national.submit(national.get(place), {"ground": "never", "basis": "Päätös 12.3."}).status_code == 302
    assert "Kaisa Kahvila" not in partner.get("/valitetyt/").content.decode()
    table = partner.get("/tietojen-perusteet/").content.decode()
    assert "Päätös 12.3." in table
    assert "Mitä se oli ennen" in table
    for who in (cast.adviser, cast.coordinator, cast.area):
        assert client_of(who).get(place).status_code == 403
        assert client_of(who).get("/tietojen-perusteet/").status_code == 200
