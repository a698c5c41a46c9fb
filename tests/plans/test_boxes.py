"""The box of ideas: what is old stays tied, what is much comes in pages, and a customer puts hers in from the region's door."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.models import OutgoingMail
from luukku.governance.models import Decision, Meeting
from luukku.plans import mails
from luukku.plans.actions.boxes import answer_idea, forget_addresses, give_idea
from luukku.plans.models import Idea, Plan
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_decision_of_an_old_answer_stays_when_the_answer_is_mended(cast: Cast, client_of: ClientOf, held: Meeting, followed: Plan) -> None:
    decision = Decision.objects.get()
    with act_as(cast.coordinator.actor) as by:
        idea = give_idea(by=by, region=cast.here.region, words="Iltavastaanotto")
        answer_idea(by=by, idea=idea, state="taken", answer="Kokeillaan", decision=decision)
    Meeting.objects.filter(pk=held.pk).update(starts_at=timezone.now() - timedelta(days=900), ends_at=timezone.now() - timedelta(days=900))
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/suunnitelmat/ideat/{idea.pk}"), {"answer": "Kokeillaan syksyllä"}).status_code == 302
    idea.refresh_from_db()
    assert (idea.answer, idea.decision_id) == ("Kokeillaan syksyllä", decision.pk)


def test_every_idea_is_reached_page_by_page(cast: Cast, client_of: ClientOf) -> None:
    ideas = [Idea(region=cast.here.region, words=f"Idea {n:03}", created_at=timezone.now() - timedelta(minutes=n)) for n in range(75)]
    Idea.objects.bulk_create(ideas)
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/ideat/?seutu={cast.here.region.code}"
    first = browser.get(url).content.decode()
    assert ("Idea 019" in first, "Idea 020" in first, "lista=ideat" in first) == (True, False, True)
    one = browser.get(f"{url}&lista=ideat").content.decode()
    assert ("Idea 049" in one, "Idea 050" in one) == (True, False)
    last = Idea.objects.get(words="Idea 049").pk
    two = browser.get(f"{url}&lista=ideat&after={last}").content.decode()
    assert ("Idea 050" in two, "Idea 074" in two, "Idea 049" in two) == (True, True, False)


def test_customer_gives_an_idea_once_without_signing_in_and_is_told_the_answer(cast: Cast, client: Client) -> None:
    page = client.get(f"/suunnitelmat/ideat/asiakas?region={cast.here.region.code}")
    assert client.submit(page, {"words": " "}, form="form").status_code == 422
    said = {"words": "Neuvontaa myös lauantaina", "email": "asiakas@example.org"}
    for _time in range(2):
        assert client.submit(page, said, form="form").headers["Location"] == f"/{cast.here.region.code}/"
    idea = Idea.objects.get()
    assert (idea.came, idea.person_id, idea.state, idea.email) == ("customer", None, "new", "asiakas@example.org")
    with act_as(cast.coordinator.actor) as by:
        answer_idea(by=by, idea=idea, state="taken", answer="Kokeillaan keväällä")
    content = mails.idea(OutgoingMail.objects.get(kind="plans.idea"))
    assert content is not None
    assert (content.to, content.context["answer"]) == ("asiakas@example.org", "Kokeillaan keväällä")
    with act_as_house("test"):
        assert (forget_addresses(timezone.now() + timedelta(days=13)), forget_addresses(timezone.now() + timedelta(days=15))) == (0, 1)
    assert mails.idea(OutgoingMail.objects.get(kind="plans.idea")) is None


def test_ideas_from_one_device_are_limited_and_words_come_back(cast: Cast, client: Client, settings: Any) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    page = client.get(f"/suunnitelmat/ideat/asiakas?region={cast.here.region.code}")
    answers = [client.submit(page, {"words": f"Idea {n}", "submit_key": str(uuid.uuid4())}, form="form") for n in range(11)]
    assert [each.status_code for each in answers] == [302] * 10 + [429]
    assert "Idea 10" in answers[-1].content.decode()


def test_customer_reads_nothing_of_the_box_and_reaches_no_closed_door(cast: Cast) -> None:
    Idea.objects.create(region=cast.here.region, words="Sisäinen")
    cast.there.region.is_live = False
    cast.there.region.save()
    with act_as(PUBLIC), connection.cursor() as cursor:
        cursor.execute("select count(*) from plans_idea")
        assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select wall.plans_give_idea(%s, 'x', '', 'fi')", [cast.there.region.pk])
