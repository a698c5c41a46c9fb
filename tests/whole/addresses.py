"""Every address of the product with something real in each parameter.

A new address is filled here: by the table whose first row its key names, or by a word. One that cannot be filled is listed with the reason; the
test of every page fails for an address that is neither.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from luukku.desk.models import Case, Leg
from tests.cast import Cast

TOKEN = "x" * 43
TABLE = re.compile(r"[a-z_]+\.[A-Z]")
# What a parameter holds, by the beginning of the address; the first that fits. "app.Model" is the key of that table's first row.
BY_PREFIX: dict[str, dict[str, str]] = {
    "account/sessions/": {"<int:pk>": "usersessions.UserSession"},
    "verkosto/tiskit/": {"<int:pk>": "network.Desk"},
    "verkosto/ihmiset/poissaolot/": {"<int:pk>": "network.Absence"},
    "verkosto/ihmiset/": {"<int:pk>": "network.Person"},
    "ihmiset/kuvat/": {"<int:pk>": "network.Person", "<slug:version>": "a1"},
    "verkosto/kunnat/": {"<int:pk>": "network.Municipality"},
    "verkosto/lajit/": {"<int:pk>": "network.OrganisationType"},
    "verkosto/kirjautumiset/": {"<int:pk>": "accounts.User"},
    "verkosto/paikat/": {"<int:pk>": "network.Seat"},
    "verkosto/edustukset/": {"<int:pk>": "network.Representation"},
    "verkosto/toimipaikat/": {"<int:pk>": "network.Premises"},
    "verkosto/talopaikat/": {"<int:pk>": "network.HousePlace"},
    "verkosto/sulkupaivat/": {"<int:pk>": "network.ClosingDay"},
    "verkosto/paikkavuorot/vuoro/": {"<int:pk>": "network.SeatTurn"},
    "verkosto/paikkavuorot/": {"<int:pk>": "network.SeatRota"},
    "verkosto/seudut/": {"<slug:code>": "region"},
    "verkosto/alueet/": {"<slug:code>": "area"},
    "verkosto/tulevat/": {"<int:pk>": "network.PlannedPlace"},
    "palvelut/<slug:code>/historia/": {"<slug:code>": "service", "<int:pk>": "pghistory.Events"},
    "palvelut/": {"<slug:code>": "service", "<int:pk>": "catalogue.ServiceProvider"},
    "palveluryhmat/": {"<slug:code>": "group"},
    "yritysrekisteri/": {"<int:pk>": "customers.ImportRun"},
    "segmentit/versiot/": {"<int:number>": "1"},
    "segmentit/luonnos/": {"<int:pk>": "customers.SegmentRule"},
    "yritykset/": {"<slug:code>": "growth-track", "<slug:field>": "name", "<int:pk>": "customers.Establishment"},
    "asiakkaat/": {"<int:pk>": "customers.Customer"},
    "tiedustelut/": {"<int:pk>": "customers.Inquiry"},
    "s/<str:token>/aika/": {"<int:pk>": "desk.Appointment"},
    "s/<str:token>/siirto/": {"<int:pk>": "desk.Handover"},
    "s/<str:token>/neuvottelu/": {"<int:pk>": "desk.MeetingItem"},
    "s/<str:token>/kollega/": {"<int:pk>": "desk.CaseGuest"},
    "s/<str:token>/lausunnot/": {"<int:pk>": "statements.Plan", "<int:which>": "statements.PlanFile"},
    "s/<str:token>/tietoni/": {"<int:pk>": "customers.Consent"},
    "v/": {"<int:part>": "desk.HandoverPart"},
    "asia/<str:number>/soitettu/": {"<int:pk>": "desk.NewsCall"},
    "asia/<str:number>/palaute/": {"<int:pk>": "desk.FollowUp"},
    "asia/<str:number>/tulos/": {"<int:pk>": "desk.Outcome"},
    "asia/<str:number>/eri/": {"<int:pk>": "desk.NotSame"},
    "asia/<str:number>/suostumukset/": {"<int:pk>": "customers.Consent"},
    "asia/": {"<int:pk>": "leg"},
    "tiskini/tekstit/": {"<int:pk>": "desk.ReadyText"},
    "lahtematta/": {"<int:pk>": "core.OutgoingMail"},
    "posti/": {"<int:pk>": "desk.IncomingMail"},
    "asiointi/": {"<int:pk>": "desk.EServiceReport"},
    "talo/<int:pk>/tavattu": {"<int:pk>": "desk.WalkIn"},
    "talo/": {"<int:pk>": "network.Premises"},
    "siirrot/": {"<int:pk>": "desk.Handover", "<int:part>": "desk.HandoverPart"},
    "neuvottelut/sarja/": {"<int:pk>": "desk.MeetingSeries", "<int:party>": "desk.MeetingParty"},
    "neuvottelut/askel/": {"<int:pk>": "desk.MeetingStep"},
    "neuvottelut/uusi/": {"<str:owner>": "owner"},
    "neuvottelut/": {"<int:pk>": "desk.CaseMeeting", "<int:point>": "desk.MeetingPoint", "<int:item>": "desk.MeetingItem"},
    "palaute/tabletti/": {"<int:pk>": "desk.Kiosk"},
    "ajat/poissa/": {"<int:pk>": "desk.BusyTime"},
    "ajat/varaus/": {"<int:pk>": "desk.Appointment"},
    "ajat/paikat/": {"<int:pk>": "desk.ServicePoint"},
    "ajat/huoneet/": {"<int:pk>": "desk.Room"},
    "ajat/": {"<int:pk>": "desk.BookableTimes"},
    "avaimet/": {"<int:pk>": "desk.PartnerKey"},
    "myohassa/": {"<slug:code>": "region"},
    "postilaatikot/": {"<str:key>": "region"},
    "ohjaus/luonnos/": {"<int:pk>": "desk.RuleBook"},
    "ohjaus/saanto/": {"<int:pk>": "desk.Rule"},
    "ohjaus/tiski/": {"<int:pk>": "network.Desk"},
    "ohjaus/seutu/": {"<slug:code>": "region"},
    "asiakkaani/": {"<int:pk>": "customers.Shepherd", "<int:entry>": "customers.ShepherdHours"},
    "hoitajat/": {"<int:pk>": "customers.ShepherdContract"},
    "kartoitukset/asia/": {"<int:answer>": "relations.TalkAnswer"},
    "kartoitukset/": {"<int:pk>": "relations.NeedMap", "<int:which>": "relations.NeedQuestion"},
    "kaynnit/": {"<int:pk>": "relations.Visit", "<int:report>": "relations.VisitReport", "<int:need>": "relations.VisitNeed"},
    "kohtaamiset/tavoitteet/": {"<int:year>": "2026"},
    "asiakassuunnitelmat/perusteet/": {"<int:pk>": "relations.PlanCriterion"},
    "asiakassuunnitelmat/": {"<int:pk>": "relations.AccountPlan", "<int:action>": "relations.AccountAction"},
    "hankkeet/": {"<int:pk>": "development.Project"},
    "sijoittumiset/tavoitteet/": {"<int:year>": "2026", "<slug:region>": "region", "<slug:organisation>": "organisation"},
    "sijoittumiset/": {"<int:pk>": "vitality.Prospect", "<int:which>": "vitality.Offer"},
    "tilanteet/<int:pk>/yritys/": {"<int:pk>": "vitality.Situation", "<int:which>": "vitality.SituationCompany"},
    "tilanteet/": {"<int:pk>": "vitality.Situation", "<int:which>": "vitality.SituationMeasure"},
    "tontit/tarjous/": {"<int:pk>": "vitality.Offer"},
    "tontit/": {"<int:pk>": "vitality.Site"},
    "vihjeet/tiedoista/": {"<int:pk>": "relations.FactLead"},
    "vihjeet/": {"<int:pk>": "relations.Lead"},
    "lausunnot/lomakkeet/valmis/": {"<slug:code>": "start-up-grant"},
    "lausunnot/lomakkeet/": {"<int:pk>": "statements.StatementForm"},
    "lausunnot/": {"<int:pk>": "statements.Statement", "<int:which>": "statements.PlanFile"},
    "l/": {"<int:which>": "statements.PlanFile"},
    "valitetyt/": {"<int:pk>": "desk.Case"},
    "sailytysajat/": {"<str:key>": "governance.member"},
    "tietojen-perusteet/": {"<slug:code>": "municipality", "<slug:purpose>": "service", "<slug:group>": "contact"},
    "valitukset/jaettu/": {"<int:pk>": "complaints.ComplaintTurn"},
    "valitukset/saannot/": {"<int:pk>": "complaints.ComplaintRule", "<slug:code>": "slow"},
    "valitukset/": {"<int:pk>": "complaints.Complaint", "<int:which>": "complaints.Correction"},
    "verkostot/askeleet/": {"<int:pk>": "governance.TalkStep"},
    "verkostot/": {"<slug:code>": "region"},
    "verkosto/muutokset/osat/": {"<int:pk>": "network.ReformMove"},
    "verkosto/muutokset/": {"<int:pk>": "network.Reform"},
    "ryhmat/<int:pk>/itsearviointi/": {"<int:pk>": "governance.Group", "<int:year>": "2026"},
    "k/<str:token>/itsearviointi/": {"<int:year>": "2026"},
    "kyselyt/<int:pk>/teemat/": {"<int:pk>": "surveys.Survey", "<slug:key>": "q11", "<int:which>": "surveys.Theme"},
    "kyselyt/": {"<int:pk>": "surveys.Survey", "<survey_table:which>": "vastaukset"},
    "kyselypohjat/": {"<int:pk>": "surveys.Questionnaire", "<slug:key>": "q1"},
    "suunnitelmat/ideat/": {"<int:pk>": "plans.Idea"},
    "suunnitelmat/esitykset/": {"<int:pk>": "plans.Proposal"},
    "suunnitelmat/strategiat/": {"<int:pk>": "plans.StrategyLine"},
    "suunnitelmat/<int:pk>/kommentti/": {"<int:pk>": "plans.Plan", "<int:which>": "plans.Measure"},
    "suunnitelmat/<int:pk>/vastaus/": {"<int:pk>": "plans.Plan", "<int:which>": "plans.Note"},
    "suunnitelmat/": {"<int:pk>": "plans.Plan", "<int:number>": "1", "<int:which>": "plans.Share", "<slug:matter>": "agreement"},
    "toimenpiteet/": {"<int:pk>": "plans.Measure"},
    "raportointi/osuus/": {"<int:pk>": "plans.RoundPart"},
    "raportointi/": {"<int:pk>": "plans.Round"},
    "sopimukset/pohja/": {"<int:pk>": "agreements.TemplateSection"},
    "sopimukset/asiakirja/<int:pk>/kommentti/": {"<int:pk>": "agreements.Document", "<int:which>": "agreements.Comment"},
    "sopimukset/asiakirja/<int:pk>/liite/": {"<int:pk>": "agreements.Document", "<int:which>": "agreements.Attachment"},
    "sopimukset/asiakirja/<int:pk>/allekirjoittaja/": {"<int:pk>": "agreements.Document", "<int:which>": "network.Organisation"},
    "sopimukset/asiakirja/": {"<int:pk>": "agreements.Document", "<int:which>": "agreements.Section"},
    "sopimukset/<int:pk>/lupaukset/": {"<int:pk>": "agreements.Agreement", "<int:which>": "agreements.Promise"},
    "sopimukset/": {"<int:pk>": "agreements.Agreement", "<int:which>": "agreements.Party", "<str:code>": "checked"},
    "merkki/kaytto/": {"<int:pk>": "agreements.MarkUse"},
    "merkki/": {"<int:pk>": "agreements.MarkApplication"},
    "y/": {"<int:which>": "agreements.Attachment"},
    "ryhmat/lajit/": {"<int:pk>": "governance.GroupKind"},
    "ryhmat/": {"<int:pk>": "governance.Group", "<int:which>": "governance.Membership"},
    "vuosikello/": {"<int:pk>": "governance.ClockEntry"},
    "kokoukset/<int:pk>/liite/": {"<int:pk>": "governance.Meeting", "<int:which>": "governance.Paper"},
    "kokoukset/<int:pk>/muistio/korjaus/": {"<int:pk>": "governance.Meeting", "<int:which>": "governance.Amendment"},
    "kokoukset/": {"<int:pk>": "governance.Meeting", "<int:which>": "governance.AgendaItem"},
    "tehtavat/": {"<int:pk>": "governance.Task"},
    "k/": {"<int:pk>": "governance.Task", "<int:which>": "governance.Paper"},
}
# The same under every prefix, where the prefix says nothing else.
BY_NAME = {
    "<str:number>": "number", "<str:other>": "number", "<str:token>": TOKEN, "<slug:region>": "region", "<slug:area>": "area",
    "<slug:municipality>": "municipality", "<slug:organisation>": "organisation", "<slug:code>": "organisation", "<str:business_id>": "business",
    "<slug:kind>": "phrase", "<slug:language>": "fi", "<slug:provider_id>": "none", "<str:provider_id>": "none", "<str:to>": "desk",
}  # fmt: skip
# No row of these stands in the tests' world: a key that nothing has is asked for, so that at least the door is tried.
BARE = {
    "usersessions.UserSession": "made by the middleware when she signs in by the page",
    "network.Reform": "tests/network/reforms walks through one from its beginning",
    "network.ReformMove": "a part of such a reform",
    "network.PlannedPlace": "tests/network/test_planned_places.py writes one down and takes it back",
    "governance.TalkStep": "the tests of talks with a region tick one off",
    "development.Project": "the tests of its module walk through one",
    "customers.ImportRun": "a file of the register is looked through: tests/customers/register tries its pages",
    "pghistory.Events": "a view of all histories; tests/catalogue tries who may restore",
}
NOT_ASKED = {
    "^password/reset/key/": "allauth's own, by a key that was mailed",
    "openid_connect": "allauth's own; no provider is set up in tests",
    "mfa_edit_webauthn": "allauth's own; nobody of the cast has a passkey",
    "mfa_remove_webauthn": "allauth's own; nobody of the cast has a passkey",
}


def patterns(resolver: Any = None, route: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every address with its name, as `asia/<str:number>/` and `desk:case`."""
    for each in (resolver or get_resolver()).url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here, f"{name}{each.namespace}:" if each.namespace else name)
        elif isinstance(each, URLPattern):
            yield here, f"{name}{each.name}"


def addresses(case: Case, cast: Cast) -> list[tuple[str, str]]:
    """Every address with its name, filled with the keys of the case and of what else stands in the world; without the token of its link.

    Fails for an address that nothing fills and no reason excuses.
    """
    words = _words(case, cast)
    filled: list[tuple[str, str]] = []
    left: list[tuple[str, str]] = []
    for route, name in patterns():
        if any(each in route or each in name for each in NOT_ASKED):
            continue
        path = _filled(route, words)
        (left if "<" in path or "^" in path else filled).append((f"/{path}", name))
    assert not left, f"fill these in tests/whole/addresses.py, or say there why not: {left}"
    return filled


def _words(case: Case, cast: Cast) -> Mapping[str, str]:
    company = apps.get_model("customers.Company").objects.order_by("business_id").first()
    return {
        "number": case.number, "leg": str(Leg.objects.filter(case=case)[0].pk), "region": cast.here.region.code, "area": cast.here.area.code,
        "organisation": cast.partners.code, "desk": str(cast.partner_desk.pk), "municipality": cast.here.municipality.code,
        "owner": f"alue-{cast.here.region.code}", "service": _code("catalogue.Service"), "group": _code("catalogue.ServiceGroup"),
        "business": company.business_id if company else "2617416-4",
        "file": str(apps.get_model("desk.Attachment").objects.filter(case=case)[0].pk),
    }  # fmt: skip


def _code(label: str) -> str:
    found = apps.get_model(label).objects.order_by("pk").first()
    return found.code if found else "none"


def _filled(route: str, words: Mapping[str, str]) -> str:
    path = route.replace("tiedostot/<int:pk>", f"tiedostot/{words['file']}").replace("tiedosto/<int:pk>", f"tiedosto/{words['file']}")
    prefix = route.replace("omat/<str:number>/", "s/<str:token>/")  # the same pages by either way in
    own: dict[str, str] = next((given for start, given in BY_PREFIX.items() if prefix.startswith(start)), {})
    for part, what in {**BY_NAME, **own}.items():
        if part in path:
            path = path.replace(part, _key(what) if TABLE.match(what) else words.get(what, what))
    return path


def _key(label: str) -> str:
    """Of the table's first row."""
    found = apps.get_model(label)._default_manager.order_by("pk").values_list("pk", flat=True).first()
    assert found is not None or label in BARE, f"no row in {label}: let tests/whole/every_table.py make one, or name it in BARE"
    return str(found or 999_999)
