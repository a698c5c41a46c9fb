from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.statements_link": "a link's digest tells which statement an outside organisation is asked for; the caller has no principal yet",
    "wall.statements_door": "who gives a statement ends the wait of a case that she does not read; the giver's test is repeated inside",
    "wall.statements_figures": "how statements go is a figure of the region: numbers only, nothing of fewer than five",
}
EVENTS = {
    "statement.proposed": _("The customer was asked whether their plan may be shown"),
    "statement.asked": _("A statement was asked for"),
    "statement.accepted": _("Whoever was asked gives the statement"),
    "statement.declined": _("A statement was declined"),
    "statement.given": _("A statement was given"),
    "statement.corrected": _("A statement was corrected"),
    "statement.withdrawn": _("A statement is not awaited any more"),
    "statement.readdressed": _("A new link was sent to whoever was asked for a statement"),
    "statement.unreached": _("The mail with the link to whoever was asked for a statement came back"),
    "statement.consent_ended": _("The customer's consent to show their plan ended"),
}


class StatementsConfig(AppConfig):
    name = "luukku.statements"

    def ready(self) -> None:
        _register_reforms()
        from luukku.core.gathering import TimelineSource, timeline_sources
        from luukku.core.mail import mail_failures
        from luukku.core.registries import CaseWatcher, Panel, case_forgetters, case_panels, case_watchers, event_words, status_panels
        from luukku.core.walls import register_window
        from luukku.statements import mails
        from luukku.statements.actions.consent import end_all
        from luukku.statements.actions.forgetting import forget_with_cases
        from luukku.statements.actions.links import UNREACHED
        from luukku.statements.queries.on_case import has_statements
        from luukku.statements.queries.panels import case_panel, status_panel
        from luukku.statements.queries.timeline import statement_entries
        from luukku.statements.web.door.place import register_links
        from luukku.statements.web.staff import navigation

        register_links()
        navigation.register()
        case_panels.register("statements", Panel(10, "statements/staff/_on_case.html", case_panel))
        status_panels.register("statements", Panel(10, "statements/door/_on_status.html", status_panel))
        timeline_sources.register("lausunnot", TimelineSource(_("Statements"), 18, statement_entries))
        mails.register_kinds()
        for kind, heed in UNREACHED.items():
            mail_failures.register(kind, heed)
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        for action, words in EVENTS.items():
            event_words.register(action, words)
        case_forgetters.register("statements", forget_with_cases)
        case_watchers.register("statements", CaseWatcher(end_all, has_statements))


def _register_reforms() -> None:
    from luukku.core.reforms import register_reforms
    from luukku.statements.actions import reforming

    register_reforms(reforming.PARTS, {})
