"""What stands beside the plan itself: sheets, costs, the state of the cooperation, ideas and proposals, decisions, the view from above."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.governance.models import Decision, Meeting
from luukku.governance.queries.pages import meeting_page
from luukku.network.enums import Role
from luukku.plans.access import visible_ideas
from luukku.plans.actions.boxes import answer_idea, answer_proposal, give_idea, send_proposal
from luukku.plans.actions.matrix import CellForm, make_measures, write_cell
from luukku.plans.actions.measures import add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan
from luukku.plans.actions.reminding import fill_figures
from luukku.plans.actions.sharing import BudgetForm, Part, confirm_share, set_budget, shared
from luukku.plans.actions.strategies import LineForm, tell_strategy
from luukku.plans.models import Idea, Measure, Plan, PlanKind, Share
from luukku.plans.queries.decided import agenda_lines
from luukku.plans.queries.matters import MATTERS
from luukku.plans.queries.overview import overview, years_of
from tests.cast import Cast, Member
from tests.factories.network import SeatFactory
from tests.harness.client import Client
from tests.harness.papers import check_accessible
from tests.plans.conftest import Form

Count = Callable[..., AbstractContextManager[object]]
ClientOf = Callable[[Member], Client]


def sheet_of(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def as_upload(book: Workbook) -> SimpleUploadedFile:
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("suunnitelma.xlsx", out.getvalue())


def test_sheet_goes_out_and_comes_back_with_a_report_before_anything_is_written(
    client_of: ClientOf, cast: Cast, measure: Measure, today: date
) -> None:
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{measure.plan_id}/taulukko"
    book = sheet_of(browser.get(f"{url}.xlsx").content)
    same = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form")
    assert "samat tiedot" in same.content.decode()
    heads = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, heads.index("Tavoite") + 1).value = "Tunnetaan kaikki"
    new = {"Toimenpide: mitä tehdään": "Teemailta", "Valmis viimeistään": f"30.11.{today.year}", "Paikka, joka sitä johtaa": "Kuka tahansa"}
    for place, head in enumerate(heads, start=1):
        book.worksheets[0].cell(3, place).value = new.get(head)
        book.worksheets[0].cell(4, place).value = (new | {"Paikka, joka sitä johtaa": ""}).get(head)
    report = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form")
    page = report.content.decode()
    assert "Tunnetaan kaikki" in page
    assert "Kuka tahansa" in page  # a seat that there is not: left out, and told
    measure.refresh_from_db()
    assert measure.goal == ""
    assert browser.submit(report, form="apply").status_code == 302
    measure.refresh_from_db()
    assert (measure.goal, measure.version) == ("Tunnetaan kaikki", 2)
    assert Measure.objects.filter(words="Teemailta").count() == 1
    overtaken = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form")
    assert "taulukon lataamisen jälkeen" in overtaken.content.decode()
    nonsense = browser.submit(browser.get(url), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 ei taulukko")}, form="form")
    assert nonsense.status_code == 422


def test_sheet_holds_check_points_lines_of_strategies_and_by_when_it_is_begun(
    client_of: ClientOf, cast: Cast, draft: Plan, form: Form, today: date
) -> None:
    organisation = cast.here.organisation
    with act_as(cast.coordinator.actor) as by:
        first, second = (
            tell_strategy(by=by, organisation=organisation, form=LineForm(name, today.year, today.year + 4)) for name in ("Elinvoimaa", "Kasvua")
        )
        row = form(begin_by=today, check_points=[(today + timedelta(days=9), "Puolet")], lines=[first])
        measure = add_measure(by=by, plan=draft, form=row)
        measure.check_points.update(done_at=timezone.now())
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{draft.pk}/taulukko"
    book = sheet_of(browser.get(f"{url}.xlsx").content)
    sheet = book.worksheets[0]
    place = {cell.value: cell.column for cell in sheet[1]}
    points, lines, begun = (
        place["Tarkistuspisteet, kukin omalla rivillään"],
        place["Strategian linjat, joita se palvelee, kukin omalla rivillään"],
        place["Aloitettava viimeistään"],
    )
    assert sheet.cell(2, points).value.endswith("Puolet")
    assert (sheet.cell(2, lines).value, sheet.cell(2, begun).value) == (first.label, f"{today:%d.%m.%Y}")
    assert "samat tiedot" in browser.submit(browser.get(url), {"file": as_upload(book)}, form="form").content.decode()
    sheet.cell(2, points).value += "\nensi viikolla kaikki"
    wrong = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form").content.decode()
    assert "ensi viikolla kaikki" in wrong
    assert "Kirjoita päivä" in wrong, "what cannot be read is told as on the form"
    day = today + timedelta(days=20)
    sheet.cell(2, points).value = sheet.cell(2, points).value.replace("ensi viikolla", f"{day:%d.%m.%Y}")
    sheet.cell(2, lines).value, sheet.cell(2, begun).value = f"{first.label}\n{second.label}", None
    assert browser.submit(browser.submit(browser.get(url), {"file": as_upload(book)}, form="form"), form="apply").status_code == 302
    measure.refresh_from_db()
    assert measure.begin_by is None
    assert [(point.words, point.done_at is not None) for point in measure.check_points.order_by("day")] == [("Puolet", True), ("kaikki", False)]
    assert {each.line_id for each in measure.lines.all()} == {first.pk, second.pk}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(total=st.integers(0, 10**9), given_weights=st.lists(st.integers(0, 10**6), max_size=12))
def test_shares_make_exactly_the_sum_and_follow_their_weights(total: int, given_weights: list[int]) -> None:
    whole, parts = Decimal(total) / 100, [Decimal(1), *map(Decimal, given_weights)]
    found = shared(whole, parts)
    assert sum(found, Decimal(0)) == whole
    exact = [whole * part / sum(parts, Decimal(0)) for part in parts]
    assert all(abs(one - other) < Decimal("0.02") for one, other in zip(found, exact, strict=True))


def test_party_confirms_exactly_its_share_and_anew_when_it_changes(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    head = cast.desklead
    SeatFactory.create(person=head.someone, role=Role.ORGANISATION_HEAD, organisation=cast.here.organisation, region=cast.here.region)
    parts = [Part(cast.here.organisation, Decimal(3), 40), Part(cast.partners, Decimal(1), 10)]
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(RuleBroken):
            set_budget(by=by, plan=draft, form=BudgetForm(Decimal(1000), "agreed", parts))
        set_budget(by=by, plan=draft, form=BudgetForm(Decimal(1000), "customers", parts, [("Esite", Decimal(600), Decimal(0))]))
    share = Share.objects.select_related("plan").get(organisation=cast.here.organisation)
    assert share.planned == Decimal(750)
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotAllowed):
        confirm_share(by=by, share=share, seen=(share.planned, share.hours_planned))
    with act_as(head.actor) as by:
        assert confirm_share(by=by, share=share, seen=(share.planned, share.hours_planned)).is_confirmed
    with act_as(cast.coordinator.actor) as by:
        set_budget(by=by, plan=draft, form=BudgetForm(Decimal(1200), "customers", parts))
    share.refresh_from_db()
    assert not share.is_confirmed
    page = client_of(head).get(f"/suunnitelmat/{draft.pk}/kustannukset").content.decode()
    assert "Vahvista osuutemme" in page
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/suunnitelmat/{draft.pk}/kustannukset"), {f"used-{share.pk}": "12,50"}, form="used").status_code == 302
    share.refresh_from_db()
    assert share.used == Decimal("12.5")


def test_matters_that_are_picked_become_measures_once(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    with act_as(cast.coordinator.actor) as by:
        for place, matter in enumerate(list(MATTERS)[:5]):
            write_cell(by=by, plan=draft, matter=matter, form=CellForm(what=f"Tehdään {place}", mark=2, is_picked=place < 2), based_on=0)
        with pytest.raises(RuleBroken):
            write_cell(by=by, plan=draft, matter="agreement", form=CellForm(what="Toisin"), based_on=0)
        assert (make_measures(by=by, plan=draft), make_measures(by=by, plan=draft)) == (2, 0)
    assert sorted(Measure.objects.values_list("words", flat=True)) == ["Tehdään 0", "Tehdään 1"]
    page = client_of(cast.partner).get(f"/suunnitelmat/{draft.pk}/lahtotilanne").content.decode()
    assert "Tehdään 4" in page
    assert len(MATTERS) == 23


def test_idea_is_answered_and_proposal_waits_for_its_answer(client_of: ClientOf, cast: Cast, today: date) -> None:
    browser = client_of(cast.partner)
    assert browser.submit(browser.get("/suunnitelmat/ideat/uusi"), {"words": "Iltavastaanotto", "came": "customer"}).status_code == 302
    idea = Idea.objects.get()
    with act_as(cast.outsider.actor) as stranger:
        assert list(visible_ideas(stranger)) == []
        with pytest.raises(NotAllowed):
            give_idea(by=stranger, region=cast.here.region, words="Muuta")
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(RuleBroken):
            answer_idea(by=by, idea=idea, state="left")
        answer_idea(by=by, idea=idea, state="taken", answer="Kokeillaan keväällä")
        sent = send_proposal(by=by, region=cast.here.region, to_body="Kaupunginhallitus", words="Tontteja", sent_on=today)
        with pytest.raises(RuleBroken):
            answer_proposal(by=by, proposal=sent, state="accepted", answered_on=today - timedelta(days=1))
        answer_proposal(by=by, proposal=sent, state="accepted", answered_on=today, answer="Kaavoitetaan")
        tell_strategy(by=by, organisation=cast.here.organisation, form=LineForm("Elinvoimaa kyliin", today.year, today.year + 4))
    page = browser.get("/suunnitelmat/ideat/").content.decode()
    assert all(words in page for words in ("Kokeillaan keväällä", "Kaavoitetaan", "Elinvoimaa kyliin"))


def test_idea_that_is_answered_once_more_stays_tied_to_its_decision(client_of: ClientOf, cast: Cast, followed: Plan, held: Meeting) -> None:
    decision = Decision.objects.get(meeting=held)
    with act_as(cast.coordinator.actor) as by:
        idea = give_idea(by=by, region=cast.here.region, words="Iltavastaanotto")
        answer_idea(by=by, idea=idea, state="taken", answer="Kokeillaan", decision=decision)
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/suunnitelmat/ideat/{idea.pk}"), {"answer": "Kokeillaan syksyllä"}).status_code == 302
    idea.refresh_from_db()
    assert (idea.answer, idea.decision) == ("Kokeillaan syksyllä", decision)


def test_decision_tells_what_came_of_it_and_the_agenda_how_the_plan_goes(cast: Cast, followed: Plan, held: Meeting, form: Form) -> None:
    decision = Decision.objects.get(meeting=held)
    with act_as(cast.coordinator.actor) as by:
        add_measure(by=by, plan=followed, form=form("Luovuttajat kartoitetaan", decision=decision))
        page = meeting_page(by, held.pk)
        told = [came for section in page.sections for _decision, followed_by in section.decided for came in followed_by]
        lines = agenda_lines(by, cast.here.region.pk)
    assert [came.words for came in told][1:] == ["Luovuttajat kartoitetaan"]
    assert told[0].url == f"/suunnitelmat/{followed.pk}/"
    assert "2 kunnossa" in lines[0].words or "2 on course" in lines[0].words


def test_view_from_above_says_which_regions_have_a_plan_in_few_statements(
    client_of: ClientOf, cast: Cast, followed: Plan, today: date, sql_count: Count
) -> None:
    kind = PlanKind.objects.get(code="action")
    with act_as(cast.national.actor) as actor:
        with sql_count(at_most=8):
            page = overview(actor, kind, range(today.year - 4, today.year + 1))
        with sql_count(at_most=5):
            (row,) = years_of(actor, cast.here.region, kind)
    assert (len(page.lines), page.valid) == (2, 1)
    assert (row.cell.measures, row.cell.done, row.carried) == (1, 0, 0)
    shown = client_of(cast.outsider).get("/suunnitelmat/tilanne").content.decode()
    assert "Koskimaa" in shown
    assert client_of(cast.outsider).get("/suunnitelmat/tilanne?as=xlsx").status_code == 200
    assert client_of(cast.shepherd).get("/suunnitelmat/tilanne").status_code == 403
    assert client_of(cast.coordinator).get("/suunnitelmat/vuodet").status_code == 200


def test_plan_is_a_paper(client_of: ClientOf, cast: Cast, followed: Plan) -> None:
    paper = client_of(cast.steering).get(f"/suunnitelmat/{followed.pk}/pdf")
    check_accessible(paper.content, "Toimintasuunnitelma", tables=True)


def test_public_follows_what_the_region_shows_without_names(client: Client, cast: Cast, followed: Plan) -> None:
    assert client.get(f"/suunnitelmat/{followed.pk}/").status_code == 404
    Plan.objects.update(is_public=True)
    page = client.get(f"/suunnitelmat/{followed.pk}/").content.decode()
    assert "Käydään yhdessä yrityksissä" in page
    assert "Aino Adviser" not in page


def test_value_comes_from_the_systems_own_number(cast: Cast, followed: Plan, held: Meeting) -> None:
    start = timezone.localdate() - timedelta(days=200)
    Measure.objects.update(figure="governance.meetings", starts_on=start, state="planned")
    after = timezone.localdate() + timedelta(days=40)
    with act_as_house("fill in"):
        assert (fill_figures(after), fill_figures(after)) == (1, 0)
    measure = Measure.objects.get()
    assert (measure.value, measure.state) == (Decimal(1), "going")


def test_sheet_of_a_communications_plan_has_its_own_columns(client_of: ClientOf, cast: Cast, form: Form, today: date) -> None:
    with act_as(cast.coordinator.actor) as by:
        plan = begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="communications"), today.year))
        row = form("Kuntatiedote", part=plan.kind.parts.first(), extras={"channel": "Lehti", "cost": "400 €"})
        measure = add_measure(by=by, plan=plan, form=row)
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{plan.pk}/taulukko"
    book = sheet_of(browser.get(f"{url}.xlsx").content)
    heads = [cell.value for cell in book.worksheets[0][1]]
    line = dict(zip(heads, [cell.value for cell in book.worksheets[0][2]], strict=True))
    assert (line["Kanava"], line["Kustannus"]) == ("Lehti", "400 €")
    book.worksheets[0].cell(2, heads.index("Kanava") + 1).value = "Radio"
    for head, value in (("Toimenpide: mitä tehdään", "Aamukahvit"), ("Valmis viimeistään", f"30.11.{today.year}"), ("Kohderyhmä", "Perustajat")):
        book.worksheets[0].cell(3, heads.index(head) + 1).value = value
    book.worksheets[0].cell(3, heads.index("Viesti") + 1).value = "x" * 301
    long = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form").content.decode()
    assert "Viesti: lyhennä 300 merkkiin" in long, "nothing is cut off unseen"
    book.worksheets[0].cell(3, heads.index("Viesti") + 1).value = "Tule mukaan"
    report = browser.submit(browser.get(url), {"file": as_upload(book)}, form="form")
    assert "Radio" in report.content.decode()
    assert browser.submit(report, form="apply").status_code == 302
    measure.refresh_from_db()
    assert (measure.extras["channel"], measure.extras["cost"]) == ("Radio", "400 €")
    assert Measure.objects.get(plan=plan, words="Aamukahvit").extras["target_group"] == "Perustajat"
