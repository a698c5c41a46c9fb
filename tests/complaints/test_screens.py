"""Complaints as people use them."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from luukku.complaints.models import Complaint, ComplaintCause, ComplaintRule, Correction
from luukku.desk.access.links import first_token
from luukku.desk.models import Case
from luukku.network.enums import Role
from tests.cast import Cast, Member
from tests.complaints.conftest import WORDS
from tests.factories.network import SeatFactory
from tests.harness.client import Client

GIVEN = {"about": "door", "cause": "manner", "words": WORDS}


def test_anybody_complains_on_the_regions_page_and_reads_the_answer_there(client: Client, client_of: Callable[[Member], Client], cast: Cast) -> None:
    page = client.get("/koskimaa/valitus/")
    failed = client.submit(page, {"words": WORDS}, form="complain")
    assert failed.status_code == 422
    assert WORDS in failed.content.decode()
    sent = client.submit(page, GIVEN, form="complain")
    again = client.submit(page, GIVEN, form="complain")
    assert Complaint.objects.count() == 1
    assert sent.headers["Location"] == again.headers["Location"]
    complaint = Complaint.objects.get()
    coordinator = client_of(cast.coordinator)
    assert "Kaisa Coordinator" in coordinator.get("/valitukset/").content.decode()
    assert WORDS in coordinator.get(f"/valitukset/{complaint.pk}/").content.decode()
    writing = coordinator.get(f"/valitukset/{complaint.pk}/vastaa")
    assert coordinator.submit(writing, {"words": "Pahoittelemme"}).status_code == 302
    own = client.get(sent.headers["Location"])
    assert "Pahoittelemme" in own.content.decode()
    assert client.submit(own, {"words": "Ei riitä"}, form="words").status_code == 302
    complaint.refresh_from_db()
    assert complaint.reopened == 1


def test_customer_complains_on_the_page_of_her_matter_past_its_handler(
    client: Client, client_of: Callable[[Member], Client], case: Case, cast: Cast
) -> None:
    token = first_token(case)
    status = client.get(f"/s/{token}/").content.decode()
    assert f"/s/{token}/valitus/" in status
    page = client.get(f"/s/{token}/valitus/")
    assert client.submit(page, {"cause": "not-contacted", "words": WORDS}, form="complain").status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.case_id, complaint.about_person_id, complaint.email) == (case.pk, cast.adviser.someone.pk, "kaisa@customer.example")
    assert "/valitus/" in client.get(f"/s/{token}/").content.decode()
    adviser = client_of(cast.adviser)
    assert adviser.get(f"/valitukset/{complaint.pk}/").status_code == 404
    assert WORDS not in adviser.get("/valitukset/").content.decode()
    assert WORDS not in adviser.get(f"/asia/{case.number}/").content.decode()


def test_coordinator_sees_to_it_step_by_step(client_of: Callable[[Member], Client], of_case: Complaint, cast: Cast) -> None:
    coordinator, home = client_of(cast.coordinator), f"/valitukset/{of_case.pk}/"
    assert coordinator.submit(coordinator.get(home), {}).status_code == 302
    for part, given in (
        ("muistiin", {"words": "Muistio"}),
        ("jaa", {"words": "Tiedoksi"}),
        ("korjaus", {"what": "Ohje uusitaan", "by_day": (timezone.localdate() + timedelta(days=5)).isoformat()}),
        ("anna", {"person": str(cast.desklead.someone.pk)}),
    ):
        assert coordinator.submit(coordinator.get(home + part), given).status_code == 302, part
    page = coordinator.get(home)
    assert "Ohje uusitaan" in page.content.decode()
    assert coordinator.post(f"{home}korjaus/{Correction.objects.get().pk}/tehty").status_code == 302
    assert Correction.objects.get().done_at is not None
    adviser = client_of(cast.adviser)
    assert "Tiedoksi" in adviser.get("/valitukset/jaettu/").content.decode()
    of_case.refresh_from_db()
    assert of_case.owner_id == cast.desklead.someone.pk


def test_rules_and_causes_are_the_coordinators(client_of: Callable[[Member], Client], cast: Cast) -> None:
    coordinator = client_of(cast.coordinator)
    page = coordinator.get("/valitukset/saannot/")
    assert coordinator.submit(page, {"owner": str(cast.desklead.someone.pk), "working_days": "7"}, form="rule").status_code == 302
    assert ComplaintRule.objects.get().working_days == 7
    assert coordinator.submit(coordinator.get("/valitukset/saannot/syy"), {"name_fi": "Pysäköinti"}).status_code == 302
    assert coordinator.submit(coordinator.get("/valitukset/saannot/syy/delay"), {"name_fi": "Hidasta", "is_hidden": "on"}).status_code == 302
    assert set(ComplaintCause.objects.values_list("code", "is_hidden")) == {("pysakointi", False), ("delay", True)}
    assert client_of(cast.adviser).get("/valitukset/saannot/").status_code == 403


def test_staff_log_one_for_somebody(client_of: Callable[[Member], Client], case: Case, cast: Cast) -> None:
    adviser = client_of(cast.adviser)
    page = adviser.get("/valitukset/kirjaa")
    given = GIVEN | {"number": case.number, "about": "matter", "language": "sv"}
    assert adviser.submit(page, given, form="log").status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.came, complaint.case_id, complaint.logged_by_id, complaint.language) == ("logged", case.pk, cast.adviser.someone.pk, "sv")


def test_figures_hide_what_is_few_in_other_organisations(client_of: Callable[[Member], Client], made: Callable[..., Complaint], cast: Cast) -> None:
    then = timezone.now() - timedelta(days=45)
    for _ in range(4):
        made(at=then)
    assert "Koskimaan Kehitys" not in client_of(cast.coordinator).get("/valitukset/luvut/").content.decode()
    assert "Koskimaan Kehitys" in client_of(cast.desklead).get("/valitukset/luvut/").content.decode()
    made(at=then)
    table = client_of(cast.coordinator).get("/valitukset/luvut/taulukko.csv").content.decode()
    assert table.splitlines()[1].split(";")[2:] == ["5", "0", "0", "0"]


def test_head_of_an_organisation_names_the_owner_of_a_kind_for_her_own(client_of: Callable[[Member], Client], cast: Cast) -> None:
    SeatFactory.create(person=cast.desklead.someone, role=Role.ORGANISATION_HEAD, organisation=cast.here.organisation)
    head, partner = client_of(cast.desklead), client_of(cast.partner)
    page = head.get("/valitukset/saannot/")
    assert str(cast.partner_desk.organisation.name) not in [*page.context["form"].fields["organisation"].queryset.values_list("name_fi", flat=True)]
    given = {"organisation": str(cast.here.organisation.pk), "cause": "data-protection", "owner": str(cast.adviser.someone.pk), "working_days": "4"}
    assert head.submit(page, given, form="rule").status_code == 302
    rule = ComplaintRule.objects.get()
    assert (rule.organisation_id, rule.cause, rule.owner_id) == (cast.here.organisation.pk, "data-protection", cast.adviser.someone.pk)
    foreign = given | {"organisation": str(cast.partner_desk.organisation_id)}
    assert head.submit(page, foreign, form="rule").status_code == 422
    assert head.get("/valitukset/saannot/syy").status_code in (403, 404)
    assert partner.post(f"/valitukset/saannot/{rule.pk}/pois").status_code == 403
    assert head.post(f"/valitukset/saannot/{rule.pk}/pois").status_code == 302
    assert not ComplaintRule.objects.exists()
