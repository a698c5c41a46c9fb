"""Every table behind the wall, as the database's own catalogue lists them, attacked by raw SQL as everybody who has no part in the matter."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.customers.actions.contracts import agree_contract
from luukku.customers.enums import Mandate
from luukku.customers.models import Contact, Shepherd
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.shepherding.giving import Keeping, end_shepherd, give_shepherd
from luukku.desk.models import Case
from tests.cast import OTHERS, Cast, another
from tests.desk.conftest import case, full, leg, need, send
from tests.desk.shepherds.conftest import seat_of, terms
from tests.desk.test_walls import INSIDE
from tests.house.test_walls import LISTED
from tests.whole.every_table import fill

__all__ = ("case", "full", "leg", "need", "send")

FOREIGN = ("outsider", "founder", "coordinator", "area", "national", "steering", "editor", "admin", "shepherd", *OTHERS)
# Who reads a table by her seat, though she has no part in any matter.
BY_SEAT = {("catalogue_unmetneed", "coordinator"), ("desk_partnerkey", "admin"), ("desk_partnerkey", "head")}
# The coordinator calls her region's case meetings: she reads what was written there without names, never whose matter it is.
# And she keeps the region's complaints and contracts of bought shepherds.
MEETS = {
    ("complaints_complaint", "coordinator"),
    ("complaints_complaintturn", "coordinator"),
    ("complaints_correction", "coordinator"),
    ("customers_shepherdcontract", "coordinator"),
} | {(table, "coordinator") for table in ("desk_itemminutes", "desk_meetingitem", "desk_meetingpoint", "desk_meetingstep")}
# She keeps the region's groups, too.
MEETS |= {
    (f"governance_{table}", "coordinator")
    for table in (
        "agendaitem",
        "amendment",
        "attendance",
        "decision",
        "group",
        "meeting",
        "membership",
        "paper",
        "sectiontext",
        "selfassessment",
        "task",
    )
}
OF_REGION = ("coordinator", "steering", "steering-chair", "working-chair", "working-member", "process-owner", "viewer")
# A draft of a plan, and what hangs on it, is read by the region's parties: its seats and the organisations that take part.
MEETS |= {
    (f"plans_{table}", name)
    for table in (
        "budgetline",
        "checkpoint",
        "idea",
        "matrixcell",
        "measure",
        "measureline",
        "measureseat",
        "note",
        "plan",
        "planpart",
        "proposal",
        "round",
        "roundpart",
        "share",
        "snapshot",
    )
    for name in (*OF_REGION, "editor", "head")
}
# Talks with her region, and what was agreed in them.
MEETS |= {(f"governance_{table}", name) for table in ("networktalk", "talkstep") for name in ("coordinator", "area", "national")}
# Situations of the region are led by her and by the area's contact.
MEETS |= {(f"vitality_situation{table}", name) for table in ("", "company", "count", "measure", "note", "party") for name in ("coordinator", "area")}
# And its surveys: who is invited, and answers that carry a name.
MEETS |= {("surveys_invitation", "coordinator"), ("surveys_response", "coordinator"), ("surveys_theme", "coordinator")}
# Her region's agreements she keeps as well; its steering group, the area's contact, the nation's owner and the parties' people read drafts.
MEETS |= {
    (f"agreements_{table}", name)
    for name in (*OF_REGION, "area", "editor", "head", "national")
    for table in (
        "agreement", "attachment", "comment", "document", "markapplication", "markcriterion", "markuse", "notice", "party", "promise", "review",
        "section", "sectiontext", "signatory", "step",
    )
}  # fmt: skip
# What colleagues mark and say of companies, what follows, and that a company was met: all who work in the network read it, and nobody else.
COLLEAGUES = {"customers_companymark", "customers_companysegment", "customers_segmentsaid", "relations_touch"}
STRANGERS = {"founder", "nobody", "shepherd"}
# What a shepherd is told of the relation itself.
HIS_OWN = {"customers_shepherd", "customers_shepherdcontract", "customers_shepherdhours", "customers_shepherdmandate"}
# What is told of other things than cases is no secret.
# Papers of the groups' meetings are read by those who read the meeting.
ONLY = {
    "plans_planpart": "where plan_id is not null",  # those of kinds are how the network plans: see tests/plans/test_kept_by_few.py
    "core_event": "where subject_kind = 'desk.case'",
    "core_storedfile": "where id not in (select file_id from governance_paper union select file_id from agreements_attachment)",
}
# Read by everybody: how the network plans, and what its organisations have published as their strategies. Written by few.
OPEN = {"plans_plankind", "plans_strategyline"}
WRITERS = {("plans_plankind", "national"), ("plans_plankind", "admin")} | {
    ("plans_strategyline", name) for name in ("head", "coordinator", "steering-chair", "working-chair", "working-member", "process-owner")
}
# Written by requests that read nothing of it, or by nobody: the privilege is missing altogether.
DENIED = "permission denied"


def walled() -> list[str]:
    """From pg_class, so that no table can be forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1"
        )
        return [name for (name,) in cursor.fetchall()]


def touched(statement: str) -> int:
    """Rows that a statement reads or changes; none where the privilege is missing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.fetchone()[0]) if statement.startswith("select") else int(cursor.rowcount)
    except DatabaseError as error:
        if DENIED in str(error):
            return 0
        raise


def excused(table: str, name: str) -> bool:
    return (table, name) in BY_SEAT | MEETS | WRITERS or (table in COLLEAGUES and name not in STRANGERS)


def key_of(table: str) -> str:
    """Its first column."""
    with connection.cursor() as cursor:
        cursor.execute("select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum", [table])
        return str(cursor.fetchone()[0])


def rows(table: str) -> int:
    return touched(f"select count(*) from {table} {ONLY.get(table, '')}")


@pytest.fixture
def tables(full: Case, send: Callable[..., Case], cast: Cast) -> list[str]:
    """Each with a row at least, none of it anybody's among the foreign."""
    Contact.objects.filter(customer=cast.founder.customer).delete()
    fill(cast, full, send(name="Toinen Asiakas", email="toinen@customer.example"))
    found = walled()
    bare = [table for table in found if not rows(table)]
    assert not bare, f"no sample row, so the attack proves nothing: let tests/whole/every_table.py make one in {', '.join(bare)}"
    return found


@pytest.mark.django_db
def test_every_table_is_behind_the_wall_or_listed_as_open() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')")
        every = {name for (name,) in cursor.fetchall()}
    open_ = set().union(*(LISTED[kind] for kind in ("network", "ids", "sign-in", "demo", "other")))
    neither = every - open_ - set(walled())
    assert not neither, f"put it behind the wall by its migration, or name it in tests/house/test_walls.py as open: {', '.join(sorted(neither))}"
    assert not open_ & set(walled()), "named as open, and behind the wall"


def test_whoever_has_no_part_reads_changes_and_deletes_nothing(tables: list[str], cast: Cast) -> None:
    actors: list[tuple[str, Actor]] = [(name, another(cast, name).actor) for name in FOREIGN]
    before = {table: rows(table) for table in tables}
    keys = {table: key_of(table) for table in tables}
    broken = []
    for name, actor in [*actors, ("nobody", PUBLIC)]:
        with act_as(actor):
            for table in tables:
                where = ONLY.get(table, "")
                attack = (
                    f"select count(*) from {table} {where}",
                    f"delete from {table} {where}",
                    f"update {table} set {keys[table]} = {keys[table]} {where}",
                )
                tried = attack[1:] if table in OPEN else attack
                broken += [(name, statement) for statement in tried if not excused(table, name) and touched(statement)]
    assert broken == [], "\n".join(map(str, broken))
    assert {table: rows(table) for table in tables} == before


def test_those_who_read_by_their_seat_read_no_more_than_its_own(tables: list[str], cast: Cast) -> None:
    """The region's coordinator and no other; keys of an organisation by who keeps its data."""
    others = {name: another(cast, name).actor for name in sorted({name for _table, name in BY_SEAT | MEETS})}
    for table, name in BY_SEAT | MEETS:
        with act_as(others[name]):
            assert rows(table) >= 1, table
    with act_as(cast.outsider.actor):
        assert [table for table, _ in BY_SEAT | MEETS if rows(table)] == []


def read_of(table: str) -> set[object]:
    """Keys of the rows that she reads who acts now."""
    if not rows(table):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"select {key_of(table)} from {table} {ONLY.get(table, '')}")
        return {key for (key,) in cursor.fetchall()}


@pytest.fixture
def keeping(tables: list[str], cast: Cast) -> Shepherd:
    """The account shepherd follows upon the one who kept the customer of whom every table holds something; everything is allowed to him."""
    before = Shepherd.objects.get()
    Shepherd.objects.update(ended_at=timezone.now(), end="us")
    with act_as(cast.coordinator.actor) as by:
        contract = agree_contract(by=by, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())
    with act_as(cast.desklead.actor) as by:
        allowed = Keeping(seat=seat_of(cast.shepherd), mandates=list(Mandate.values), way="phone", agreed_at=timezone.now(), contract=contract)
        return give_shepherd(by=by, case=Case.objects.get(customer=before.customer), keeping=allowed)


def test_shepherd_reads_of_every_table_what_his_customer_reads_and_nothing_inside(tables: list[str], keeping: Shepherd, cast: Cast) -> None:
    """Whatever a trigger lets her read by and by, and he with her: never more than she."""
    link = link_actor(first_token(Case.objects.get(customer=keeping.customer, joined_into=None)))
    assert link is not None
    hers = Actor("customer", (keeping.customer.principal, *link.principals), customer_ids=(keeping.customer_id,))
    with act_as(hers):
        read = {table: read_of(table) for table in tables if table not in HIS_OWN}
    with act_as(cast.shepherd.actor):
        more = {table: found for table, of_her in read.items() if (found := read_of(table) - of_her)}
        assert rows("desk_case") == 1
        assert {table for table in INSIDE if rows(table)} == set()
    assert more == {}
    with act_as(cast.desklead.actor) as lead:
        end_shepherd(by=lead, case=Case.objects.get(customer=keeping.customer), shepherd=keeping)
    with act_as(cast.shepherd.actor):
        assert {table for table in tables if table not in HIS_OWN | OPEN and rows(table)} == set()
