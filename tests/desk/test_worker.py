"""The whole way with a real worker and a real mail server: what a need sets in motion."""

import time
from collections.abc import Callable

import pytest

from luukku.core.actor import PUBLIC, act_as
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Proposal
from tests.cast import Cast, assemble
from tests.factories.catalogue import ServiceFactory
from tests.harness.processes import Mailbox, Process

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_need_is_received_by_mail_and_matched_by_the_worker(
    need: Callable[..., NeedForm], worker: Callable[[], Process], mail_server: Mailbox
) -> None:
    service = ServiceFactory.create(code="founding-advice", name_fi="Yrityksen perustamisneuvonta")
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need(words="Haluan perustaa yrityksen ja tarvitsen neuvoa."))
    worker()
    until = time.monotonic() + 60
    while time.monotonic() < until and not (OutgoingMail.objects.filter(state=MailState.SENT).exists() and Proposal.objects.exists()):
        time.sleep(0.2)
    assert OutgoingMail.objects.get().state == MailState.SENT
    assert {proposal.case_id for proposal in Proposal.objects.all()} == {case.pk}
    assert Proposal.objects.order_by("rank")[0].service == service
    with act_as(PUBLIC):
        actor = link_actor(first_token(case))
    assert actor is not None
    with act_as(actor):
        assert link_case(actor).pk == case.pk
        assert not Proposal.objects.exists()
