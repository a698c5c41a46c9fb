"""The matcher's proposals for a new case, with their reasons."""

from luukku.core.actor import HOUSE
from luukku.desk.access import visible_cases
from luukku.desk.models import Leg, Proposal

MOST = 5


def propose_services(case_id: int) -> int:
    """Store what the matcher proposes for each leg without a service that has no proposals yet. Returns how many.

    The caller acts as the house: the words are read for the network's matcher, and only those who read the case read the proposals.
    """
    case = visible_cases(HOUSE).select_related("region").filter(pk=case_id).first()
    if case is None:
        return 0
    count = 0
    for leg in Leg.objects.filter(case=case, service=None, proposals=None):
        count += _propose(leg, leg.need or case.own_words, case.language)
    return count


def _propose(leg: Leg, words: str, language: str) -> int:
    from luukku.catalogue.queries.matching import match_need  # heavy: loaded by the worker only

    found = match_need(words, language, region=leg.case.region, top=MOST)
    rows = [
        Proposal(
            case_id=leg.case_id,
            leg=leg,
            service_id=hit.service_id or 0,
            rank=rank,
            score=hit.score,
            why_kind=hit.why.kind,
            why_words=[word[:300] for word in hit.why.words],
        )
        for rank, hit in enumerate(found.hits, start=1)
        if hit.service_id is not None
    ]
    return len(Proposal.objects.bulk_create(rows, ignore_conflicts=True))
