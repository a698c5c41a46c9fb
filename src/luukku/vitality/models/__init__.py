from luukku.vitality.models.prospects import Prospect, ProspectNote
from luukku.vitality.models.sites import Offer, Site
from luukku.vitality.models.targets import SellingTarget

__all__ = ["Offer", "Prospect", "ProspectNote", "SellingTarget", "Site"]
