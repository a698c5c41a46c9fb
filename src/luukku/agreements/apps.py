from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.agreements_inside": "parties' people, region, area and nation read agreements by seats and parts of today: keys only",
    "wall.agreements_keeps": "a coordinator keeps her region's agreements by the seat she has today: yes or no",
    "wall.agreements_public": "everybody reads agreements that their region has made public and that have begun: keys only",
    "wall.agreements_held": "who holds the common mark is a public register: keys of agreements only",
    "wall.agreements_link": "a link's digest tells which document its holder signs; the caller has no principal yet",
    "wall.agreements_open_legs": "what a leaving party still has open: number, state and lateness for the coordinator, its own people and the house",
    "wall.agreements_steering": "how many lead the network and whether business chairs is a criterion of the mark: numbers only",
}


class AgreementsConfig(AppConfig):
    name = "luukku.agreements"

    def ready(self) -> None:
        from luukku.agreements import mails
        from luukku.agreements.actions import reforming
        from luukku.agreements.queries.due import my_due
        from luukku.agreements.queries.points import POINTS
        from luukku.agreements.queries.promises import origin
        from luukku.agreements.web.door import register_links
        from luukku.core.followed import origins
        from luukku.core.reforms import register_reforms
        from luukku.core.registries import due_things
        from luukku.core.walls import register_window
        from luukku.core.watching import network_points

        register_links()
        origins.register("agreements.promise", origin)
        mails.register_kinds()
        due_things.register("agreements", my_due)
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        register_reforms(reforming.PARTS, reforming.STAYS)
        for key, point in POINTS.items():
            network_points.register(key, point)
        _register_navigation()


def _register_navigation() -> None:
    from luukku.agreements.access import can_edit_template, has_agreements
    from luukku.core.registries import NavItem, navigation

    items = (
        ("agreements", NavItem(_("Agreements"), "agreements:agreements", "staff", 49, has_agreements, group="steering")),
        (
            "agreements.others",
            NavItem(
                _("Agreements"), "agreements:agreements", "menu", 60, lambda actor: actor.is_staff and not has_agreements(actor), group="steering"
            ),
        ),
        ("agreements.public", NavItem(_("Agreements and the common mark"), "agreements:marks", "footer", 65, lambda actor: not actor.is_staff)),
        ("agreements.marks", NavItem(_("Common mark"), "agreements:marks", "menu", 66, lambda actor: actor.is_staff, group="steering")),
        ("agreements.template", NavItem(_("Text of the agreement"), "agreements:template", "menu", 67, can_edit_template, group="upkeep")),
    )
    for key, item in items:
        navigation.register(key, item)
