"""A reform from the page of an organisation to its report, as the network's keeper does it."""

from collections.abc import Callable

from django.core import mail as django_mail

from luukku.network.models import Organisation, Reform
from luukku.network.models.reforms import ReformState
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_keeper_merges_two_organisations_and_undoes_it(client_of: ClientOf, cast: Cast, run_jobs: Callable[..., int]) -> None:
    browser = client_of(cast.national)
    code = cast.partners.code
    page = browser.get(f"/verkosto/organisaatiot/{code}/muutos")
    assert f"/verkosto/organisaatiot/{code}/muutos/yhdisty" in page.content.decode()
    form = browser.get(f"/verkosto/organisaatiot/{code}/muutos/yhdisty")
    assert "yhdistyy toiseen organisaatioon" in form.content.decode()
    failed = browser.submit(form, {"why": "Vuosikokouksen päätös"})
    assert failed.status_code == 422
    assert "Vuosikokouksen päätös" in failed.content.decode()
    sent = browser.submit(form, {"new_name": "Uusi Kamari ry", "is_legal": "yes", "why": "Vuosikokouksen päätös"})
    address = sent.headers["Location"]
    assert "lasketaan" in browser.get(address).content.decode()
    run_jobs()
    page = browser.get(address)
    assert "Tiskit" in page.content.decode()
    assert "Uusi Kamari ry" in page.content.decode()
    assert browser.submit(page, form="decide").status_code == 302
    run_jobs()
    assert Reform.objects.get().state == ReformState.DONE
    assert any("Uusi Kamari" in sent.subject for sent in django_mail.outbox)
    old = browser.get(f"/verkosto/organisaatiot/{code}/").content.decode()
    assert "Uusi Kamari ry" in old
    confirm = browser.get(f"{address}peru")
    assert browser.submit(confirm).status_code == 302
    run_jobs()
    assert Reform.objects.get().state == ReformState.UNDONE
    assert "Peruttu" in browser.get(address).content.decode()
    assert Organisation.objects.get(code=code).deactivated_at is None


def test_organisations_that_merge_into_the_same_are_added_one_by_one(client_of: ClientOf, cast: Cast, run_jobs: Callable[..., int]) -> None:
    browser = client_of(cast.admin)
    form = browser.get(f"/verkosto/organisaatiot/{cast.partners.code}/muutos/yhdisty")
    sent = browser.submit(form, {"target": str(cast.here.organisation.pk), "is_legal": "no"})
    address = sent.headers["Location"]
    run_jobs()
    more = browser.get(f"{address}lisaa")
    assert browser.submit(more, {"source": str(cast.there.organisation.pk), "is_legal": "yes"}).status_code == 302
    run_jobs()
    page = browser.get(address)
    assert cast.there.organisation.name_fi in page.content.decode()
    assert Reform.objects.get().moves.count() == 2
    drop = Reform.objects.get().moves.order_by("position")[0]
    assert browser.submit(page, form=f"drop{drop.pk}").status_code == 302
    assert Reform.objects.get().moves.get().source == cast.there.organisation


def test_organisation_gives_a_part_and_gets_a_name_and_a_parent(client_of: ClientOf, cast: Cast, run_jobs: Callable[..., int]) -> None:
    browser = client_of(cast.national)
    base = f"/verkosto/organisaatiot/{cast.partners.code}/muutos"
    split = browser.get(f"{base}/jaa")
    assert browser.submit(split, {"target": str(cast.here.organisation.pk)}).status_code == 422
    assert browser.submit(split, {"target": str(cast.here.organisation.pk), "people": str(cast.partner.someone.pk)}).status_code == 302
    for path, data in (("nimi", {"name_fi": "Kamari uusi ry"}), ("osaksi", {"parent": str(cast.here.organisation.pk)})):
        sent = browser.submit(browser.get(f"{base}/{path}"), data)
        run_jobs()
        browser.submit(browser.get(sent.headers["Location"]), form="decide")
        run_jobs()
    found = Organisation.objects.get(pk=cast.partners.pk)
    assert (found.name_fi, found.parent) == ("Kamari uusi ry", cast.here.organisation)


def test_name_that_it_has_already_is_refused_with_what_to_mend(client_of: ClientOf, cast: Cast) -> None:
    browser = client_of(cast.national)
    failed = browser.submit(browser.get(f"/verkosto/organisaatiot/{cast.partners.code}/muutos/nimi"))
    assert failed.status_code == 422
    assert "on jo tämä nimi" in failed.content.decode()
    assert not Reform.objects.exists()


def test_reforms_are_the_keepers_alone(client_of: ClientOf, cast: Cast) -> None:
    for member in (cast.coordinator, cast.adviser, cast.area):
        browser = client_of(member)
        assert browser.get("/verkosto/muutokset/").status_code == 403
        assert browser.get(f"/verkosto/organisaatiot/{cast.partners.code}/muutos").status_code == 403
    assert client_of(cast.national).get("/verkosto/muutokset/").status_code == 200
