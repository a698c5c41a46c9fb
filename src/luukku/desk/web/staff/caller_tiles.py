"""The choices of who calls: known customers, each of their open matters, somebody new, somebody who gives no name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.customers.models.identifiers import phone_key
from luukku.desk.access import can_handle
from luukku.desk.queries.callers import Caller
from luukku.desk.queries.nearest import Nearest, nearest_of
from luukku.desk.web.staff.log_form import ANONYMOUS, CASE, CUSTOMER, NEW, OF_COMPANY

NONE = Nearest(None, "")


@dataclass(frozen=True)
class Tile:
    value: str
    title: str
    under: str
    chosen: bool
    is_offered: bool
    due_at: datetime | None = None  # when the matter's nearest clock runs out, and what it asks for
    due: str = ""


def tiles_of(actor: Actor, callers: Sequence[Caller], text: str, typed: Mapping[str, str]) -> list[Tile]:
    """One choice is always made: what she chose, else the newest open matter of the only caller who fits exactly or herself, else somebody new.

    `typed` is the form as it stands: `who` is chosen in it, and `offered` is what it had chosen by itself, which is no choice of hers.
    """
    rows: list[tuple[str, str, str, Nearest]] = []
    for caller in callers:
        rows += _of_caller(actor, caller)
    values = [value for value, *_rest in rows]
    offered = values[0] if len(callers) == 1 and _is_exactly(callers[0], text) else NEW
    chosen = typed.get("who", "")
    if chosen not in (*values, NEW, ANONYMOUS) or chosen == typed.get("offered", ""):
        chosen = offered
    keeps = _("the number is kept") if phone_key(text) else _("tell the name and how to reach the customer")
    rows += [(NEW, _("New customer"), keeps, NONE), (ANONYMOUS, _("Without a name"), _("does not tell who the customer is"), NONE)]
    return [Tile(value, title, under, value == chosen, value == offered, due.at, due.what) for value, title, under, due in rows]


def _is_exactly(caller: Caller, text: str) -> bool:
    """Whether what was typed is her whole number, address or name, or her company's, and not a beginning of it."""
    contact, typed = caller.contact, finnish_key(" ".join(text.split()))
    if phone_key(text):
        return True
    return typed in {finnish_key(each) for each in (contact.name, contact.email, caller.company) if each}


def _of_caller(actor: Actor, caller: Caller) -> list[tuple[str, str, str, Nearest]]:
    contact = caller.contact
    name = contact.name or contact.phone or contact.email
    rows = [
        (f"{CASE}{case.number}", case.subject, _("more to %(number)s, %(name)s") % {"number": case.number, "name": name}, nearest_of(case))
        for case in caller.open
        if can_handle(actor, case)
    ]
    own = f"{CUSTOMER}{contact.customer_id}"
    at = ", ".join(part for part in (name, caller.municipality) if part)
    if not caller.company:
        return [*rows, (own, at, _("a new matter"), NONE)]
    who = ", ".join(part for part in (name, caller.company, caller.municipality) if part)
    of_company = f"{own}{OF_COMPANY}{caller.company_case}"
    return [*rows, (of_company, who, _("a new matter of the company"), NONE), (own, at, _("a new matter of their own"), NONE)]
