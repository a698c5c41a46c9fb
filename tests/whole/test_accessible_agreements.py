"""Pages of agreements and the mark hold axe-core and a phone's width when they are full: a crawl of the fixed world meets them empty."""

from collections.abc import Callable
from datetime import date

from luukku.agreements.access import link_token
from luukku.agreements.actions.life import add_promise, review_promise
from luukku.agreements.actions.marking import apply
from luukku.agreements.models import Agreement, Document, Party, Promise, Signatory
from luukku.core.actor import act_as
from tests.agreements.conftest import day, drafted, in_force_now
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.whole.crawl import Shown
from tests.whole.test_accessibility import Examine, examine, page, shown_pages

__all__ = ("examine", "page", "shown_pages")


def test_full_pages_of_agreements_are_accessible(client: Client, client_of: Callable[[Member], Client], cast: Cast, examine: Examine) -> None:
    agreement = in_force_now(cast, visibility="public")
    browser, pk = client_of(cast.coordinator), agreement.pk
    with act_as(cast.coordinator.actor) as by:
        party = Party.objects.select_related("agreement").filter(agreement=agreement)[0]
        promise = add_promise(by=by, party=party, kind="people", words="Kaksi neuvojaa")
        review_promise(
            by=by, promise=Promise.objects.select_related("agreement").get(pk=promise.pk), state="broken", measure="Nimetään", measure_due=day(3)
        )
        mark = apply(by=by, agreement=Agreement.objects.select_related("region", "coordinating").get(pk=pk))
    draft = drafted(cast, title="Seuraava", first_day=date(2031, 1, 1))
    document = Document.objects.get(agreement=draft)
    paths = ["/sopimukset/", f"/sopimukset/{pk}/", f"/sopimukset/{pk}/lupaukset", f"/sopimukset/asiakirja/{document.pk}/", f"/merkki/{mark.pk}/"]
    paths += [f"/sopimukset/asiakirja/{document.pk}/versiot?a=1&b=9", "/sopimukset/pohja/", "/merkki/", f"/sopimukset/{pk}/eroa"]
    found = [fault for path in paths for fault in examine(Shown(path, "", browser.get(path).content.decode()), 1280)]
    found += [fault for path in (f"/sopimukset/{pk}/",) for fault in examine(Shown(path, "", browser.get(path).content.decode()), 390)]
    national = client_of(cast.national)
    found += examine(Shown("/sopimukset/", "", national.get("/sopimukset/").content.decode()), 1280)
    signed = Document.objects.get(agreement=agreement)
    own = f"/y/{link_token(Signatory.objects.filter(document=signed)[0])}/"
    found += examine(Shown(own, "", client.get(own).content.decode()), 1280)
    assert found == []
