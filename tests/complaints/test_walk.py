"""A complaint from its making to its answer, and who answers for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.complaints.access import get_complaint, shared_with, visible_complaints
from luukku.complaints.actions import ruling, seeing_to
from luukku.complaints.actions.sweeping import sweep
from luukku.complaints.models import Complaint, ComplaintRule, ComplaintTurn, ComplaintWarning
from luukku.complaints.queries.rules import causes_of
from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.worktime import due
from luukku.desk.models import Case
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Seat
from tests.cast import Cast
from tests.complaints.conftest import WORDS, link


def test_public_complaint_goes_to_the_coordinator_with_a_clock_of_its_own(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = made()
    assert complaint.owner_id == cast.coordinator.someone.pk
    assert complaint.due_at == due(work_calendar(cast.here.desk), complaint.received_at, working_days=10)
    kinds = list(OutgoingMail.objects.filter(kind__startswith="complaints.").order_by("id").values_list("kind", "facts__turn"))
    assert kinds == [("complaints.hers", "received"), ("complaints.staff", "new")]


def test_rule_names_the_owner_but_never_the_one_complained_of(made: Callable[..., Complaint], of_case: Complaint, cast: Cast) -> None:
    assert of_case.about_person_id == cast.adviser.someone.pk
    with act_as(cast.coordinator.actor) as actor:
        ruling.set_rule(by=actor, region=cast.here.region, organisation=cast.here.organisation, owner=cast.adviser.someone, working_days=5)
    assert made().owner_id == cast.adviser.someone.pk
    with act_as(cast.coordinator.actor) as actor:
        door = made(by=cast.coordinator.actor, came="logged", about="matter", about_person=cast.adviser.someone)
    assert (door.owner_id, door.working_days) == (cast.desklead.someone.pk, 5)
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        ruling.set_rule(by=actor, region=cast.here.region, organisation=None, owner=None, working_days=5)


def test_answered_corrected_closed_and_opened_again(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = made()
    with act_as(cast.coordinator.actor) as actor:
        found = get_complaint(actor, complaint.pk)
        with pytest.raises(RuleBroken):
            seeing_to.close(by=actor, complaint=found)
        seeing_to.look_at(by=actor, complaint=found)
        seeing_to.note(by=actor, complaint=found, words="Vaihde oli rikki")
        seeing_to.correct(
            by=actor, complaint=found, what="Vaihde korjataan", person=cast.desklead.someone, by_day=timezone.localdate() + timedelta(days=7)
        )  # fmt: skip
        seeing_to.answer(by=actor, complaint=found, words="Pahoittelemme")
        seeing_to.close(by=actor, complaint=found)
    with act_as(link(complaint)) as actor:
        own = visible_complaints(actor).get()
        assert [(each.kind, each.body) for each in ComplaintTurn.objects.all()] == [("answer", "Pahoittelemme")]
        seeing_to.reopen(by=actor, complaint=own, words="Ei riitä", at=complaint.received_at + timedelta(days=3))
        with pytest.raises(RuleBroken):
            seeing_to.reopen(by=actor, complaint=own, words="Ei vieläkään")
    complaint.refresh_from_db()
    assert (complaint.state, complaint.answered_at, complaint.reopened) == ("looked-at", None, 1)
    assert complaint.first_answered_at is not None
    assert complaint.due_at > complaint.first_due_at


def test_handler_reads_what_is_shared_and_nothing_else(of_case: Complaint, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        assert not visible_complaints(actor).exists()
        assert not Complaint.objects.exists()
    with act_as(cast.coordinator.actor) as actor:
        found = get_complaint(actor, of_case.pk)
        seeing_to.note(by=actor, complaint=found, words="Vain meille")
        seeing_to.share(by=actor, complaint=found, words="Asiakas ei ollut saanut vastausta")
    with act_as(cast.adviser.actor) as actor:
        shared = shared_with(actor).get()
        assert shared.body == "Asiakas ei ollut saanut vastausta"
        assert ComplaintTurn.objects.count() == 1
        seeing_to.reply(by=actor, turn=shared, words="Olin lomalla")
        assert not Complaint.objects.exists()
    with act_as(cast.coordinator.actor) as actor:
        assert list(ComplaintTurn.objects.values_list("kind", flat=True)) == ["note", "shared", "reply"]
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        seeing_to.reply(by=actor, turn=shared, words="Minäkin")


def test_desk_lead_sees_her_own_desks_and_not_one_about_herself(made: Callable[..., Complaint], of_case: Complaint, cast: Cast) -> None:
    hers = made(by=cast.coordinator.actor, came="logged", about="matter", about_person=cast.desklead.someone)
    others = made(by=cast.coordinator.actor, came="logged", desk=cast.partner_desk)
    with act_as(cast.desklead.actor) as actor:
        assert set(visible_complaints(actor)) == set(Complaint.objects.all()) == {of_case}
        for each in (hers, others):
            with pytest.raises(NotFound):
                get_complaint(actor, each.pk)
    with act_as(cast.coordinator.actor) as actor:
        assert Complaint.objects.count() == 3


def test_a_seat_that_has_ended_opens_nothing(made: Callable[..., Complaint], cast: Cast) -> None:
    made(by=cast.coordinator.actor, came="logged", desk=cast.here.desk)
    actor = cast.desklead.actor
    with act_as(actor):
        assert Complaint.objects.exists()
    Seat.objects.filter(person=cast.desklead.someone).update(valid_until=timezone.localdate() - timedelta(days=2))
    with act_as(actor):  # even to one who still believes that she has it
        assert not Complaint.objects.exists()


def test_staff_who_logged_it_read_it_no_more(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = made(by=cast.partner.actor, came="logged", desk=cast.here.desk)
    assert complaint.logged_by_id == cast.partner.someone.pk
    with act_as(cast.partner.actor):
        assert not Complaint.objects.exists()


def test_nobody_complains_of_a_case_that_is_not_hers(made: Callable[..., Complaint], case: object, cast: Cast) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        made(by=cast.outsider.actor, came="logged", case=case, about="matter", region=cast.here.region)


def test_warned_in_turn_and_once_each(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = made(by=cast.partner.actor, came="logged", desk=cast.here.desk, about_person=cast.adviser.someone)
    # In the morning of the fourth day: in the evening nobody is warned, and the test may run at any hour.
    late = timezone.localtime(due(work_calendar(cast.here.desk), complaint.due_at, working_days=4)).replace(hour=10)
    with act_as_house("test"):
        assert sweep(now=complaint.received_at) == 0
        assert sweep(now=late) == 2
        assert sweep(now=late + timedelta(hours=1)) == 0
    steps = set(ComplaintWarning.objects.values_list("step", "person_id"))
    assert {("owner", cast.coordinator.someone.pk), ("lead", cast.desklead.someone.pk), ("coordinator", cast.coordinator.someone.pk)} == steps


def test_causes_are_renamed_hidden_and_added(cast: Cast) -> None:
    region = cast.here.region
    with act_as(cast.coordinator.actor) as actor:
        ruling.name_cause(by=actor, region=region, code="delay", names={"fi": "Liian hidasta"})
        ruling.name_cause(by=actor, region=region, code="decision", names={"fi": "Päätös"}, is_hidden=True)
        ruling.name_cause(by=actor, region=region, code="", names={"fi": "Pysäköinti"})
        with pytest.raises(RuleBroken):
            ruling.name_cause(by=actor, region=region, code="other", names={"fi": "Muu"}, is_hidden=True)
    offered = causes_of(region)
    assert offered[0] == ("delay", "Liian hidasta")
    assert offered[-2] == ("pysakointi", "Pysäköinti")
    assert "decision" not in dict(offered)


def test_mails_tell_nothing_of_what_was_said(made: Callable[..., Complaint], run_jobs: Callable[[], int], cast: Cast) -> None:
    from django.core import mail as outbox

    complaint = made()
    with act_as(cast.coordinator.actor) as actor:
        seeing_to.answer(by=actor, complaint=get_complaint(actor, complaint.pk), words="Salainen vastaus")
    outbox.outbox.clear()
    run_jobs()
    assert {each.to[0] for each in outbox.outbox} == {"veera@customer.example", "coordinator@cast.example"}
    for letter in outbox.outbox:
        said = str(letter.message())
        assert WORDS not in said
        assert "Salainen" not in said
        assert "Veera" not in said


def named(cast: Cast, **rule: Any) -> None:
    with act_as(cast.coordinator.actor) as actor:
        ruling.set_rule(by=actor, **{"region": cast.here.region, "organisation": None, "owner": None, "working_days": 5} | rule)


def test_kind_of_complaint_goes_to_whose_process_it_is(made: Callable[..., Complaint], cast: Cast) -> None:
    named(cast, organisation=cast.here.organisation, owner=cast.desklead.someone, working_days=6)
    named(cast, cause="accessibility", owner=cast.partner.someone, working_days=4)
    named(cast, organisation=cast.here.organisation, cause="data-protection", owner=cast.adviser.someone, working_days=3)
    kinds = {cause: made(cause=cause) for cause in ("delay", "accessibility", "data-protection")}
    assert {cause: (each.owner_id, each.working_days) for cause, each in kinds.items()} == {
        "delay": (cast.desklead.someone.pk, 6),
        "accessibility": (cast.desklead.someone.pk, 6),  # the organisation's own rule goes before the region's
        "data-protection": (cast.adviser.someone.pk, 3),
    }
    ruling.end_rule(by=cast.coordinator.actor, rule=ComplaintRule.objects.get(organisation=cast.here.organisation, cause=""))
    assert made(cause="accessibility").owner_id == cast.partner.someone.pk
    assert made(cause="delay").owner_id == cast.coordinator.someone.pk


def test_owner_of_a_kind_never_answers_of_herself(made: Callable[..., Complaint], case: Case, cast: Cast) -> None:
    named(cast, cause="manner", owner=cast.adviser.someone)
    complaint = made(by=cast.coordinator.actor, came="logged", about="matter", cause="manner", about_person=cast.adviser.someone)
    assert complaint.owner_id != cast.adviser.someone.pk


def test_owner_of_a_kind_must_be_named_and_the_kind_be_one(cast: Cast) -> None:
    for broken in ({"cause": "manner"}, {"cause": "nonsense", "owner": cast.adviser.someone}, {"organisation": cast.there.organisation}):
        with pytest.raises(RuleBroken):
            named(cast, **broken)
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        ruling.set_rule(
            by=actor, region=cast.here.region, organisation=cast.here.organisation, owner=cast.adviser.someone, working_days=3, cause="manner"
        )  # fmt: skip
