from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.surveys_kept": "a coordinator keeps her region's surveys by the seat she has today: keys of surveys only",
    "wall.surveys_read": "shared results are read by the network of the region by the seats of today: keys of surveys only",
    "wall.surveys_open": "a link's digest tells which survey its holder may answer; the caller is nobody yet",
    "wall.surveys_take_box": "whoever may answer takes her turn at the sealed box, which she cannot read",
    "wall.surveys_drop": "an anonymous answer is put into the sealed box; the caller's link or seat is asked again",
    "wall.surveys_write": "a named answer is written by whoever holds the link, or by who keeps the survey",
    "wall.surveys_own": "what its holder has saved for later, by her own link",
    "wall.surveys_invited": "who is invited to a survey that takes needs finds her own name and address in the form, by her own link",
    "wall.surveys_waiting": "which of the actor's own invitations she has not answered: keys only",
    "wall.surveys_turnout": "how many are invited and have answered: numbers only, for those who read the survey",
    "wall.surveys_rows": "answers without names, of closed surveys and never of fewer than are shown, to be counted",
    "wall.surveys_compare": "means over an area's surveys, three at a time: numbers only",
}


class SurveysConfig(AppConfig):
    name = "luukku.surveys"

    def ready(self) -> None:
        from luukku.core.reforms import reform_stays
        from luukku.core.registries import NavItem, due_things, navigation
        from luukku.core.walls import register_window
        from luukku.surveys import mails
        from luukku.surveys.access import keeps_surveys
        from luukku.surveys.queries.lists import my_due

        mails.register_kinds()
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        due_things.register("surveys", my_due)
        reform_stays.register("surveys.Response.organisation", "tells from where she said that she came")
        _register_retention()
        navigation.register("surveys", NavItem(_("Surveys"), "surveys:surveys", "staff", 48, keeps_surveys, group="figures"))
        others = NavItem(_("Surveys"), "surveys:surveys", "menu", 65, lambda actor: actor.is_staff and not keeps_surveys(actor), group="figures")
        navigation.register("surveys.others", others)


def _register_retention() -> None:
    from luukku.core.registries import RetentionRule, retention_rules
    from luukku.surveys.actions import forgetting as acts

    basis = "GDPR 5(1)(e), 6(1)(e)"
    who, said = _("Names and addresses of those who were asked in a survey"), _("Named answers to surveys: who gave them, and their own words")
    why, known = _("Inviting and reminding them"), _("Knowing who said what, as those who answered were told")
    invitations = RetentionRule(who, why, 6, basis, lambda before: acts.invitations_due(before).count(), acts.forget_invitations)
    responses = RetentionRule(said, known, 36, basis, lambda before: acts.responses_due(before).count(), acts.forget_responses)
    retention_rules.register("surveys.invitation", invitations)
    retention_rules.register("surveys.response", responses)
