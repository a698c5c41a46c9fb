from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.complaints_link": "a link's digest tells which complaint its holder made; the caller has no principal yet",
    "wall.complaints_seat": "coordinators and desk leads read complaints by the seats they have today: yes or no, never of the one complained of",
    "wall.complaints_seat_of": "the same for what hangs on a complaint: yes or no",
    "wall.complaints_handler": "a complaint about one's own case goes past its handler; the reader's test is repeated inside",
    "wall.complaints_of_person": "whoever proved her address reads her complaints by the open page, and what was answered",
    "wall.complaints_figures": "complaints by cause are a figure of the region: numbers only, nothing of fewer than five",
}


class ComplaintsConfig(AppConfig):
    name = "luukku.complaints"

    def ready(self) -> None:
        _register_reforms()
        from luukku.complaints import mails
        from luukku.complaints.actions.recounting import WATCHER
        from luukku.complaints.actions.telling import UNREACHED
        from luukku.complaints.queries.panels import status_panel
        from luukku.complaints.web.door import register_links
        from luukku.core.mail import mail_failures
        from luukku.core.registries import Panel, calendar_watchers, status_panels
        from luukku.core.walls import register_window

        register_links()
        mails.register_kinds()
        for kind, heed in UNREACHED.items():
            mail_failures.register(kind, heed)
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        calendar_watchers.register("complaints", WATCHER)
        status_panels.register("complaints", Panel(20, "complaints/door/_on_status.html", status_panel, aside=True))
        _register_navigation()
        _register_forgetting()


def _register_forgetting() -> None:
    from luukku.complaints.actions import forgetting as acts
    from luukku.complaints.queries.persons import held_complaints
    from luukku.core.gathering import PersonRecords, person_records
    from luukku.core.registries import RetentionRule, case_forgetters, retention_rules

    told = _("Complaints that were answered: words, names and contact data, what was said of them")
    why, basis = _("Showing how a complaint was answered, and what was corrected"), "GDPR 5(1)(e), 6(1)(e)"
    retention_rules.register("complaints.complaint", RetentionRule(told, why, 36, basis, acts.complaints_due, acts.forget_complaints))
    case_forgetters.register("complaints", acts.forget_with_cases)
    made = _("Complaints you made with your e-mail address")
    person_records.register("complaints.complaint", PersonRecords(made, held_complaints, acts.forget_of))


def _register_navigation() -> None:
    from luukku.complaints.access import leads, rules_somewhere, sees_complaints
    from luukku.core.registries import NavItem, navigation
    from luukku.network.access import may
    from luukku.network.enums import Right

    items = (
        ("complaints", NavItem(_("Complaints"), "complaints:index", "staff", 57, leads, group="work")),
        (
            "complaints.others",
            NavItem(_("Complaints"), "complaints:index", "menu", 82, lambda actor: sees_complaints(actor) and not leads(actor), group="work"),
        ),
        ("complaints.rules", NavItem(_("Who answers for complaints"), "complaints:rules", "menu", 87, rules_somewhere, group="upkeep")),
        (
            "complaints.figures",
            NavItem(
                _("Complaints in figures"),
                "complaints:figures",
                "menu",
                88,
                lambda actor: actor.is_staff and may(actor, Right.SEE_FIGURES),
                group="figures",
            ),
        ),
    )
    for key, item in items:
        navigation.register(key, item)


def _register_reforms() -> None:
    from luukku.complaints.actions import reforming
    from luukku.core.reforms import register_reforms

    register_reforms(reforming.PARTS, {})
