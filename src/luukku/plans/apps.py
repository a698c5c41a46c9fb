from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.plans_inside": "what is approved is read by the network's own people, by the seats of today: yes or no",
    "wall.plans_regions": "drafts are read by the region's parties, by seats and participations of today: keys of regions only",
    "wall.plans_coordinated": "a coordinator reads what her region's people plan for themselves, by the seat of today: keys of regions only",
    "wall.plans_areas": "those of an area answer for measures of its regions, by the seat of today: keys of regions only",
    "wall.plans_read": "what hangs on a plan is read by those who read it today: keys of plans only",
    "wall.plans_write": "what hangs on a plan is written by those who may write it today: keys of plans only",
    "wall.plans_keeps": "kinds of plans are the network's keepers', by the seat of today: yes or no only",
    "wall.plans_led": "a region's plans are written by its coordinator and groups, by the seat of today: keys of regions only",
    "wall.plans_headed": "an organisation's head writes its plans and confirms its shares, by the seat of today: keys of organisations only",
    "wall.plans_written": "what a plan says is changed by those who may write it today: keys of plans only",
    "wall.plans_answered": "how a measure goes is told by whoever holds a seat that answers for it today: keys of measures only",
    "wall.plans_asked": "what a round asks is answered by whoever holds the seat today: keys of its parts only",
    "wall.plans_give_idea": "a customer puts an idea into the box of a region whose door is open, and reads nothing of it: its key only",
    "wall.plans_rounds": "what is said in a round is read by those who read it today, outside only what is public: keys of rounds only",
    "wall.plans_round_parts": "the same, for the notes of a round: keys of its parts only",
    "wall.plans_reminded": "a digest tells whom a reminder asked of which measure; the caller has no principal yet, and then acts as that person",
}


class PlansConfig(AppConfig):
    name = "luukku.plans"

    def ready(self) -> None:
        _register_points()
        from luukku.core.followed import decision_followers, plan_lines, plan_overviews
        from luukku.core.mail.answers import answer_takers
        from luukku.core.reforms import register_reforms
        from luukku.core.registries import due_things
        from luukku.core.walls import register_window
        from luukku.plans import mails
        from luukku.plans.actions import mail_answers, reforming
        from luukku.plans.queries.decided import agenda_lines, followed
        from luukku.plans.queries.due import my_due
        from luukku.plans.queries.overview import agenda_overview

        due_things.register("plans", my_due)
        decision_followers.register("plans", followed)
        plan_lines.register("plans", agenda_lines)
        plan_overviews.register("plans", agenda_overview)
        mails.register_kinds()
        answer_takers.register(mails.ANSWERS, mail_answers.take_answer)
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        _register_navigation()
        register_reforms(reforming.PARTS, reforming.STAYS)


def _register_navigation() -> None:
    from luukku.core.registries import NavItem, navigation
    from luukku.governance.access import placed
    from luukku.plans.access import can_edit_kinds, plans_daily

    others = NavItem(_("Plans"), "plans:index", "menu", 60, lambda actor: placed(actor) and not plans_daily(actor), group="steering")
    navigation.register("plans", NavItem(_("Plans"), "plans:index", "staff", 47, plans_daily, group="steering"))
    navigation.register("plans.others", others)
    told = NavItem(_("What has been decided and how it goes"), "plans:public", "footer", 55, lambda actor: not actor.is_staff)
    navigation.register("plans.public", told)
    give = NavItem(_("Give an idea"), "plans:idea_outside", "footer", 56, lambda actor: not actor.is_staff)
    navigation.register("plans.idea", give)
    navigation.register("plans.kinds", NavItem(_("Kinds of plans"), "plans:kinds", "menu", 65, can_edit_kinds, group="upkeep"))


def _register_points() -> None:
    from luukku.core.watching import network_points
    from luukku.plans.queries.points import POINTS

    for key, point in POINTS.items():
        network_points.register(key, point)
