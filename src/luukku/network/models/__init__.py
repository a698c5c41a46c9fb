from luukku.network.models.absences import Absence, AbsenceQuerySet
from luukku.network.models.calendar import ClosingDay, OpeningDay, OpeningHours, PastHours
from luukku.network.models.houses import HouseMember, HousePlace, Presence
from luukku.network.models.nation import NationRules
from luukku.network.models.organisations import Desk, Organisation, OrganisationType, Participation, Premises
from luukku.network.models.people import Person, Seat
from luukku.network.models.photos import PersonPhoto
from luukku.network.models.places import Area, Municipality, MunicipalityArea, PastName, Region, RegionArea, RegionMunicipality
from luukku.network.models.plans import PlannedChange, PlannedPlace
from luukku.network.models.reforms import Reform, ReformMove, ReformStep, Succession
from luukku.network.models.representing import Representation
from luukku.network.models.rotas import SeatRota, SeatTurn

__all__ = (
    "Absence",
    "AbsenceQuerySet",
    "Area",
    "ClosingDay",
    "Desk",
    "HouseMember",
    "HousePlace",
    "Municipality",
    "MunicipalityArea",
    "NationRules",
    "OpeningDay",
    "OpeningHours",
    "Organisation",
    "OrganisationType",
    "Participation",
    "PastHours",
    "PastName",
    "Person",
    "PersonPhoto",
    "PlannedChange",
    "PlannedPlace",
    "Premises",
    "Presence",
    "Reform",
    "ReformMove",
    "ReformStep",
    "Region",
    "RegionArea",
    "RegionMunicipality",
    "Representation",
    "Seat",
    "SeatRota",
    "SeatTurn",
    "Succession",
)
