from luukku.catalogue.models.matching import ConfirmedAnswer, MatchModel, UnmetNeed
from luukku.catalogue.models.services import Service, ServiceGroup, ServiceProvider, ServiceWord

__all__ = ("ConfirmedAnswer", "MatchModel", "Service", "ServiceGroup", "ServiceProvider", "ServiceWord", "UnmetNeed")
