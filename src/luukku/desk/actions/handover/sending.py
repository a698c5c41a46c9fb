"""A part is handed over: to whom, why, what goes along, and the customer's word on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.consents import require_page
from luukku.desk.actions.handling import handles, hold
from luukku.desk.actions.handover.outside import make_link
from luukku.desk.actions.handover.turns import leave, tell_customer, tell_receiver
from luukku.desk.actions.legs import new_leg
from luukku.desk.actions.work import Work, checked_email, checked_words, not_awaiting_statement, not_handed_over, require_open, work_on
from luukku.desk.enums import CaseState, ClockKind, HandoverState
from luukku.desk.models import Handover, HandoverPart, Leg
from luukku.desk.models.handover import HandoverCause
from luukku.desk.queries.package import CONSENT_VERSIONS, package_of
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person


@dataclass(frozen=True)
class Outside:
    """An organisation that is not in the network, reached by a link in a mail."""

    name: str
    email: str
    language: str = LanguageCode.FI


@dataclass(frozen=True)
class Passing:
    """A handover as the passer wrote it. `beside`: a part asked of another while one's own goes on; then `need` says what is asked.

    `reason` is read on the customer's page, `cause` (HandoverCause) is what she is mailed of it. `consent` is how the customer agreed;
    ConsentWay.PAGE asks her on her page, and nothing leaves before she has answered. `leave_out` are the keys of what she does not let pass
    (`queries.package.Draft.key`). `reason_texts`: the reason by language, where the program says it.
    """

    reason: str
    cause: str = ""
    to_desk: Desk | None = None
    to_person: Person | None = None
    outside: Outside | None = None
    service: Service | None = None
    beside: bool = False
    need: str = ""
    done: str = ""
    leave_out: Collection[str] = ()
    consent: str = ""
    reason_texts: Mapping[str, str] = field(default_factory=dict)


def hand_over(*, by: Actor, leg: Leg, passing: Passing, submit_key: str | None = None, at: datetime | None = None) -> Handover:
    """Hand a part over, or ask the customer whether one may. A new part is taken up by the passer first: she answers for it meanwhile.

    Raises RuleBroken with the field to mend, NotAllowed. The same `submit_key` does it once.
    """
    if by.person_id is None:
        raise NotAllowed
    _check(passing)

    def work_once() -> int:
        with work_on(leg.case_id, by=by, at=at) as work:
            mine = work.leg(leg)
            require_open(mine)
            not_awaiting_statement(mine)
            _check_receiver(mine, passing)
            if passing.consent == ConsentWay.PAGE:
                require_page(work.case, field="consent")
            return _make(work, mine, passing).pk

    with transaction.atomic():
        said = (leg.pk, passing.reason, passing.to_desk and passing.to_desk.pk, passing.outside, passing.need)
        return Handover.objects.get(pk=once(submit_key, work_once, "hand_over", *said))


def _check(passing: Passing) -> None:
    checked_words(passing.reason, field="reason")
    if passing.cause not in ("", *HandoverCause.values):
        raise RuleBroken(_("Choose why it goes to them."), field="cause")
    if passing.beside:
        checked_words(passing.need, field="need")
    if (passing.to_desk is None) == (passing.outside is None):
        raise RuleBroken(_("Choose to whom it goes."), field="to")
    if passing.outside is not None:
        if not passing.outside.name.strip():
            raise RuleBroken(_("Write the organisation's name."), field="outside_name")
        checked_email(passing.outside.email, field="outside_email")
    if passing.consent not in ConsentWay.values:
        raise RuleBroken(_("Choose how the customer agrees to this."), field="consent")


def _check_receiver(leg: Leg, passing: Passing) -> None:
    if passing.to_desk is None:
        return
    if passing.to_desk.deactivated_at is not None:
        raise RuleBroken(_("This desk is closed. Choose another."), field="to")
    if passing.to_desk.pk == leg.desk_id:
        raise RuleBroken(_("This is your own desk. Give the matter to a colleague instead."), field="to")
    if passing.to_person is not None and not handles(passing.to_person.pk, passing.to_desk.organisation_id):
        raise RuleBroken(
            _("%(name)s does not handle this desk's matters. Choose somebody else.") % {"name": passing.to_person.name}, field="to_person"
        )


def _make(work: Work, mine: Leg, passing: Passing) -> Handover:
    person_id = work.by.person_id
    assert person_id is not None
    if mine.state == CaseState.NEW:
        hold(work, mine, mine.handler_id or person_id)
        work.save(mine)
        work.record("case.taken_up", leg=mine)
    if passing.beside:
        mine = new_leg(work, desk=mine.desk, need=passing.need.strip(), service=passing.service, handler_id=person_id)
        work.record("case.part_added", leg=mine, service=passing.service.code if passing.service else None)
    else:
        not_handed_over(mine)
        _not_just_received(mine)
    outside, case = passing.outside, work.case
    handover = Handover(
        case=case, leg=mine, number=case.number, region=case.region, language=case.language, from_desk=mine.desk, from_person_id=person_id,
        to_desk=passing.to_desk, to_person=passing.to_person, service=passing.service or mine.service, is_part=passing.beside,
        need=passing.need.strip(), reason=passing.reason.strip(), reason_texts=dict(passing.reason_texts), cause=passing.cause,
        created_at=work.at,
        outside_name=outside.name.strip() if outside else "", outside_email=outside.email.strip() if outside else "",
        outside_language=outside.language if outside else LanguageCode.FI,
    )  # fmt: skip
    handover.save()
    _pack(handover, passing)
    if passing.consent == ConsentWay.PAGE:
        leave(work, handover, "proposed")
        tell_customer(work, "consent-part" if handover.is_part else "consent", handover)
    else:
        send(work, mine, handover, way=passing.consent)
    return handover


def _not_just_received(leg: Leg) -> None:
    """Who has taken a part over contacts the customer before it goes on: until then another answers for her, and would for ever."""
    before = Handover.objects.filter(received_leg=leg, state=HandoverState.ACCEPTED).select_related("from_desk__organisation").first()
    if before is not None:
        name = before.from_desk.organisation.name
        raise RuleBroken(_("Contact the customer first: %(name)s answers for them until you have. Then the matter can go on.") % {"name": name})


def _pack(handover: Handover, passing: Passing) -> None:
    HandoverPart.objects.bulk_create(
        HandoverPart(
            handover=handover, position=position, kind=draft.kind, title=draft.title, body=draft.body, said_at=draft.said_at,
            message_id=draft.message_id, attachment=draft.attachment, included=draft.fixed or draft.key not in passing.leave_out,
        )
        for position, draft in enumerate(package_of(handover.leg, passing.done), start=1)
    )  # fmt: skip


def send(work: Work, leg: Leg, handover: Handover, *, way: str) -> None:
    """The customer has agreed: it goes to the receiver, the third promise begins, and all are told."""
    clocks = work.clocks(leg)
    clocks.start(ClockKind.GUIDED)
    handover.state, handover.sent_at, handover.due_at = HandoverState.SENT, work.at, clocks.running[ClockKind.GUIDED].due_at
    handover.consent_way, handover.consent_version, handover.consent_at = way, CONSENT_VERSIONS[ConsentWay(way)], work.at
    handover.consent_by_id = work.by.person_id
    if handover.to_desk_id is None:
        make_link(handover)
    handover.save()
    work.save(leg)
    leave(work, handover, "sent", consent=way)
    tell_receiver(work, handover, "came")
    tell_customer(work, "sent-part" if handover.is_part else "sent", handover)
