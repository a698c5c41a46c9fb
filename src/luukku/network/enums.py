"""Roles and what each may do: the one table. docs/permissions.md is generated from it."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADVISER = "adviser", _("Adviser")
    DESK_LEAD = "desk-lead", _("Desk lead")
    SERVICE_EDITOR = "service-editor", _("Service editor")
    ORGANISATION_HEAD = "organisation-head", _("Head of organisation")
    COORDINATOR = "coordinator", _("Regional coordinator")
    STEERING_CHAIR = "steering-chair", _("Chair of the steering group")
    STEERING_MEMBER = "steering-member", _("Member of the steering group")
    WORKING_CHAIR = "working-chair", _("Chair of the working group")
    WORKING_MEMBER = "working-member", _("Member of the working group")
    PROCESS_OWNER = "process-owner", _("Process owner")
    AREA_CONTACT = "area-contact", _("Area contact")
    NATIONAL_OWNER = "national-owner", _("National owner")
    ADMINISTRATOR = "administrator", _("Administrator")
    OPERATOR = "operator", _("National operator")
    VIEWER = "viewer", _("Viewer")
    SHEPHERD = "shepherd", _("Customer's shepherd")


class Level(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    REGION = "region", _("Region")
    AREA = "area", _("Area")
    NATIONAL = "national", _("Nation")


class Right(models.TextChoices):
    READ_CASES = "read-cases", _("Read the cases in which one's organisation takes part")
    HANDLE_CASES = "handle-cases", _("Take up, answer and settle cases, and log contacts")
    ROUTE_CONTACTS = (
        "route-contacts",
        _("Log contacts of the whole nation and route each to a region's desk; only the number is seen then"),
    )
    LEAD_DESK = "lead-desk", _("Assign the desk's cases to others and see the desk's load")
    KEEP_CUSTOMERS = "keep-customers", _("Keep the whole relation of customers who have agreed to it: their matters as they themselves see them")
    BUY_SHEPHERDS = "buy-shepherds", _("Agree on bought-in shepherds: contract, period, hours and price")
    EDIT_CARDS = "edit-cards", _("Edit the organisation's service cards and phrases")
    EDIT_ORGANISATION = "edit-organisation", _("Edit the organisation, its people, desks and hours")
    EDIT_REGION = "edit-region", _("Edit the region: its parties, municipalities, hours and promise")
    SEE_FIGURES = "see-figures", _("See the figures of the network, never single customers")
    SEE_LATENESS = "see-lateness", _("See number, desk and lateness of late cases, never the customer or the words")
    SEE_UNMET_NEEDS = "see-unmet-needs", _("See searches that no service fitted, without personal data")
    EDIT_NETWORK = "edit-network", _("Edit areas, regions, municipalities, organisation types and the common service cards")
    ADMINISTER = "administer", _("Manage sign-ins, imports and the installation")


@dataclass(frozen=True)
class RoleRow:
    """One row of the role table: at which level the seat lies, what the role is for, what it may do there."""

    level: Level
    purpose: str | Promise
    rights: frozenset[Right]


def _row(level: Level, purpose: str | Promise, *rights: Right) -> RoleRow:
    return RoleRow(level, purpose, frozenset(rights))


ROLES: dict[Role, RoleRow] = {
    Role.ADVISER: _row(
        Level.ORGANISATION, _("Serves customers at the organisation's desk"), Right.READ_CASES, Right.HANDLE_CASES, Right.KEEP_CUSTOMERS,
    ),
    Role.DESK_LEAD: _row(
        Level.ORGANISATION, _("Sees that the desk keeps its promise"),
        Right.READ_CASES, Right.HANDLE_CASES, Right.LEAD_DESK, Right.KEEP_CUSTOMERS, Right.BUY_SHEPHERDS, Right.EDIT_CARDS, Right.SEE_FIGURES,
    ),
    Role.SERVICE_EDITOR: _row(Level.ORGANISATION, _("Keeps the organisation's service cards right"), Right.EDIT_CARDS),
    Role.ORGANISATION_HEAD: _row(
        Level.ORGANISATION, _("Answers for the organisation in the network"),
        Right.EDIT_ORGANISATION, Right.EDIT_CARDS, Right.BUY_SHEPHERDS, Right.SEE_FIGURES,
    ),
    Role.COORDINATOR: _row(
        Level.REGION, _("Runs the region's network"),
        Right.EDIT_REGION, Right.BUY_SHEPHERDS, Right.SEE_FIGURES, Right.SEE_LATENESS, Right.SEE_UNMET_NEEDS,
    ),
    Role.STEERING_CHAIR: _row(Level.REGION, _("Leads the steering group"), Right.SEE_FIGURES),
    Role.STEERING_MEMBER: _row(Level.REGION, _("Sets priorities and reads the figures"), Right.SEE_FIGURES),
    Role.WORKING_CHAIR: _row(Level.REGION, _("Leads a working group"), Right.SEE_FIGURES),
    Role.WORKING_MEMBER: _row(Level.REGION, _("Takes part in a working group"), Right.SEE_FIGURES),
    Role.PROCESS_OWNER: _row(Level.REGION, _("Leads and improves a shared process"), Right.SEE_FIGURES),
    Role.AREA_CONTACT: _row(Level.AREA, _("Supports the regions of an area"), Right.SEE_FIGURES),
    Role.NATIONAL_OWNER: _row(Level.NATIONAL, _("Owns the common templates and follows all regions"), Right.SEE_FIGURES, Right.EDIT_NETWORK),
    Role.ADMINISTRATOR: _row(
        Level.NATIONAL, _("Installs, imports and answers for sign-ins"),
        Right.ADMINISTER, Right.EDIT_NETWORK, Right.EDIT_REGION, Right.EDIT_ORGANISATION,
    ),
    Role.OPERATOR: _row(Level.NATIONAL, _("Answers the nation's number and brings each caller to their own region"), Right.ROUTE_CONTACTS),
    Role.VIEWER: _row(Level.REGION, _("Reads what the network shows its members"), Right.SEE_FIGURES),
    Role.SHEPHERD: _row(
        Level.ORGANISATION, _("Keeps the relation of their own customers as a bought-in service, and sees nothing else"), Right.KEEP_CUSTOMERS,
    ),
}  # fmt: skip


def roles_with(right: Right) -> list[Role]:
    """The roles that give this right."""
    return [role for role, row in ROLES.items() if right in row.rights]


class LanguageCode(models.TextChoices):
    FI = "fi", _("Finnish")
    SV = "sv", _("Swedish")
    EN = "en", _("English")


class PresenceState(models.TextChoices):
    """What somebody says of today, with one tap."""

    IN = "in", _("In")
    BACK = "back", _("Back at")
    AWAY = "away", _("Away today")
