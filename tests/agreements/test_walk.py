"""From a draft to an agreement in force, as people use it."""

import hashlib
from collections.abc import Callable

from luukku.agreements.access import link_token
from luukku.agreements.models import Agreement, Comment, Document, Party, Section, Signatory
from luukku.network.models import Participation
from tests.agreements.conftest import OPEN_POINT, day
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory
from tests.harness.client import Client
from tests.harness.papers import check_accessible


def test_coordinator_drafts_from_the_networks_text_and_others_comment(client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser = client_of(cast.coordinator)
    assert "Ei vielä sopimusta" in browser.get("/sopimukset/").content.decode()
    form = browser.get("/sopimukset/uusi")
    assert browser.submit(form, {"title": ""}).status_code == 422
    made = browser.submit(form, {"title": "Koskimaan sopimus", "first_day": day(10).isoformat(), "coordinating": str(cast.here.organisation.pk)})
    assert made.status_code == 302
    agreement = Agreement.objects.get()
    assert Party.objects.filter(agreement=agreement).count() == 2
    document = Document.objects.get()
    page = browser.get(f"/sopimukset/asiakirja/{document.pk}/")
    assert "Ohjausryhmä" in page.content.decode()
    section = Section.objects.get(document=document, code="purpose")
    edit = browser.get(f"/sopimukset/asiakirja/{document.pk}/kohta/{section.pk}")
    assert browser.submit(edit, {"body": "Palvellaan yhdessä."}).status_code == 302
    partner = client_of(cast.partner)
    shown = partner.get(f"/sopimukset/asiakirja/{document.pk}/")
    assert "Palvellaan yhdessä." in shown.content.decode()
    assert partner.submit(shown, {"words": "Lisätään kunnat."}, form=f"comment{section.pk}").status_code == 302
    assert Comment.objects.get().organisation == cast.partners
    page = browser.get(f"/sopimukset/asiakirja/{document.pk}/")
    assert browser.submit(page, {"reply": "Lisätty", "do": "take"}, form=f"settle{Comment.objects.get().pk}").status_code == 302
    assert Comment.objects.get().taken
    for who in (cast.outsider, cast.shepherd):
        assert client_of(who).get(f"/sopimukset/asiakirja/{document.pk}/").status_code == 404
    changed = browser.get(f"/sopimukset/asiakirja/{document.pk}/versiot?a=1&b=2").content.decode()
    assert "<ins>" in changed
    assert "<del>" in changed


def test_two_who_write_one_section_lose_nothing(client_of: Callable[[Member], Client], cast: Cast, draft: Agreement) -> None:
    browser = client_of(cast.coordinator)
    document = Document.objects.get(agreement=draft)
    section = Section.objects.filter(document=document)[0]
    url = f"/sopimukset/asiakirja/{document.pk}/kohta/{section.pk}"
    mine, hers = browser.get(url), browser.get(url)
    assert browser.submit(hers, {"body": "Hänen tekstinsä"}).status_code == 302
    refused = browser.submit(mine, {"body": "Minun tekstini"})
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "Minun tekstini" in words
    assert "Hänen tekstinsä" in words


def test_text_is_signed_by_links_and_the_agreement_is_in_force(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, draft: Agreement, run_jobs: Callable[..., int]
) -> None:
    browser = client_of(cast.coordinator)
    document = Document.objects.get(agreement=draft)
    page = browser.get(f"/sopimukset/asiakirja/{document.pk}/")
    assert browser.submit(page, form="send-out").status_code == 302
    document.refresh_from_db()
    assert document.state == "out"
    assert hashlib.sha256(document.body.encode()).hexdigest() == document.digest
    assert not OPEN_POINT.search(document.body)
    for signatory in Signatory.objects.filter(document=document):
        own = client.get(f"/y/{link_token(signatory)}/")
        words = own.content.decode()
        assert document.digest in words
        assert client.submit(own, form="sign-text").status_code == 302
        plain = client.get(f"/y/{link_token(signatory)}/teksti.txt")
        assert hashlib.sha256(plain.content).hexdigest() == document.digest
    run_jobs()
    draft.refresh_from_db()
    assert draft.signed_at is not None
    assert set(Party.objects.filter(agreement=draft).values_list("first_day", flat=True)) == {draft.first_day}
    assert "Voimassa" in browser.get(f"/sopimukset/{draft.pk}/").content.decode()
    words = check_accessible(browser.get(f"/sopimukset/asiakirja/{document.pk}/tuloste.pdf").content, draft.title)
    assert document.digest in "".join(words.split())


def test_a_party_joins_by_annex_and_takes_part_from_its_day(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, in_force: Agreement, run_jobs: Callable[..., int]
) -> None:
    new = OrganisationFactory.create(code="uusi", name_fi="Uusi Kunta")
    browser = client_of(cast.coordinator)
    form = browser.get(f"/sopimukset/{in_force.pk}/liity")
    made = browser.submit(form, {"organisation": str(new.pk), "first_day": day(0).isoformat()})
    assert made.status_code == 302
    document = Document.objects.get(kind="join")
    for organisation in (new, cast.here.organisation):
        who = browser.get(f"/sopimukset/asiakirja/{document.pk}/allekirjoittaja/{organisation.pk}")
        assert browser.submit(who, {"outside_name": "Johtaja", "outside_email": f"j{organisation.pk}@x.example"}).status_code == 302
    assert browser.submit(browser.get(f"/sopimukset/asiakirja/{document.pk}/"), form="send-out").status_code == 302
    for signatory in Signatory.objects.filter(document=document):
        assert client.submit(client.get(f"/y/{link_token(signatory)}/"), form="sign-text").status_code == 302
    run_jobs()
    assert Participation.objects.get(organisation=new, region=cast.here.region).valid_from == day(0)
    assert Party.objects.get(agreement=in_force, organisation=new).joined_at is not None
