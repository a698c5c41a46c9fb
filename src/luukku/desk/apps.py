from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luukku.core.gathering import TimelineSource, timeline_sources
from luukku.core.registries import (
    Panel,
    RetentionRule,
    SignInPanel,
    calendar_watchers,
    checks,
    company_panels,
    customer_panels,
    holds,
    measures,
    municipality_watchers,
    organisation_panels,
    person_doors,
    retention_rules,
    search_sources,
    segment_columns,
    service_panels,
    sign_in_panels,
)
from luukku.core.walls import register_window

WINDOWS = {
    "wall.desk_open_link": "a link's digest tells whose door it opens; the caller has no principal yet",
    "wall.desk_guest_link": "a link's digest tells into whose matter its holder was let; the caller has no principal yet",
    "wall.desk_expired_link": "a link that has run out is enough to have a new one mailed to the address on the case",
    "wall.desk_case_of_form": "a form sent twice finds the case that its first sending made; the form's key is known to its sender only",
    "wall.desk_open_kiosk": "a tablet's address tells which tablet it is; who stands before it has no principal",
    "wall.desk_kiosk_faces": "what visitors touched is a figure of the region: whole months, none of fewer than five",
    "wall.desk_case_of_words": "the same sent again from a new form is recognised; the key is a keyed digest of what its sender typed",
    "wall.desk_keep_earlier": "who opens a matter again at another desk keeps earlier notes from it, which she does not read; it only takes away",
    "wall.desk_search": "full text gets no index under row-level security; the reader's test is repeated inside",
    "wall.desk_fair": "whether all were served alike is a figure of the region: one fixed year, no group under five or to be reckoned",
    "wall.desk_promise_kept": "how the promise is kept is public: numbers of whole months, none of fewer than five",
    "wall.desk_promise_by_month": "the public figures of each month, and the reader's own organisation's in full; that one is tested inside",
    "wall.desk_open_at": "whoever closes a desk or ends a person's stay must know that matters are open, not which: a number only",
    "wall.desk_open_of_seat": "whoever ends a seat must know that matters would be left without a handler, not which: a number only",
    "wall.desk_rested": "who speaks with a customer of hers is told whether she may be asked now how it went, and never who has asked her before",
    "wall.desk_typical_days": "how long matters of a service take is told to whoever asks for one: a median of at least five in twelve whole months",
    "wall.desk_waits": "for what matters wait is a figure of the region: numbers of whole months, none of fewer than five",
    "wall.desk_broken": "for what matters waited when a promise broke is a figure of the region: whole months, none of fewer than five",
    "wall.desk_routing_facts": "who edits a region's rules tries them on old matters: conditions without number or name; the seat is tested inside",
    "wall.desk_faces": "how customers said it went is a figure of the region: whole months, none of fewer than five",
    "wall.desk_outcome_figures": "what came of a region's matters is a figure: whole months, nothing of fewer than five of an organisation",
    "wall.desk_confirmed_figures": "how much of it customers confirm is a figure: whole months, nothing from which fewer than five could be reckoned",
    "wall.desk_not_contacted": "how often nobody had contacted the customer is a figure: whole months, of others none of fewer than five",
    "wall.desk_handover_figures": "how handovers go is a figure of the region: whole months, none of fewer than five",
    "wall.desk_handover_results": "what came of handovers from one organisation to another: whole months, none of fewer than five",
    "wall.desk_handover_link": "a link's digest tells which handover an outside organisation reads; the caller has no principal yet",
    "wall.desk_handover_door": "who answers a handover changes a case that she does not read yet; the reader's test is repeated inside",
    "wall.desk_queue_numbers": "a passer sees how long the receiver's queue is before she sends: numbers only, no median of fewer than five",
    "wall.desk_busy": "free times are public: what is published less what is taken, and whose meetings those are is not told",
    "wall.desk_open_feed": "a calendar that fetches by a secret address has no principal yet; the digest tells whose booked times it may read",
    "wall.desk_appointment_figures": "how many times were booked, held and missed is a figure of the region: whole months, none of fewer than five",
    "wall.desk_open_partner": "a key's digest tells which partner's system comes, who has no principal yet; and when it came last is marked",
    "wall.desk_walk_in_figures": "how those who walked into a house were guided is a figure of the house: whole months, nothing of fewer than five",
    "wall.desk_listed_cases": "who meets reads of an opened matter what its customer agreed to and no more; her consent is tested inside, each time",
    "wall.desk_meeting_door": "who meets writes onto a case that she may not read what was agreed of it; tested inside, while the meeting goes on",
    "wall.desk_matters": "how much a region takes in and settles is a figure of its meetings: numbers only, nothing of fewer than five",
    "wall.desk_matters_by_service": "what is asked for in a region is a figure of its meetings: numbers only, nothing of fewer than five",
    "wall.desk_company_use": "how many companies of a region have asked for something: numbers, whose small ones are hidden",
    "wall.desk_late_cases": "coordinators see number, desk and lateness; the seat is tested inside",
}


class DeskConfig(AppConfig):
    name = "luukku.desk"

    def ready(self) -> None:
        from luukku.desk.actions import forgetting, merged_places
        from luukku.desk.actions.recounting import WATCHER
        from luukku.desk.actions.reforms import parts
        from luukku.desk.queries import holding, partners, picking, search
        from luukku.desk.web.door.closed import register_helpline
        from luukku.desk.web.door.place import register_links
        from luukku.desk.web.staff import navigation

        _register_needs()
        register_links()
        register_helpline()
        parts.register()
        _register_mails()
        _register_numbers()
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        search_sources.register("desk.cases", search.SOURCE)
        navigation.register()
        sign_in_panels.register("desk.customers", SignInPanel(5, "desk/door/_sign_in_panel.html", lambda _request: {}))
        person_doors.register("desk.operators", "wall.desk_operators")
        holds.register("desk.cases", holding.HOLD)
        calendar_watchers.register("desk.clocks", WATCHER)
        municipality_watchers.register("desk.places", merged_places.WATCHER)
        service_panels.register("desk.times", Panel(10, "desk/door/_service_times.html", picking.service_panel))
        organisation_panels.register("desk.keys", Panel(10, "desk/partners/_link.html", partners.keys_in_use))
        _register_company()
        retention_rules.register(
            "desk.case",
            RetentionRule(
                _("Ended matters: words, messages, notes, files, names and contact data"),
                _("Serving the customer, and showing how they were served"),
                60,
                "GDPR 5(1)(e), 6(1)(e)",
                lambda before: forgetting.cases_due(before).count(),
                forgetting.forget_due,
            ),
        )


def _register_needs() -> None:
    from luukku.desk.actions.survey_needs import take_survey_need
    from luukku.surveys.actions.needs import need_takers

    need_takers.register("desk", take_survey_need)


def _register_company() -> None:
    """What a company's page and timeline tell of its matters."""
    from luukku.desk.queries import company_cases, company_results, company_timeline, customer_matters

    timeline_sources.register("asiat", TimelineSource(_("Matters"), 10, company_timeline.case_entries))
    timeline_sources.register("ajat", TimelineSource(_("Booked meetings"), 12, company_results.meeting_entries))
    timeline_sources.register("tulokset", TimelineSource(_("What came of it"), 14, company_results.outcome_entries))
    timeline_sources.register("vastaukset", TimelineSource(_("Answers to our questions"), 16, company_results.said_entries))
    customer_panels.register("desk.matters", Panel(10, "desk/staff/_customer_matters.html", customer_matters.matters_panel))
    company_panels.register("desk.cases", Panel(10, "desk/staff/_company_cases.html", company_cases.company_cases))
    company_panels.register("desk.results", Panel(12, "desk/staff/_company_results.html", company_results.results_panel))


def _register_mails() -> None:
    """The kinds of mail, what is decided before one is made, and what follows when one does not get there."""
    from luukku.core.asking import asking_caps
    from luukku.core.mail import mail_failures, mail_preparers, mails_unaddressed
    from luukku.desk import mails
    from luukku.desk.actions import asking, mail_bounces, news
    from luukku.desk.mails import case_meetings, ending, guests, handover, joining, nation, reports, shepherds, still_waiting

    for kinds in (mails, ending, handover, reports, case_meetings, joining, shepherds, guests, still_waiting, nation):
        kinds.register_kinds()
    mail_failures.register("desk.case", mail_bounces.mark_unreached)
    mails_unaddressed.register("desk.case", news.call_instead)
    for mailed in ("desk.settled", "desk.session_asked"):
        mail_preparers.register(mailed, asking.decide)
    asking_caps.register("desk", asking.may_ask_address)


def _register_numbers() -> None:
    """Figures, and checks of them and of the data."""
    from luukku.core.watching import network_points
    from luukku.core.worked import WorkPart, work_parts
    from luukku.desk.measures import MEASURES
    from luukku.desk.queries import company_use, integrity, network_figures, watched, work_done

    work_parts.register("desk.contacts", WorkPart(_("Customers"), 10, work_done.contact_lines))
    work_parts.register("desk.meetings", WorkPart(_("Meetings and handovers"), 20, work_done.meeting_lines))
    work_parts.register("desk.outcomes", WorkPart(_("What came of it"), 60, work_done.outcome_lines))
    for name, measure in MEASURES.items():
        measures.register(name, measure)
    segment_columns.register("desk.use", company_use.COLUMNS)
    checks.register("rollups", network_figures.ROLLUPS)
    for key, check in integrity.CHECKS.items():
        checks.register(key, check)
    for key, point in watched.POINTS.items():
        network_points.register(key, point)
