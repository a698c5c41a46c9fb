"""From an empty region to a closed plan, as people use it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from luukku.core.models import OutgoingMail
from luukku.governance.models import Decision, Meeting
from luukku.plans.models import Measure, Note, Plan, PlanKind, Snapshot
from luukku.plans.queries.seats import Key, value_of
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_plan_is_begun_commented_approved_followed_and_closed(client_of: ClientOf, cast: Cast, held: Meeting, adviser_seat: Key, today: date) -> None:
    coordinator, partner, adviser = (client_of(each) for each in (cast.coordinator, cast.partner, cast.adviser))
    assert "Ei vielä suunnitelmia" in coordinator.get("/suunnitelmat/").content.decode()
    kind = str(PlanKind.objects.get(code="action").pk)
    begun = coordinator.submit(coordinator.get("/suunnitelmat/uusi"), {"kind": kind, "year": str(today.year)})
    plan = Plan.objects.get()
    url = begun.headers["Location"]
    assert url == f"/suunnitelmat/{plan.pk}/"
    basic = coordinator.get(f"{url}muokkaa")
    assert coordinator.submit(basic, {"mission": "Yksi luukku", "priorities": "Omistajanvaihdokset"}, form="form").status_code == 302
    new = coordinator.get(f"{url}toimenpide")
    failed = coordinator.submit(new, {"goal": "Kasvu", "words": " "}, form="form")
    assert (failed.status_code, "Kasvu" in failed.content.decode()) == (422, True)
    said = {
        "words": "Käydään yhdessä yrityksissä", "lead": value_of(adviser_seat), "indicator_kind": "number", "indicator": "Käynnit",
        "target_value": "20", "points": f"31.12.{today.year} puolet tehty",
    }  # fmt: skip
    assert coordinator.submit(new, said, form="form").status_code == 302
    assert partner.get(url).status_code == 200
    assert coordinator.submit(coordinator.get(f"{url}kommenteille")).status_code == 302
    assert OutgoingMail.objects.filter(kind="plans.comments").exists()
    assert partner.submit(partner.get(url), {"words": "Mukaan myös yksinyrittäjät"}, form="comment").status_code == 302
    refused = coordinator.get(f"{url}hyvaksy")
    assert coordinator.submit(refused, {"decision": f"m{held.pk}"}).status_code == 422
    answered = coordinator.get(f"{url}vastaus/{Note.objects.get().pk}")
    assert coordinator.submit(answered, {"reply": "Lisättiin"}).status_code == 302
    assert coordinator.submit(coordinator.get(f"{url}hyvaksy"), {"decision": f"m{held.pk}"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.decision_id) == ("followed", Decision.objects.get().pk)
    assert Snapshot.objects.get().body["measures"][0]["words"] == "Käydään yhdessä yrityksissä"
    _follow_and_close(coordinator, adviser, plan, url, adviser_seat)


def _follow_and_close(coordinator: Client, adviser: Client, plan: Plan, url: str, adviser_seat: Key) -> None:
    measure = Measure.objects.get()
    own = adviser.get(f"/toimenpiteet/{measure.pk}/eteneminen")
    assert adviser.submit(own, {"value": "6", "words": "Kuusi käyntiä", "state": "going"}).status_code == 302
    assert "Kuusi käyntiä" in adviser.get(url).content.decode()
    assert adviser.submit(adviser.get(f"/toimenpiteet/{measure.pk}/"), form="as-before").status_code == 302
    ending = {f"state-{measure.pk}": "not-done", f"outcome-{measure.pk}": "Kesken jäi", f"carry-{measure.pk}": "on", "words": "Hyvä alku"}
    assert coordinator.submit(coordinator.get(f"{url}sulje"), ending, form="form").status_code == 302
    plan.refresh_from_db()
    assert plan.state == "closed"
    after = Measure.objects.get(plan__year=plan.year + 1)
    assert (after.carried_from_id, after.plan.state, after.start_value, after.seats.get().key) == (measure.pk, "draft", Decimal(6), adviser_seat)
    assert "Kesken jäi" in coordinator.get(f"{url}sellaisena/2").content.decode()
    assert "Yksi luukku" in coordinator.get(f"{url}perussivu").content.decode()


def test_two_who_write_one_measure_at_once_see_both_texts_and_lose_none(client_of: ClientOf, cast: Cast, measure: Measure) -> None:
    one, two = client_of(cast.coordinator), client_of(cast.coordinator)
    first, second = one.get(f"/toimenpiteet/{measure.pk}/muokkaa"), two.get(f"/toimenpiteet/{measure.pk}/muokkaa")
    assert one.submit(first, {"goal": "Tunnetaan yritykset"}, form="form").status_code == 302
    overtaken = two.submit(second, {"goal": "Kasvua kylille", "resources": "40 h"}, form="form")
    page = overtaken.content.decode()
    assert overtaken.status_code == 422
    assert "Tunnetaan yritykset" in page
    assert page.count("Kasvua kylille") >= 2  # beside the other, and in the form
    assert two.submit(overtaken, {"goal": "Tunnetaan yritykset, kasvua kylille"}, form="form").status_code == 302
    measure.refresh_from_db()
    assert (measure.goal, measure.resources, measure.version) == ("Tunnetaan yritykset, kasvua kylille", "40 h", 3)


def test_draft_that_nobody_needs_is_taken_away_and_an_approved_one_stays(cast: Cast, draft: Plan, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get(f"/suunnitelmat/{draft.pk}/poista")
    assert browser.submit(page).status_code == 302
    assert not Plan.objects.filter(pk=draft.pk).exists()
