"""Which service a leg is about: the matcher proposes, the adviser decides, and her answer teaches the matcher."""

from datetime import datetime

from luukku.catalogue.actions.learning import confirm_answer
from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.desk.actions.describing import give_by_rule
from luukku.desk.actions.work import require_open, work_on
from luukku.desk.models import Leg, Proposal


def choose_service(*, by: Actor, leg: Leg, service: Service, at: datetime | None = None) -> Leg:
    """Set the leg's service: a proposal accepted, or another one instead. The customer's words with it become a confirmed answer."""
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        if mine.service_id == service.pk:
            return mine
        mine.service = service
        proposals = list(Proposal.objects.filter(leg=mine).values_list("service_id", "rank"))
        rank = next((rank for service_id, rank in proposals if service_id == service.pk), None)
        if proposals:
            Proposal.objects.filter(leg=mine).exclude(service=service).update(accepted=False)
            Proposal.objects.filter(leg=mine, service=service).update(accepted=True)
        words = mine.need or work.case.own_words
        confirm_answer(by=by, service=service, text=words, language=work.case.language, source=mine, was_proposed=rank == 1, at=work.at)
        give_by_rule(work, mine)
        work.save(mine)
        work.record("case.service_chosen", leg=mine, service=service.code, rank=rank)
        return mine
