from luukku.relations.models.leads import Lead
from luukku.relations.models.mapping import NeedMap, NeedQuestion
from luukku.relations.models.visits import Touch, Visit, VisitNeed, VisitParty, VisitReport

__all__ = ["Lead", "NeedMap", "NeedQuestion", "Touch", "Visit", "VisitNeed", "VisitParty", "VisitReport"]
