"""What is proposed for a new case, with the reasons: the very services with which the door answers the same words to the customer."""

from luukku.catalogue.models.places import Place
from luukku.core.actor import HOUSE
from luukku.desk.access import visible_cases
from luukku.desk.models import Leg, Proposal


def propose_services(case_id: int) -> int:
    """Store what the matcher proposes for each leg without a service that has no proposals yet. Returns how many.

    The caller acts as the house: the words are read for the network's matcher, and only those who read the case read the proposals.
    """
    case = visible_cases(HOUSE).select_related("region", "municipality").filter(pk=case_id).first()
    if case is None:
        return 0
    count = 0
    for leg in Leg.objects.filter(case=case, service=None, proposals=None):
        count += _propose(leg, leg.need or case.own_words, case.language)
    return count


def _propose(leg: Leg, words: str, language: str) -> int:
    from luukku.desk.queries.answers import fitting  # heavy: loaded by the worker only

    found = fitting(words, language, Place.of(leg.case.region, leg.case.municipality))
    rows = [
        Proposal(
            case_id=leg.case_id,
            leg=leg,
            service=service,
            rank=rank,
            score=found.scores.get(service.pk, 0.0),
            why_kind=why.kind,
            why_words=[word[:300] for word in why.words],
        )
        for rank, (service, why) in enumerate(found.services, start=1)
    ]
    return len(Proposal.objects.bulk_create(rows, ignore_conflicts=True))
