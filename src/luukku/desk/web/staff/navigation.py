"""Where the desk's pages stand in the staff's navigation, and where one comes to after signing in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.registries import Landing, NavItem, landings, navigation
from luukku.customers.access import can_keep
from luukku.desk.access import can_edit_mailboxes, can_log, can_route
from luukku.desk.access.desks import leads_desk, rules_needs
from luukku.desk.queries.e_services import keeps_e_services
from luukku.desk.web.staff.frame import handles_cases, reads_cases
from luukku.desk.web.staff.unsent import sees_unsent
from luukku.network.access import is_inside, may
from luukku.network.enums import Right


def sees_lateness(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.SEE_LATENESS)


def sees_figures(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.SEE_FIGURES)


def meets(actor: Actor) -> bool:
    """Who handles cases, and who calls the region's organisations together."""
    return reads_cases(actor) or rules_needs(actor)


def landing_of(actor: Actor) -> str | None:
    """Who handles cases comes to the queue, who steers to the figures; the others elsewhere."""
    if handles_cases(actor):
        return reverse("desk:queue")
    if can_route(actor):
        return reverse("desk:log")
    if sees_figures(actor):
        return reverse("desk:figures")
    return reverse("desk:my_customers") if can_keep(actor) else None


def keeps_customers(actor: Actor) -> bool:
    """Shown to whoever came in for this alone, and to those who keep somebody now (their doors make them readers)."""
    return can_keep(actor) and (not reads_cases(actor) or actor.keeps)


def buys_shepherds(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.BUY_SHEPHERDS)


def logs(actor: Actor) -> bool:
    """At a desk of her own, or at the nation's door."""
    return can_log(actor) or can_route(actor)


def register() -> None:
    """Called once at start."""
    items = (
        ("desk.queue", NavItem(_("Queue"), "desk:queue", "staff", 10, reads_cases, group="work")),
        ("desk.handovers", NavItem(_("Handovers"), "desk:handovers", "staff", 12, handles_cases, group="work")),
        ("desk.times", NavItem(_("Appointments"), "desk:my_times", "staff", 15, reads_cases, group="work")),
        ("desk.case_meetings", NavItem(_("Case meetings"), "desk:case_meetings", "staff", 17, meets, group="work")),
        ("desk.load", NavItem(_("The desk"), "desk:desk_load", "staff", 12, leads_desk, group="work")),
        ("desk.calls", NavItem(_("Calls"), "desk:calls", "staff", 12, handles_cases, group="work")),
        ("desk.my_customers", NavItem(_("My customers"), "desk:my_customers", "staff", 13, keeps_customers, group="work")),
        ("desk.unsent", NavItem(_("Mails that have not got there"), "desk:unsent", "menu", 58, sees_unsent, group="work")),
        ("desk.contracts", NavItem(_("Bought-in shepherds"), "desk:shepherd_contracts", "menu", 60, buys_shepherds, group="upkeep")),
        ("desk.rules", NavItem(_("Routing"), "desk:rules", "staff", 55, rules_needs, group="upkeep")),
        ("desk.lateness", NavItem(_("Late"), "desk:lateness", "staff", 20, sees_lateness, group="work")),
        ("desk.figures", NavItem(_("Promise"), "desk:figures", "staff", 43, sees_figures, group="figures")),
        ("desk.faces", NavItem(_("Feedback"), "desk:faces", "staff", 55, reads_cases, group="figures")),
        ("desk.log", NavItem(_("Log a contact"), "desk:log", "staff-act", 10, logs, icon="phone")),
        ("desk.house", NavItem(_("The house"), "desk:house", "staff", 14, lambda actor: bool(actor.houses), group="work")),
        ("desk.mailboxes", NavItem(_("Mailboxes"), "desk:mailboxes", "staff", 95, can_edit_mailboxes, group="upkeep")),
        (
            "desk.e_services",
            NavItem(_("E-services"), "desk:e_services", "menu", 70, keeps_e_services, group="upkeep"),
        ),
        ("desk.unrouted", NavItem(_("Mails to route"), "desk:unrouted", "staff", 12, can_route, group="work")),
        ("desk.set_aside", NavItem(_("Mails set aside"), "desk:set_aside", "menu", 80, logs, group="work")),
        ("desk.search", NavItem(_("Search"), "desk:search", "staff-search", 10, lambda actor: actor.is_staff and is_inside(actor))),
        ("desk.keys", NavItem(_("Keys"), "desk:keys", "footer", 90, lambda actor: actor.is_staff)),
    )
    for key, item in items:
        navigation.register(key, item)
    landings.register("desk", Landing(10, landing_of))
