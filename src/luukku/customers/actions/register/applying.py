"""A looked-through file brought in whole, and taken back whole. Everything is done in sets, in one transaction."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers.actions.register import comparing
from luukku.customers.actions.register.reporting import NAMED, report_of
from luukku.customers.actions.segmenting import segment_all_soon
from luukku.customers.enums import ImportState
from luukku.customers.models import Company, ImportChange, ImportRow, ImportRun
from luukku.network.access import can_administer, require

MANY = 5_000  # rows after which the planner's figures are taken anew
_SAID = (
    "select ch.company_id, r.register from customers_importchange ch join customers_company k on k.id = ch.company_id"
    " join customers_importrow r on r.run_id = ch.run_id and r.business_id = k.business_id and r.problem = '' where ch.run_id = %(run)s"
)
_CHANGED = _SAID + " and ch.before is not null"
_RENAMED = _CHANGED + " and 'names' = any(ch.kinds)"
_NEW = _SAID + " and ch.before is null"


def apply_run(*, by: Actor, run: ImportRun, skip_broken: bool = False, is_sample: bool = False) -> ImportRun:
    """Bring a looked-through file in. Own edits of facts stay and the register's value is kept beside them.

    Raises NotAllowed; RuleBroken when it is not waiting, or a row is broken and was not asked to be skipped.
    """
    require(can_administer(by))
    with transaction.atomic():
        locked = _locked(run)
        if locked.state not in (ImportState.CHECKED, ImportState.APPLYING):
            raise RuleBroken(_("This import is not waiting to be applied."))
        locked.report = report_of(locked)  # companies may have changed since it was looked through
        if locked.report["broken"] and not skip_broken:
            raise RuleBroken(_("Rows of the file are broken, so nothing was applied. Mend the file, or ask to leave those rows out."))
        given = {"run": locked.pk, "is_sample": is_sample}
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into customers_importchange (run_id, company_id, kinds, before)"
                f" select %(run)s, company_id, kinds, before from ({comparing.CHANGED}) x", given,
            )  # fmt: skip
            cursor.execute(comparing.UPDATE_COMPANIES % _CHANGED, given)
            cursor.execute(comparing.DROP_NAMES % _RENAMED, given)
            cursor.execute(comparing.INSERT_NAMES % _RENAMED, given)
            cursor.execute(comparing.INSERT_WORDS % _RENAMED, given)
            cursor.execute(comparing.INSERT_COMPANIES, given)
            cursor.execute(comparing.INSERT_NAMES % _NEW, given)
            cursor.execute(comparing.INSERT_WORDS % _NEW, given)
            cursor.execute("delete from customers_importrow where run_id = %(run)s and problem = ''", given)
            if locked.rows >= MANY:
                cursor.execute("select wall.customers_analyze()")
        locked.state, locked.applied_at, locked.skips_broken = ImportState.APPLIED, timezone.now(), skip_broken
        locked.save(update_fields=["state", "applied_at", "skips_broken", "report"])
        counts = {what: locked.report[what] for what in ("new", "changed", "closed", "moved", "renamed", "broken")}
        trail.record("register.applied", locked, by=by, **counts)
        segment_all_soon()
    return locked


_CHANGED_SINCE = ImportChange.objects.filter(company=OuterRef("company"), run__gt=OuterRef("run"))
_BEFORE = (
    "select ch.company_id, ch.before as register, ch.kinds from customers_importchange ch where ch.run_id = %(run)s and ch.before is not null"
    " and not exists (select 1 from customers_importchange l where l.company_id = ch.company_id and l.run_id > ch.run_id)"
)


def undo_run(*, by: Actor, run: ImportRun) -> ImportRun:
    """Bring back what was before an import, but for companies that have changed since or are in use: the report names those.

    Raises NotAllowed, RuleBroken when it is not applied.
    """
    require(can_administer(by))
    with transaction.atomic():
        locked = _locked(run)
        if locked.state not in (ImportState.APPLIED, ImportState.UNDOING):
            raise RuleBroken(_("Only an import that has been applied can be taken back."))
        given = {"run": locked.pk}
        left = _left(locked)
        with connection.cursor() as cursor:
            before = f"select company_id, register from ({_BEFORE}) b"
            names = f"select company_id, register from ({_BEFORE}) b where 'names' = any(kinds)"
            cursor.execute(comparing.UPDATE_COMPANIES % before, given)
            cursor.execute(comparing.DROP_NAMES % names, given)
            cursor.execute(comparing.INSERT_NAMES % names, given)
            deleted = _delete_new(cursor, given)
        locked.state, locked.undone_at = ImportState.UNDONE, timezone.now()
        locked.report = locked.report | {"undo": {"deleted": deleted, "left": left}}
        locked.save(update_fields=["state", "undone_at", "report"])
        trail.record("register.undone", locked, by=by, deleted=deleted, left=len(left))
        segment_all_soon()
    return locked


def drop_run(*, by: Actor, run: ImportRun) -> ImportRun:
    """Put a looked-through file away without applying it. Raises NotAllowed, RuleBroken."""
    require(can_administer(by))
    with transaction.atomic():
        locked = _locked(run)
        if locked.state not in (ImportState.READING, ImportState.CHECKED, ImportState.FAILED):
            raise RuleBroken(_("This import is not waiting to be applied."))
        locked.state = ImportState.DROPPED
        locked.save(update_fields=["state"])
        app.configure_task("luukku.customers.tasks.drop_rows").defer(run_id=locked.pk)  # rows of the register's file are the house's
    return locked


def drop_rows(*, run_id: int) -> None:
    """What was read for an import that was put away goes. As the house."""
    ImportRow.objects.filter(run=run_id, run__state=ImportState.DROPPED).delete()


def _locked(run: ImportRun) -> ImportRun:
    """The run, with every other import waiting until this one is done."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('customers.register'))")
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def _uses() -> str:
    """SQL: whether something stands on company `k` that the register did not bring: an own edit, a case, whatever a module hangs on it."""
    own = {"customers_companyname", "customers_companysegment", "customers_importchange"}
    uses = [
        f"exists (select 1 from {table} u where u.{relation.field.column} = k.id)"
        for relation in Company._meta.related_objects
        if (table := relation.related_model._meta.db_table) not in own
    ]
    return " or ".join(uses)


_NEW_OF = "from customers_importchange ch join customers_company k on k.id = ch.company_id where ch.run_id = %(run)s and ch.before is null"
_LATER = "exists (select 1 from customers_importchange l where l.company_id = k.id and l.run_id > %(run)s)"


def _left(run: ImportRun) -> list[str]:
    """Business IDs that stay as they are, because they changed later or are in use."""
    later = ImportChange.objects.filter(Exists(_CHANGED_SINCE), run=run)
    changed = list(later.order_by("company__business_id").values_list("company__business_id", flat=True)[:NAMED])
    with connection.cursor() as cursor:
        cursor.execute(f"select k.business_id {_NEW_OF} and not {_LATER} and ({_uses()}) order by 1 limit {NAMED}", {"run": run.pk})
        return changed + [business_id for (business_id,) in cursor.fetchall()]


def _delete_new(cursor: CursorWrapper, given: dict[str, int]) -> int:
    """Companies that this import brought and nothing stands on. Their rows of the import are marked first, for the house makes no tables."""
    gone = f"select ch.id {_NEW_OF} and not {_LATER} and not ({_uses()})"
    cursor.execute(f"update customers_importchange set kinds = array['gone'] where id in ({gone})", given)
    marked = "using customers_importchange ch where ch.run_id = %(run)s and ch.kinds = array['gone']::varchar[]"
    cursor.execute(f"delete from customers_companyname n {marked} and n.company_id = ch.company_id", given)
    cursor.execute(f"delete from customers_company c {marked} and c.id = ch.company_id", given)
    deleted = int(cursor.rowcount)
    cursor.execute("delete from customers_importchange where run_id = %(run)s and kinds = array['gone']::varchar[]", given)
    return deleted
