from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from luukku.core.actor import Actor

WINDOWS = {
    "wall.governance_keeps": "a coordinator, an area's contact and the nation's owner keep their groups by the seats of today: yes or no",
    "wall.governance_groups": "members, deputies, keepers, colleagues and networks read groups by the terms and seats of today: keys of groups only",
    "wall.governance_link": "a link's digest tells to which meeting its holder is invited; the caller has no principal yet",
    "wall.governance_feed": "a digest tells whose year an address gives; the caller has no principal yet, and then acts as that person",
    "wall.governance_assessed": "how groups see their own work is a figure of the region: numbers only, of opened self-assessments",
    "wall.governance_activity": "how much groups meet is a figure of the region: numbers only",
}


class GovernanceConfig(AppConfig):
    name = "luukku.governance"

    def ready(self) -> None:
        _register_points()
        _register_reforms()
        from luukku.core.mail.answers import answer_takers
        from luukku.core.registries import Panel, RetentionRule, due_things, measures, region_panels, retention_rules
        from luukku.core.walls import register_window
        from luukku.core.worked import WorkPart, work_parts
        from luukku.governance import mails
        from luukku.governance.actions import mail_answers
        from luukku.governance.actions.forgetting import forget_members, members_due
        from luukku.governance.queries import activity, assessments, networks, work_done
        from luukku.governance.queries.due import my_due
        from luukku.governance.web.door import register_links

        register_links()
        work_parts.register("governance", WorkPart(_("Network"), 50, work_done.meeting_lines))
        due_things.register("governance", my_due)
        region_panels.register("governance.network", Panel(10, "governance/_on_region.html", networks.on_region))
        mails.register_kinds()
        answer_takers.register(mails.ANSWERS, mail_answers.take_answer)
        answer_takers.register(mails.OF_ENTRIES, mail_answers.take_entry_answer)
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        for name, measure in (activity.MEASURES | assessments.MEASURES).items():
            measures.register(name, measure)
        retention_rules.register(
            "governance.member",
            RetentionRule(
                _("Names and addresses of group members from outside the network"),
                _("Inviting them, and knowing who took part"),
                24,
                "GDPR 5(1)(e), 6(1)(e)",
                lambda before: members_due(before).count(),
                forget_members,
            ),
        )
        _register_navigation()


def _landing_of(actor: "Actor") -> str | None:
    """What is due in groups and plans is where her day begins whose daily work is a region's groups, and not cases."""
    from django.urls import reverse

    from luukku.governance.access import in_groups
    from luukku.network.access import may
    from luukku.network.enums import Right

    steers = in_groups(actor) and not may(actor, Right.HANDLE_CASES) and any(seat.region_id for seat in actor.seats)
    return reverse("governance:tasks") if steers else None


def _register_navigation() -> None:
    from luukku.core.registries import Landing, NavItem, landings, navigation
    from luukku.governance.access import has_clock, in_groups, keeps_networks
    from luukku.network.access import can_edit_network, may
    from luukku.network.enums import Right

    items = (
        ("governance", NavItem(_("Groups"), "governance:groups", "staff", 45, in_groups, group="steering")),
        ("governance.clock", NavItem(_("Annual clock"), "governance:clock", "staff", 46, in_groups, group="steering")),
        ("governance.clock.others", NavItem(_("Annual clock"), "governance:clock", "menu", 61, has_clock, group="steering")),
        (
            "governance.others",
            NavItem(_("Groups"), "governance:groups", "menu", 61, lambda actor: actor.is_staff and not in_groups(actor), group="steering"),
        ),
        ("governance.networks", NavItem(_("Networks"), "governance:networks", "staff", 44, keeps_networks, group="steering")),
        ("governance.tasks", NavItem(_("My tasks"), "governance:tasks", "staff", 11, lambda actor: actor.is_staff, group="work")),
        ("governance.kinds", NavItem(_("Kinds of groups"), "governance:kinds", "menu", 64, can_edit_network, group="upkeep")),
        (
            "governance.figures",
            NavItem(
                _("Groups in figures"),
                "governance:figures",
                "menu",
                63,
                lambda actor: actor.is_staff and may(actor, Right.SEE_FIGURES),
                group="figures",
            ),
        ),
    )
    for key, item in items:
        navigation.register(key, item)
    landings.register("governance", Landing(5, _landing_of))


def _register_reforms() -> None:
    from luukku.core.reforms import register_reforms
    from luukku.governance.actions import reforming

    register_reforms(reforming.PARTS, {})


def _register_points() -> None:
    from luukku.core.watching import network_points
    from luukku.governance.queries.points import POINTS

    for key, point in POINTS.items():
        network_points.register(key, point)
