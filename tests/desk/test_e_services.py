"""Help with an e-service: on the case and while logging; reports to its owner; by which day it is needed."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone, translation

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.actions.e_services import HelpForm, answer_report, log_help
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.needed import say_needed_by
from luukku.desk.models import Case, EServiceHelp, EServiceReport, Leg, Note
from luukku.desk.queries.e_services import get_report, reports
from luukku.network.enums import Role
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import OrganisationFactory, SeatFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def keeper(cast: Cast) -> Member:
    """Who keeps the partner organisation's cards."""
    SeatFactory.create(person=cast.editor.someone, role=Role.SERVICE_EDITOR, organisation=cast.partners, region=cast.here.region)
    return cast.editor


def broken(cast: Cast, words: str = "Lomake ei tallennu, kun Kaisa Kahvila 040 555 0199 lähetti sen") -> HelpForm:
    card = ServiceFactory.create(name_fi="Starttirahan haku", owner=cast.partners, link="https://asiointi.example/starttiraha")
    return HelpForm("with", "broken", card, words=words)


def test_broken_e_service_is_told_to_its_owner_without_anybodys_data(case: Case, keeper: Member, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        made = log_help(by=by, case=case, form=broken(cast))
        report = made.report
        assert report is not None
        assert (made.name, made.url) == ("Starttirahan haku", "https://asiointi.example/starttiraha")
    assert (report.owner, report.went, report.state) == (cast.partners, "broken", "new")
    assert "Lomake ei tallennu" in report.words
    for told in ("Kaisa", "Kahvila", "0199"):
        assert told not in report.words
    mails = OutgoingMail.objects.filter(kind="desk.e_service_report")
    assert [mail.facts["person"] for mail in mails] == [keeper.someone.pk]
    with act_as(cast.partner.actor):
        assert EServiceHelp.objects.count() == 0


def test_owner_marks_it_mended_with_an_answer_and_others_may_not(case: Case, keeper: Member, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        report = log_help(by=by, case=case, form=broken(cast)).report
        assert report is not None
        with pytest.raises(NotAllowed):
            answer_report(by=by, report=report, state="seen")
        assert [row.pk for row in reports(by).from_us] == [report.pk]
    with act_as(cast.outsider.actor) as by, pytest.raises(NotFound):
        get_report(by, report.pk)
    with act_as(keeper.actor) as by:
        with pytest.raises(RuleBroken) as needs:
            answer_report(by=by, report=report, state="mended")
        assert needs.value.field == "answer"
        answer_report(by=by, report=report, state="mended", answer="Tallennus on korjattu.")
        assert dict(reports(by).states)["Mended"] == 1
    report.refresh_from_db()
    assert (report.state, report.answered_by) == ("mended", keeper.someone)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (HelpForm("with", "well"), "e_name"), (HelpForm("", "well", name="Vero"), "e_how"), (HelpForm("for", "", name="Vero"), "e_went"),
        (HelpForm("for", "unclear", name="Vero"), "e_words"), (HelpForm("for", "well", name="Vero", url="javascript:1"), "e_url"),
    ],
)  # fmt: skip
def test_what_lacks_is_named(case: Case, cast: Cast, form: HelpForm, field: str) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken) as named:
        log_help(by=by, case=case, form=form)
    assert named.value.field == field


def test_what_went_well_or_has_no_owner_makes_no_report(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        assert log_help(by=by, case=case, form=HelpForm("for", "well", name="OmaVero")).report is None
        assert log_help(by=by, case=case, form=HelpForm("for", "unclear", name="OmaVero", words="Kohta 3 on epäselvä")).report is None
        assert EServiceHelp.objects.filter(case=case).count() == 2
        assert [note.body for note in Note.objects.filter(case=case)] == ["OmaVero. It was unclear: Kohta 3 on epäselvä"]
    assert not EServiceReport.objects.exists()


def test_owner_without_a_keeper_of_cards_is_told_through_those_who_serve_its_customers(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        assert log_help(by=by, case=case, form=broken(cast)).report is not None
    assert cast.partner.someone.pk in {mail.facts["person"] for mail in OutgoingMail.objects.filter(kind="desk.e_service_report")}


def test_owner_outside_the_network_is_told_by_mail_and_its_answer_is_written_by_those_who_reported(
    case: Case, cast: Cast, run_jobs: Callable[..., int]
) -> None:
    outside = OrganisationFactory.create(name_fi="Verovirasto", email="palaute@vero.example")
    with act_as(cast.adviser.actor) as by:
        unclear = HelpForm("for", "unclear", name="OmaVero", words="Kohta 3 on epäselvä Kaisa Kahvilalle", owner=outside)
        report = log_help(by=by, case=case, form=unclear).report
        typed = log_help(by=by, case=case, form=HelpForm("for", "broken", name="Muu", words="Ei aukea", owner_email="tuki@muu.example")).report
        assert report is not None
        assert typed is not None
        with pytest.raises(RuleBroken) as needs:
            log_help(by=by, case=case, form=HelpForm("for", "broken", name="Muu", words="Ei aukea", owner_email="tuki"))
    assert needs.value.field == "e_email"
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    first, second = (mail for mail in outbox.outbox if mail.to[0] in ("palaute@vero.example", "tuki@muu.example"))
    assert (first.to, second.to) == (["palaute@vero.example"], ["tuki@muu.example"])
    assert "Kohta 3" in first.body
    assert "Kaisa" not in first.body
    assert "unclear" in first.body
    assert "did not work" in second.body
    with act_as(cast.outsider.actor) as by, pytest.raises(NotAllowed):
        answer_report(by=by, report=typed, state="seen")
    with act_as(cast.adviser.actor) as by:
        answer_report(by=by, report=typed, state="mended", answer="Soitettu: korjattu.")
        assert [row.pk for row in reports(by).from_us] == [typed.pk, report.pk]


def test_fault_told_by_mail_stands_on_the_matter_and_on_the_list_where_its_answer_is_written(
    case: Case, leg: Leg, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
    browser = client_of(cast.adviser)
    typed = {"e_name": "OmaVero", "e_how": "with", "e_went": "unclear", "e_words": "Kohta 3", "e_email": "tuki@muu.example"}
    assert browser.submit(browser.get(f"/asia/{case.number}/{leg.pk}/asiointi"), typed).status_code == 302
    report = EServiceReport.objects.get()
    for page in (f"/asia/{case.number}/", "/asiointi/"):
        assert "tuki@muu.example" in browser.get(page).content.decode()
    answered = browser.submit(browser.get(f"/asiointi/{report.pk}/"), {"state": "mended", "answer": "Soittivat: korjattu."})
    assert answered.status_code == 302
    assert "Soittivat: korjattu." in browser.get("/asiointi/").content.decode()


def test_owner_whom_nobody_can_reach_leaves_a_note_instead_of_a_report(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        form = HelpForm("for", "unclear", name="Haku", words="Kohta 3", owner=OrganisationFactory.create(email=""))
        assert log_help(by=by, case=case, form=form).report is None
        assert Note.objects.filter(case=case).count() == 1


def test_help_is_written_on_screen_and_the_owner_answers_on_hers(
    case: Case, leg: Leg, keeper: Member, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
    card = ServiceFactory.create(name_fi="Starttirahan haku", owner=cast.partners)
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{case.number}/{leg.pk}/asiointi")
    refused = browser.submit(page, {"service": card.pk, "e_how": "with", "e_went": "unclear", "e_words": ""})
    assert refused.status_code == 422
    assert browser.submit(page, {"service": card.pk, "e_how": "with", "e_went": "unclear", "e_words": "Kohta 3"}).status_code == 302
    assert "Starttirahan haku" in browser.get(f"/asia/{case.number}/").content.decode()
    report = EServiceReport.objects.get()
    owner = client_of(keeper)
    assert "Kohta 3" in owner.get("/asiointi/").content.decode()
    assert owner.submit(owner.get(f"/asiointi/{report.pk}/"), {"state": "seen"}).status_code == 302
    assert browser.get(f"/asiointi/{report.pk}/").status_code == 200
    assert client_of(cast.outsider).get(f"/asiointi/{report.pk}/").status_code == 404


def test_help_and_the_day_are_written_while_logging(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    day = timezone.localdate() + timedelta(days=20)
    typed = {
        "who": "anonymous", "words": "Tarvitsen apua veroilmoituksessa", "agreed": "mine", "needed_by": day.isoformat(), "e_name": "OmaVero",
        "e_how": "for", "e_went": "well",
    }  # fmt: skip
    assert browser.submit(browser.get("/kirjaa/"), typed).status_code == 302
    made = EServiceHelp.objects.get()
    assert (made.name, made.how, made.case.needed_by) == ("OmaVero", "for", day)


def test_customer_says_on_her_page_by_which_day_she_needs_it(case: Case, holder: Actor, client: Client, cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=1)
    address = f"/s/{first_token(case)}/"
    assert f"{address}milloin/" in client.get(address).content.decode()
    page = client.get(f"{address}milloin/")
    assert client.submit(page, {"needed_by": "2020-01-01"}, form="needed").status_code == 422
    assert client.submit(page, {"needed_by": day.isoformat()}, form="needed").status_code == 302
    case.refresh_from_db()
    assert case.needed_by == day
    for member in (cast.partner, cast.outsider):
        with act_as(member.actor) as by, pytest.raises((NotAllowed, NotFound)):
            say_needed_by(by=by, case=case, day=None)
    with act_as(cast.adviser.actor) as by:
        assert say_needed_by(by=by, case=case, day=None).needed_by is None
