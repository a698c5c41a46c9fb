"""A customer's consent, given or taken back about one of her matters: told in its story, and checked as an act on it."""

from datetime import datetime

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.actions.consenting import Agreement, give_consent, withdraw_consent
from luukku.customers.enums import GivenBy
from luukku.customers.models import Consent
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.models import Case
from luukku.desk.queries.reaching import not_asked_on_page


def own_way(by: Actor) -> str:
    """How the customer herself says it: by her link, or signed in."""
    return GivenBy.LINK if by.kind == "link" else GivenBy.PAGE


def require_page(case: Case, field: str | None = None) -> None:
    """She is asked on her page only when a mail brings her there. Raises RuleBroken beside `field` when none does: then she is called."""
    refusal = not_asked_on_page(case)
    if refusal:
        raise RuleBroken(refusal, field=field)


def agree(*, by: Actor, case: Case, agreement: Agreement, at: datetime | None = None) -> Consent:
    """She agrees; or those who handle the matter write down that she has. Raises NotAllowed, RuleBroken with the field to mend."""
    with work_on(case.pk, by=by, at=at) as work:
        customer_id = _customer(by, work)
        consent = give_consent(by=by, customer_id=customer_id, region=work.case.region, agreement=agreement, at=work.at)
        work.record("case.consent", kind=consent.kind, scope=consent.scope, version=consent.text.version)
        return consent


def take_back(*, by: Actor, case: Case, consent: Consent, way: str, at: datetime | None = None) -> Consent:
    """The customer takes it back: whoever read by it reads nothing more from this moment. Raises NotAllowed."""
    with work_on(case.pk, by=by, at=at) as work:
        if consent.customer_id != _customer(by, work):
            raise NotAllowed
        was_given = consent.withdrawn_at is None
        ended = withdraw_consent(by=by, consent=consent, way=way, at=work.at)
        if was_given:
            work.record("case.consent_ended", kind=ended.kind, scope=ended.scope)
        return ended


def _customer(by: Actor, work: Work) -> int:
    """Whose consent it is. Raises NotAllowed for others than her and those who handle the matter, and where she is not known."""
    if by.is_staff:
        work.leg()
    else:
        require_customer(by, work.case)
    if work.case.customer_id is None:
        raise NotAllowed
    return work.case.customer_id
