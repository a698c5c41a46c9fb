"""Every table has an answer to "who may see a row", and what is confidential is behind forced row-level security."""

import pytest
from django.apps import apps
from django.db import connection

from luukku.core.doctor import confidential_tables
from luukku.core.walls import PrincipalField, windows

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

# Rows carry `readers`; the database shows each only to those.
CONFIDENTIAL = {
    "core_storedfile", "customers_consent", "customers_contact", "customers_inquiry", "customers_inquiryturn", "customers_look", "customers_relation", "customers_shepherd", "customers_shepherdhours", "customers_shepherdmandate", "desk_chase", "desk_newscall",
    "desk_appointment", "desk_appointmentperson", "desk_attachment", "desk_calendarfeed", "desk_case",
    "desk_caseguest", "desk_casesummary", "desk_clock", "desk_feedback", "desk_followup", "desk_handover", "desk_handoverpart", "desk_handoverturn", "desk_incomingmail",
    "desk_customermerging", "desk_itemcase", "desk_itemminutes", "desk_joining", "desk_kiosk", "desk_kioskanswer", "desk_leg", "desk_meetingconsent", "desk_meetingitem",
    "desk_meetingpoint", "desk_meetingstep", "desk_message", "desk_note", "desk_notsame", "desk_outcome", "desk_outcomecheck", "desk_proposal",
    "desk_sentcontact", "desk_split", "desk_statuslink", "desk_wait", "desk_walkin", "desk_eservicehelp", "network_presence",
    "privacy_erasure",
    "relations_accountaction", "relations_accountmember", "relations_accountplan", "relations_accountreview", "relations_factlead", "relations_lead", "relations_needtalk", "relations_talkanswer", "relations_visit", "relations_visitneed", "relations_visitparty", "relations_visitreport",
    "complaints_complaint", "complaints_complaintturn", "complaints_correction",
    "vitality_offer", "vitality_prospect", "vitality_prospectnote",
    "vitality_situation", "vitality_situationcompany", "vitality_situationcount", "vitality_situationmeasure", "vitality_situationnote", "vitality_situationparty",
    "agreements_agreement", "agreements_attachment", "agreements_comment", "agreements_document", "agreements_markapplication", "agreements_markcriterion", "agreements_markuse", "agreements_notice",
    "agreements_party", "agreements_promise", "agreements_review", "agreements_section", "agreements_sectiontext", "agreements_signatory", "agreements_step",
    "governance_agendaitem", "governance_amendment", "governance_attendance", "governance_clockfeed", "governance_decision", "governance_group", "governance_meeting",
    "governance_membership", "governance_networktalk", "governance_talkstep", "governance_paper", "governance_sectiontext", "governance_selfassessment", "governance_task",
    "plans_reminder",
    "surveys_invitation", "surveys_response",
    "statements_consent", "statements_plan", "statements_planfile", "statements_statement", "statements_statementtext",
}  # fmt: skip
# Histories of confidential tables: triggers write them, the web reads and writes nothing.
HISTORIES = {"customers_contactevent", "desk_casecompanyevent"}
# The web adds at most, only the house reads.
HOUSE_ONLY = {
    "catalogue_confirmedanswer",
    "customers_addressproof",
    "customers_knowncheck",
    "desk_breach",
    "desk_askedkey",
    "desk_clockwarning",
    "desk_facecount",
    "desk_faircount",
    "desk_promisecount",
    "desk_legstay",
    "network_reformstep",
    "statements_reminder",
    "complaints_complaintwarning",
    "surveys_box",  # anonymous answers, sealed, until their survey closes
    "surveys_receipt",
}
# The web reads what the person's seat lets her see, and adds through a window; keys are kept by their organisation's head.
BY_SEAT = {
    "plans_budgetline", "plans_checkpoint", "plans_idea", "plans_matrixcell", "plans_measure", "plans_measureline", "plans_measureseat",
    "plans_note", "plans_plan", "plans_planpart", "plans_proposal", "plans_round", "plans_roundpart", "plans_share", "plans_snapshot",  # drafts by parties, what is approved by the network
    "plans_plankind", "plans_strategyline",  # read by everybody; written by the network's keepers, and by who answers for the strategy
    "surveys_theme",  # of answers in own words: with the results
    "relations_touch",  # the network's people read it, triggers alone write it
    "catalogue_unmetneed", "customers_companymark", "customers_companysegment", "customers_segmentsaid", "customers_shepherdcontract", "desk_partnerkey",
}  # fmt: skip
# The web adds; what is told of a case is read by those who read the case.
TRAIL = {"core_event"}
# Who works in the network and what it offers: published, or a matter among colleagues; access.py says which.
NETWORK = {
    "network_absence", "network_absenceevent", "network_housemember", "network_housememberevent", "network_houseplace", "network_houseplaceevent",
    "customers_segmentbook", "customers_segmentrule",  # how segments are given is no secret
    "governance_networkwatch",  # how a region's network stands: the network reads it
    "network_reform", "network_reformmove", "network_succession",  # what was decided of organisations, and counts; keys of matters lie in the steps
    "desk_rota", "desk_rule", "desk_rulebook", "desk_readytext",  # where needs go is no secret
    "catalogue_matchmodel", "catalogue_service", "catalogue_service_related", "catalogue_serviceevent", "catalogue_servicegroup", "catalogue_servicegroupevent",
    "catalogue_serviceprovider", "catalogue_serviceproviderevent", "catalogue_serviceword", "catalogue_servicewordevent", "network_area", "network_areaevent", "network_closingday", "network_openingday", "network_openingdayevent",
    "network_closingdayevent", "network_desk", "network_deskevent", "network_municipality", "network_municipalityevent", "network_municipalityarea", "network_municipalityareaevent", "network_nationrules", "network_nationrulesevent", "network_pastname", "network_pastnameevent", "network_organisationtypeevent", "network_regionareaevent", "network_openinghours",
    "network_openinghoursevent", "network_pasthours", "network_organisation", "network_organisationevent", "network_organisationtype", "network_participation",
    "network_participationevent", "network_person", "network_personphoto", "network_plannedchange", "network_plannedplace", "network_personevent", "network_premises", "network_premisesevent", "network_region",
    "network_regionarea", "network_regionevent", "network_regionmunicipality", "network_regionmunicipalityevent", "network_representation", "network_representationevent", "network_seat", "network_seatevent", "network_seatrota", "network_seatrotaevent", "network_seatturn", "network_seatturnevent",
    "customers_company", "customers_companyname", "customers_nameword", "customers_registercode",  # the public register; no request writes it
    "customers_importrun", "customers_importrow", "customers_importchange",  # how it came here
    "customers_companyfact", "customers_establishment",  # public facts that organisations write beside it
    "customers_consenttext", "customers_legalground",  # the words that are agreed to, and who may read what: the whole network reads them
    "privacy_retentiontime",  # how long what is kept; it names no customer
    "desk_mailbox",  # where a door's mail lies; its password is sealed by the installation's key
    "development_project", "development_projectpart", "development_output",  # told to the whole network from the first plan on
    "vitality_sellingtarget", "vitality_site",  # what a region means to reach, and which plots it has: for whom one is held stands behind the wall
    "relations_factrule",  # to which desk facts of a kind are proposed
    "relations_contactrule", "relations_plancriterion", "relations_teamrule", "relations_visittarget",  # how many companies an organisation means to meet, and how often
    "relations_needmap", "relations_needquestion",  # questions to go by on a visit; nobody's answers
    "complaints_complaintcause", "complaints_complaintrule",  # who answers for complaints, and by which causes
    "statements_formversion", "statements_statementform",  # what a statement is asked on; it holds no customer
    "surveys_questionnaire", "surveys_survey", "surveys_version",  # what is asked in the network and until when; nobody's answers
    "governance_groupkind", "governance_templatepoint",  # which kinds of groups there are, and their agendas
    "agreements_markrule", "agreements_templatesection",  # the text from which agreements begin, and who decides on the mark
    "governance_clockentry",  # days by which the whole network of a region plans
    "desk_eservicereport",  # what is wrong with an e-service; words are scrubbed, no customer is named
    "desk_warningtimes",  # when a region's people are warned
    "desk_casemeeting", "desk_meetingmember", "desk_meetingparty", "desk_meetingseries", "desk_standingpoint",  # who meets when, and about what kind of things
    "desk_busytime", "desk_bookabletimes", "desk_bookabletimes_people", "desk_room", "desk_servicepoint", "desk_servicepointevent",  # who serves when and where
}  # fmt: skip
# Ids, codes and counts; nothing that tells who anybody is.
IDS_ONLY = {
    "core_outgoingmail", "core_ratecount", "core_submission", "customers_circle", "customers_customer", "desk_casenumber", "desk_handovercount", "desk_span", "django_content_type",
    "pghistory_context", "pghistory_events", "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    "auth_group", "auth_group_permissions", "auth_permission",
}  # fmt: skip
# Sign-in data stand outside the wall: they are read before anybody is known.
SIGN_IN = {
    "account_emailaddress", "account_emailconfirmation", "accounts_user", "accounts_user_groups", "accounts_user_user_permissions", "django_session",
    "mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialapp_sites", "socialaccount_socialtoken",
    "usersessions_usersession",
}  # fmt: skip
# Exists in demo mode only, where nobody is real.
DEMO = {"demo_building", "demo_outboxmail"}
# Written by Django's or our own migrations, not models.
UNMANAGED = {"django_migrations", "accounts_cache"}
LISTED = {
    "confidential": CONFIDENTIAL,
    "histories": HISTORIES,
    "house": HOUSE_ONLY,
    "by seat": BY_SEAT,
    "trail": TRAIL,
    "network": NETWORK,
    "ids": IDS_ONLY,
    "sign-in": SIGN_IN,
    "demo": DEMO,
    "other": UNMANAGED,
}


def _query(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_every_table_says_who_may_see_a_row() -> None:
    tables = {name for (name,) in _query("select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace")}
    listed = set().union(*LISTED.values())
    assert tables - listed == set(), "say in this file who may see a row of these"
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert models - listed == set()


def test_no_table_has_two_answers() -> None:
    assert sum(len(tables) for tables in LISTED.values()) == len(set().union(*LISTED.values()))


def test_tables_with_readers_are_the_confidential_ones() -> None:
    in_database = {
        name for (name,) in _query("select table_name from information_schema.columns where column_name = 'readers' and table_schema = 'public'")
    }
    assert in_database == CONFIDENTIAL
    assert confidential_tables() == CONFIDENTIAL


def test_confidential_tables_are_behind_forced_row_level_security() -> None:
    forced = {name for (name,) in _query("select relname from pg_class where relrowsecurity and relforcerowsecurity")}
    assert forced == CONFIDENTIAL | HISTORIES | HOUSE_ONLY | BY_SEAT | TRAIL


@pytest.mark.parametrize("table", sorted(CONFIDENTIAL))
def test_the_webs_policy_is_the_one_test_of_readers(table: str) -> None:
    policies = _query(f"select policyname, roles::text, cmd, qual, with_check from pg_policies where tablename = '{table}'")
    web = [policy for policy in policies if "luukku_web" in policy[1] or "public" in policy[1]]
    assert web, "no policy for the web"
    for name, _, cmd, qual, check in web:
        assert cmd == "INSERT" or "(readers && wall.principals())" in (qual or ""), f"{name}: {qual}"
        assert cmd not in ("INSERT", "ALL", "UPDATE") or "readers && wall.principals()" in (check or qual or ""), f"{name}: {check}"
    assert {policy[1] for policy in policies} >= {"{luukku_owner}", "{luukku_house}"}, "the owner needs a policy of its own to migrate and back up"


def _histories() -> dict[str, str]:
    """Tables of history by the table whose rows they keep."""
    tracked = {model._meta.db_table: getattr(model, "pgh_tracked_model", None) for model in apps.get_models()}
    return {table: of._meta.db_table for table, of in tracked.items() if of is not None}


def test_every_history_of_a_confidential_table_is_listed() -> None:
    assert {history for history, table in _histories().items() if table in CONFIDENTIAL} == HISTORIES


@pytest.mark.parametrize("table", sorted(HISTORIES))
def test_a_history_is_written_by_its_triggers_and_read_by_no_request(table: str) -> None:
    """Its readers of the day would stay readers for ever, and rows written by hand would pass for what has happened."""
    powers = "unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p"
    assert _query(f"select p from {powers} where has_table_privilege('luukku_web', '{table}', p)") == []
    assert _query(f"select p from {powers} where p <> 'select' and has_table_privilege('luukku_house', '{table}', p)") == []
    assert _query(f"select policyname from pg_policies where tablename = '{table}' and roles && '{{luukku_web,public}}'") == []
    writers = _query(
        "select p.proname, p.prosecdef::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal"
        f" and t.tgrelid = '{_histories()[table]}'::regclass and p.prosrc like '%{table}%'"
    )
    assert writers
    assert {definer for _, definer in writers} == {"true"}, "a trigger made anew: let its migration call written_by_triggers again"


@pytest.mark.parametrize("table", sorted(CONFIDENTIAL))
def test_a_trigger_keeps_the_readers(table: str) -> None:
    """Nobody may write herself into `readers`: a trigger before each write computes or guards them."""
    triggers = _query(f"select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal and tgrelid = '{table}'::regclass")
    before = " ".join(definition for (definition,) in triggers if "BEFORE" in definition)
    assert "INSERT" in before, triggers
    assert "UPDATE" in before, triggers


def test_whoever_may_read_by_a_principal_has_not_chosen_it() -> None:
    """A principal that a request may set is a key to everything its real holder reads."""
    fields = [
        (model._meta.db_table, field.name) for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, PrincipalField)
    ]
    guarded = {(table, "principal") for (table,) in _query("select tgrelid::regclass::text from pg_trigger where tgname = 'guard_principal'")}
    guarded |= {(table, "door_principal") for (table,) in _query("select tgrelid::regclass::text from pg_trigger where tgname = 'guard_door'")}
    assert set(fields) == guarded
    known = _query("select prosrc from pg_proc where proname = 'desk_door_guard'")[0][0]
    assert [table for table, _ in fields if table != "desk_case" and table not in known] == []


def test_windows_are_the_definer_functions_that_the_web_may_call() -> None:
    """What sees past the wall and gives something back is listed with its reason; helpers of triggers are not for the web to call."""
    callable_ = {
        name
        for (name,) in _query(
            "select distinct p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef"
            " and p.prorettype <> 'trigger'::regtype and has_function_privilege('luukku_web', p.oid, 'execute')"
        )
    }
    assert callable_ == {window.function.removeprefix("wall.").split("(")[0] for window in windows()}
    assert all(len(window.reason) > 20 for window in windows())


def test_definer_functions_fix_their_search_path() -> None:
    """A definer function that looks names up by the caller's path can be made to call the caller's code."""
    loose = _query(
        "select p.oid::regprocedure::text from pg_proc p where prosecdef and not coalesce(proconfig::text ~ 'search_path=.*pg_temp', false)"
    )
    assert loose == []


def test_the_day_is_the_houses_and_not_the_databases() -> None:
    """A connection counts in UTC, whose day turns two or three hours after Helsinki's: for that time a seat given today would not hold."""
    asks = r"current_date|current_timestamp|localtimestamp|now\(\)::date"
    assert not _query(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        f" where n.nspname in ('public', 'wall') and p.prolang in (select oid from pg_language where lanname in ('sql', 'plpgsql')) and p.prosrc ~* '{asks}'"
        f" union select policyname || ' on ' || tablename from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~* '{asks}'"
        f" union select viewname from pg_views where schemaname = 'public' and definition ~* '{asks}'"
    )


def test_the_web_has_rows_and_nothing_else() -> None:
    """No TRUNCATE (it passes the wall), no REFERENCES or TRIGGER, no tables or schemas of its own, no way into another role."""
    powers = _query(
        "select c.relname, p from pg_class c, unnest(array['truncate', 'references', 'trigger']) p where c.relkind = 'r'"
        " and c.relnamespace = 'public'::regnamespace and has_table_privilege('luukku_web', c.oid, p)"
    )
    assert powers == []
    assert _query("select nspname from pg_namespace where has_schema_privilege('luukku_web', oid, 'create') and nspname !~ '^pg_'") == []
    assert _query("select rolname from pg_roles where rolname <> 'luukku_web' and pg_has_role('luukku_web', oid, 'member')") == []
    assert _query("select rolname from pg_roles where rolname like 'luukku%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)") == []


def test_the_trail_and_the_list_of_migrations_cannot_be_rewritten() -> None:
    for role in ("luukku_web", "luukku_house"):
        for table, powers in {"core_event": ("update", "delete"), "django_migrations": ("insert", "update", "delete")}.items():
            for power in powers:
                assert _query(f"select has_table_privilege('{role}', '{table}', '{power}')::text") == [("false",)], (role, table, power)
