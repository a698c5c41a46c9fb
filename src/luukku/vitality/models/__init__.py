from luukku.vitality.models.prospects import Prospect, ProspectNote
from luukku.vitality.models.sites import Offer, Site
from luukku.vitality.models.situations import Situation, SituationCompany, SituationCount, SituationMeasure, SituationNote, SituationParty
from luukku.vitality.models.targets import SellingTarget

__all__ = [
    "Offer", "Prospect", "ProspectNote", "SellingTarget", "Site", "Situation", "SituationCompany", "SituationCount", "SituationMeasure",
    "SituationNote", "SituationParty",
]  # fmt: skip
