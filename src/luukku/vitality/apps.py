from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WINDOWS = {
    "wall.vitality_of_person": "whoever proved her address sees where she was written down as whom to contact: tested inside, no words are told",
    "wall.vitality_leads": "who leads situations of a region is told by her seat of today: yes or no",
    "wall.vitality_contact": "whom the others ask in a party reads its situation while she has a seat there: yes or no",
    "wall.vitality_situations": "which situations the actor reads, by her seat or as a party: keys only",
    "wall.vitality_situation_counts": "matters and leads of a situation's companies, in steps of five, for those who read the situation",
    "wall.vitality_sells": "whoever ends an organisation or its part in a region must know that it sells the region, not to whom: yes or no",
    "wall.vitality_selling_figures": "how selling the region goes is a figure of the region: numbers only, nothing of fewer than five",
}


class VitalityConfig(AppConfig):
    name = "luukku.vitality"

    def ready(self) -> None:
        from luukku.core.reforms import register_reforms
        from luukku.core.registries import case_forgetters, due_things, holds
        from luukku.core.walls import register_window
        from luukku.vitality import mails
        from luukku.vitality.actions import forgetting, reforming
        from luukku.vitality.queries.due import my_due
        from luukku.vitality.queries.holding import HOLD

        mails.register_kinds()
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        register_reforms(reforming.PARTS, reforming.STAYS)
        case_forgetters.register("vitality", forgetting.forget_with_cases)
        due_things.register("vitality", my_due)
        holds.register("vitality.prospects", HOLD)
        _register_shown()
        _register_changes()
        _register_retention()


def _register_shown() -> None:
    from luukku.core.gathering import PersonRecords, TimelineSource, person_records, timeline_sources
    from luukku.core.registries import NavItem, navigation
    from luukku.network.access import is_inside
    from luukku.vitality.access import sees_situations, sells
    from luukku.vitality.actions.forgetting import forget_contact
    from luukku.vitality.queries import persons, timeline

    navigation.register("vitality.prospects", NavItem(_("Selling the region"), "vitality:prospects", "staff", 19, sells, group="companies"))
    navigation.register("vitality.situations", NavItem(_("Situations"), "vitality:situations", "menu", 86, sees_situations, group="companies"))
    shown = NavItem(_("Plots and premises"), "vitality:sites", "menu", 85, lambda actor: actor.is_staff and is_inside(actor), group="companies")
    navigation.register("vitality.sites", shown)
    timeline_sources.register("sijoittumiset", TimelineSource(_("Selling the region"), 35, timeline.prospect_entries))
    named = _("Companies that might come to the region, in which you are named as whom to contact")
    person_records.register("vitality.prospect", PersonRecords(named, persons.held_prospects, forget_contact))


def _register_changes() -> None:
    from luukku.desk.queries.case_meetings.changes import ChangeSource, change_sources
    from luukku.vitality.queries.situations import counted_situations

    words = {"open": _("Situations open"), "companies": _("Companies that they touch"), "jobs": _("Jobs that they touch")}
    change_sources.register("situations", ChangeSource(words, counted_situations))


def _register_retention() -> None:
    from luukku.core.registries import RetentionRule, retention_rules
    from luukku.vitality.actions import forgetting as acts

    why, basis = _("Knowing with whom the region has talked of coming, and what came of it"), "GDPR 5(1)(e), 6(1)(e)"
    lost, won = _("Prospects that did not come: name, words, whom to contact"), _("Prospects that came: words, whom to contact")
    retention_rules.register("vitality.lost", RetentionRule(lost, why, 24, basis, acts.lost_due, acts.forget_lost))
    retention_rules.register("vitality.won", RetentionRule(won, why, 60, basis, acts.won_due, acts.forget_won))
    over, met = _("Situations that are closed: words, measures, notes"), _("Knowing how the region met a sudden change, and what came of it")
    retention_rules.register("vitality.situation", RetentionRule(over, met, 60, basis, acts.situations_due, acts.forget_situations))
