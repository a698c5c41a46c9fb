"""The right to the common mark, and the promises of an agreement."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.utils import translation

from luukku.agreements.actions.life import add_promise, review_promise
from luukku.agreements.actions.marking import apply, decide, judge, meet_conditions, note_use, prepare, present
from luukku.agreements.actions.sweeping import sweep
from luukku.agreements.enums import Criterion
from luukku.agreements.mails import notice
from luukku.agreements.models import Agreement, MarkApplication, MarkCriterion, Party, Promise
from luukku.agreements.queries.due import my_due
from luukku.agreements.queries.lists import region_rows
from luukku.agreements.queries.marks import mark_page, register
from luukku.agreements.queries.pages import agreement_page, document_page
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.plans.models import Measure
from tests.agreements.conftest import day, in_force_now
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def applied(cast: Cast, in_force: Agreement) -> MarkApplication:
    with act_as(cast.coordinator.actor) as by:
        return apply(by=by, agreement=Agreement.objects.select_related("region", "coordinating").get(pk=in_force.pk), words="Valmiina")


def granted(cast: Cast, applied: MarkApplication) -> MarkApplication:
    with act_as(cast.area.actor) as by:
        judge(by=by, application=applied, judgements={each.value: ("met", "Nähty paikan päällä") for each in Criterion})
        prepare(by=by, application=applied, words="Valmisteltu")
        present(by=by, application=applied, words="Esitelty")
    with act_as(cast.national.actor) as by:
        return decide(by=by, application=applied, state="granted", reasons="Kriteerit täyttyvät.")


def test_system_sees_what_is_there_beside_the_evaluators_word(cast: Cast, applied: MarkApplication) -> None:
    seen = dict(MarkCriterion.objects.filter(application=applied).values_list("code", "seen"))
    assert len(seen) == 8
    assert seen["coordinated"]
    assert seen["shared"]
    assert not seen["organised"]  # no state office, no employment office
    with act_as(cast.area.actor) as by:
        with pytest.raises(RuleBroken):
            judge(by=by, application=applied, judgements={"organised": ("met", "")})
        with pytest.raises(RuleBroken):
            prepare(by=by, application=applied, words="Liian aikaisin")
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotAllowed):
        judge(by=by, application=applied, judgements={"shared": ("met", "")})


def test_what_the_system_saw_is_read_in_each_readers_language(cast: Cast, applied: MarkApplication) -> None:
    granted(cast, applied)
    criterion = MarkCriterion.objects.get(application=applied, code="named")
    said = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            said[language] = criterion.evidence_said
    assert said["fi"].startswith("Osapuolten nimettyjä henkilöitä")
    assert said["en"].startswith("Named people of the parties")
    assert len(set(said.values())) == 3


def test_mark_is_decided_by_whom_the_rule_names_and_its_use_is_public(
    cast: Cast, applied: MarkApplication, client: Client, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.area.actor) as by, pytest.raises(NotAllowed):
        decide(by=by, application=applied, state="granted", reasons="En saa")
    assert "Koskimaa" not in client.get("/merkki/").content.decode()
    held = granted(cast, applied)
    assert held.last_day is not None
    party = Party.objects.select_related("agreement").filter(agreement=applied.agreement)[0]
    with act_as(cast.coordinator.actor) as by:
        note_use(by=by, party=party, kind="web", place="Kotisivun alaosa", guide="1.0")
    words = client.get("/merkki/").content.decode()
    assert "Koskimaa" in words
    assert "Kotisivun alaosa" in words
    assert client_of(cast.national).get(f"/merkki/{applied.pk}/").status_code == 200
    assert client_of(cast.outsider).get(f"/sopimukset/{applied.agreement_id}/").status_code == 404


def test_a_returned_application_opens_nothing_and_can_be_made_anew(cast: Cast, applied: MarkApplication) -> None:
    with act_as(cast.area.actor) as by:
        judge(by=by, application=applied, judgements={each.value: ("unmet", "Puuttuu") for each in Criterion})
        prepare(by=by, application=applied, words="Valmisteltu")
        present(by=by, application=applied, words="Esitelty")
    with act_as(cast.national.actor) as by:
        with pytest.raises(RuleBroken):
            decide(by=by, application=applied, state="conditional", reasons="Melkein")
        decide(by=by, application=applied, state="returned", reasons="Ohjausryhmä puuttuu.")
    with act_as(PUBLIC):
        assert not register(PUBLIC).holders
    with act_as(cast.coordinator.actor) as by:
        assert apply(by=by, agreement=applied.agreement).pk != applied.pk


def words_due(who: Member) -> list[tuple[date, str]]:
    with act_as(who.actor) as actor:
        return [(each.day, each.words) for each in my_due(actor) if "merk" in each.words]


def swept(days: int) -> list[str]:
    """What the night so many days from now tells of marks."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    with act_as_house("the night's sweep") as house, translation.override("fi"):
        sweep(by=house, today=day(days))
        new = OutgoingMail.objects.filter(kind="agreements.notice").exclude(pk__in=before).order_by("id")
        return [content.context["headline"] for each in new if each.facts["mark"] and (content := notice(each)) is not None]


def test_each_step_of_the_mark_stands_among_the_tasks_of_whoever_takes_it(cast: Cast, applied: MarkApplication) -> None:
    with translation.override("fi"):
        assert words_due(cast.area) == [(day(14), "Valmistele oikeus yhteiseen merkkiin")]
        assert words_due(cast.national) == words_due(cast.coordinator) == words_due(cast.outsider) == []
        granted(cast, applied)
        assert words_due(cast.area) == words_due(cast.national) == words_due(cast.coordinator) == []


def test_conditions_of_the_mark_are_told_in_time_until_whoever_decides_sees_them_met(
    cast: Cast, applied: MarkApplication, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.area.actor) as by:
        judge(by=by, application=applied, judgements={each.value: ("met", "Nähty") for each in Criterion})
        prepare(by=by, application=applied, words="Valmisteltu")
        present(by=by, application=applied, words="Esitelty")
    with translation.override("fi"):
        assert words_due(cast.national) == [(day(14), "Päätä oikeudesta yhteiseen merkkiin")]
    with act_as(cast.national.actor) as by:
        decide(by=by, application=applied, state="conditional", reasons="Melkein", conditions="Ohjausryhmä nimetään", conditions_by=day(40))
    with translation.override("fi"):
        assert words_due(cast.coordinator) == [(day(40), "Täytä yhteisen merkin ehdot")]
        assert words_due(cast.national) == [(day(40), "Katso, täyttyvätkö yhteisen merkin ehdot")]
    assert swept(0) == ["Yhteisen merkin ehdot on täytettävä: Koskimaa"]
    assert (swept(1), len(swept(27)), swept(41)) == ([], 1, [])
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotAllowed):
        meet_conditions(by=by, application=applied, words="Tehty")
    browser = client_of(cast.national)
    form = browser.get(f"/merkki/{applied.pk}/ehdot")
    assert "Ohjausryhmä nimetään" in form.content.decode()
    assert browser.submit(form, {"words": "Nimetty 1.12."}).status_code == 302
    page = client_of(cast.coordinator).get(f"/merkki/{applied.pk}/").content.decode()
    assert ("Nimetty 1.12." in page, "Myönnetty ehdoin" in page) == (True, True)
    applied.refresh_from_db()
    assert applied.state == "granted"
    assert words_due(cast.coordinator) == words_due(cast.national) == []
    with act_as(cast.national.actor) as by, pytest.raises(RuleBroken):
        meet_conditions(by=by, application=applied, words="Uudelleen")


def test_end_of_a_right_to_the_mark_is_told_until_it_is_applied_for_anew(cast: Cast, applied: MarkApplication) -> None:
    held = granted(cast, applied)
    assert words_due(cast.coordinator) == []
    MarkApplication.objects.filter(pk=held.pk).update(last_day=day(50))
    with translation.override("fi"):
        assert words_due(cast.coordinator) == [(day(50), "Hae oikeutta yhteiseen merkkiin uudelleen")]
    assert swept(0) == ["Oikeus yhteiseen merkkiin päättyy pian: Koskimaa"]
    assert (swept(1), len(swept(37))) == ([], 1)
    with act_as(cast.coordinator.actor) as by:
        apply(by=by, agreement=applied.agreement)
    assert (words_due(cast.coordinator), swept(45)) == ([], [])


def test_a_promise_that_is_not_kept_becomes_a_measure(cast: Cast, in_force: Agreement) -> None:
    party = Party.objects.select_related("agreement").filter(agreement=in_force)[0]
    with act_as(cast.coordinator.actor) as by:
        promise = add_promise(by=by, party=party, kind="people", words="Kaksi neuvojaa")
        promise = Promise.objects.select_related("agreement").get(pk=promise.pk)
        with pytest.raises(RuleBroken):
            review_promise(by=by, promise=promise, state="broken")
        review = review_promise(by=by, promise=promise, state="broken", measure="Nimetään toinen neuvoja", measure_due=day(30))
        again = review_promise(by=by, promise=promise, state="broken", measure="Nimetään toinen neuvoja", measure_due=day(30))
        assert (again.pk, again.row_id) == (review.pk, review.row_id)
        measure = Measure.objects.get()
        assert (measure.plan.kind.code, measure.words, measure.goal, measure.due_on) == (
            "action",
            "Nimetään toinen neuvoja",
            "Kaksi neuvojaa",
            day(30),
        )
        assert review_promise(by=by, promise=promise, state="kept", remark="Nimetty").pk == review.pk
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_promise_and_its_measure_lead_to_each_other(cast: Cast, in_force: Agreement, client_of: Callable[[Member], Client]) -> None:
    party = Party.objects.select_related("agreement").filter(agreement=in_force)[0]
    with act_as(cast.coordinator.actor) as by:
        made = add_promise(by=by, party=party, kind="people", words="Kaksi neuvojaa")
    browser = client_of(cast.coordinator)
    form = browser.get(f"/sopimukset/{in_force.pk}/lupaukset/{made.pk}")
    said = {"state": "broken", "measure": "Nimetään toinen neuvoja", "measure_due": day(30).isoformat()}
    assert browser.submit(form, said).status_code == 302
    measure = Measure.objects.get()
    assert f"/toimenpiteet/{measure.pk}/" in browser.get(f"/sopimukset/{in_force.pk}/lupaukset").content.decode()
    page = browser.get(f"/toimenpiteet/{measure.pk}/").content.decode()
    assert ("Kaksi neuvojaa" in page, f"/sopimukset/{in_force.pk}/lupaukset" in page) == (True, True)


def test_pages_cost_the_same_however_many_parties_there_are(
    cast: Cast, in_force: Agreement, sql_count: Callable[..., AbstractContextManager[object]], as_: Callable[..., AbstractContextManager[object]]
) -> None:
    document = in_force.documents.get()
    with act_as(cast.coordinator.actor) as by:
        with sql_count(at_most=12):
            agreement_page(by, in_force.pk)
        with sql_count(at_most=10):
            document_page(by, document.pk)
    with act_as(cast.national.actor) as by, sql_count(at_most=6):
        region_rows(by)


def test_mark_page_and_register_cost_a_fixed_number(
    cast: Cast, applied: MarkApplication, sql_count: Callable[..., AbstractContextManager[object]]
) -> None:
    granted(cast, applied)
    with act_as(cast.coordinator.actor) as by:
        with sql_count(at_most=6):
            mark_page(by, applied.pk)
        with sql_count(at_most=7):
            register(by)


def test_a_public_agreement_is_read_by_everybody_and_its_drafts_by_none(cast: Cast, client: Client) -> None:
    agreement = in_force_now(cast, visibility="public")
    words = client.get(f"/sopimukset/{agreement.pk}/").content.decode()
    assert "Koskimaan Kauppakamari" in words
    document = agreement.documents.get()
    assert client.get(f"/sopimukset/asiakirja/{document.pk}/").status_code == 200
    assert client.get(f"/sopimukset/asiakirja/{document.pk}/teksti.txt").status_code == 200
    assert client.get(f"/sopimukset/asiakirja/{document.pk}/versiot").status_code == 302


def test_promise_ends_only_after_asking(cast: Cast, in_force: Agreement, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.coordinator.actor) as by:
        party = Party.objects.select_related("agreement").filter(agreement=in_force)[0]
        made = add_promise(by=by, party=party, kind="people", words="Kaksi neuvojaa")
    browser = client_of(cast.coordinator)
    page = browser.get(f"/sopimukset/{in_force.pk}/lupaukset").content.decode()
    url = f"/sopimukset/{in_force.pk}/lupaukset/{made.pk}/paata"
    assert f'href="{url}"' in page
    asked = browser.get(url)
    made.refresh_from_db()
    assert (asked.status_code, "Kaksi neuvojaa" in asked.content.decode(), made.ended_at) == (200, True, None)
    assert browser.submit(asked).status_code == 302
    made.refresh_from_db()
    assert made.ended_at is not None
