"""The customer's word on opening her matter to a meeting: asked, given, given in part, taken back. It takes effect at once, in the database too."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.customers.enums import ConsentWay
from luukku.desk.access import case_meetings as doors
from luukku.desk.access.links import require_customer
from luukku.desk.actions.consents import require_page
from luukku.desk.actions.work import Work, work_on
from luukku.desk.models import ItemCase, MeetingConsent, MeetingItem
from luukku.desk.models.meeting_kinds import ItemState, OpeningState
from luukku.desk.queries.case_meetings.consent import CONSENT_VERSION

TOLD_BY_US = (ConsentWay.PHONE, ConsentWay.IN_PERSON, ConsentWay.WRITTEN)


def ask_consent(*, by: Actor, item: MeetingItem, at: datetime | None = None) -> MeetingConsent:
    """Ask the customer by mail whether the organisations that meet may know whose matter it is; she answers on her page.

    Raises RuleBroken when she has no address or has answered already, NotAllowed for those without a part in the case.
    """
    with transaction.atomic():
        listed = _listed(by, item)
        with work_on(listed.case_id, by=by, at=at) as work:
            work.leg()
            consent = _consent(work, listed.item)
            require_page(work.case)
            if consent.state == OpeningState.GIVEN:
                raise RuleBroken(_("The customer has agreed already."))
            consent.state, consent.asked_at, consent.closed_at = OpeningState.ASKED, work.at, None
            consent.save()
            work.record("case.meeting_asked", leg=work.leg(), item=item.pk)
            work.tell("desk.meeting_consent")
            return consent


def write_down(
    *, by: Actor, item: MeetingItem, way: str, allowed: Collection[int], at: datetime | None = None
) -> MeetingConsent:  # fmt: skip
    """She told one of us: how, and which organisations may know. Raises RuleBroken, NotAllowed."""
    if way not in TOLD_BY_US:
        raise RuleBroken(_("Choose how the customer told you."), field="way")
    with transaction.atomic():
        listed = _listed(by, item)
        with work_on(listed.case_id, by=by, at=at) as work:
            leg = work.leg()
            consent = _consent(work, listed.item)
            _give(consent, way, allowed, work)
            consent.written_by_id = by.person_id
            consent.save()
            work.record("case.meeting_agreed", leg=leg, item=item.pk, way=way, organisations=len(consent.allowed))
            work.tell("desk.meeting_written")
            return consent


def answer(*, by: Actor, consent: MeetingConsent, allowed: Collection[int], at: datetime | None = None) -> MeetingConsent:
    """Her answer on her page: the organisations that may know; none is a no. She may change it for as long as the matter is on the list.

    Raises RuleBroken when it is too late, NotAllowed for anybody but the customer.
    """
    with work_on(consent.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked = MeetingConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        if locked.state == OpeningState.ENDED:
            raise RuleBroken(_("The time for this has passed. Nobody sees your matter by it any more."))
        if not set(allowed) & set(locked.organisations):
            return _take_back(work, locked)
        _give(locked, ConsentWay.PAGE, allowed, work)
        locked.written_by = None
        locked.save()
        work.record("case.meeting_agreed", item=locked.item_id, way=ConsentWay.PAGE.value, organisations=len(locked.allowed))
        _tell_handler(work, "agreed")
        return locked


def withdraw_consent(*, by: Actor, consent: MeetingConsent, at: datetime | None = None) -> MeetingConsent:
    """The customer takes a word back: from this moment on nobody reads the matter by the meeting. Staff write it down. Raises NotAllowed."""
    with work_on(consent.case_id, by=by, at=at) as work:
        if by.is_staff:
            work.leg()
        else:
            require_customer(by, work.case)
        locked = MeetingConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        return _take_back(work, locked)


def end_openings(*, by: Actor, at: datetime | None = None) -> int:
    """Consents whose time is over: the days after the meeting have passed, or the matter was taken off the list. Returns how many."""
    now = at or timezone.now()
    over = MeetingConsent.objects.filter(state__in=(OpeningState.GIVEN, OpeningState.ASKED))
    ids = set(over.filter(item__meeting__access_ends_at__lte=now).values_list("pk", flat=True))
    ids |= set(over.filter(item__state=ItemState.REMOVED).values_list("pk", flat=True))
    ended = 0
    for pk, case_id, item_id in over.filter(pk__in=ids).order_by("case_id", "pk").values_list("pk", "case_id", "item_id"):
        with work_on(case_id, by=by, at=now) as work:
            MeetingConsent.objects.filter(pk=pk).update(state=OpeningState.ENDED, closed_at=work.at)
            work.record("case.meeting_over", item=item_id)
            ended += 1
    return ended


def _take_back(work: Work, consent: MeetingConsent) -> MeetingConsent:
    if consent.state in (OpeningState.REFUSED, OpeningState.WITHDRAWN, OpeningState.ENDED):
        return consent
    given = consent.state == OpeningState.GIVEN
    consent.state, consent.closed_at = (OpeningState.WITHDRAWN if given else OpeningState.REFUSED), work.at
    consent.save()
    work.record("case.meeting_withdrawn" if given else "case.meeting_refused", item=consent.item_id)
    if not work.by.is_staff:
        _tell_handler(work, "withdrawn" if given else "refused")
    return consent


def _give(consent: MeetingConsent, way: str, allowed: Collection[int], work: Work) -> None:
    chosen = sorted(set(allowed) & set(consent.organisations))
    if not chosen:
        raise RuleBroken(_("Choose at least one organisation, or write down that the customer does not agree."), field="allowed")
    consent.state, consent.way, consent.allowed, consent.closed_at = OpeningState.GIVEN, way, chosen, None
    consent.version, consent.given_at = CONSENT_VERSION, work.at


def _listed(by: Actor, item: MeetingItem) -> ItemCase:
    """The case of a matter that is on a list. Raises NotFound for those who may not know it, RuleBroken when it is off the list."""
    found = ItemCase.objects.filter(item=item, readers__overlap=list(by.principals)).select_related("item__meeting__series").first()
    if found is None:
        raise NotFound
    if found.item.state not in (ItemState.LISTED, ItemState.POSTPONED) or doors.is_over(found.item.meeting):
        raise RuleBroken(_("This matter is not on the list any more."))
    return found


def _consent(work: Work, item: MeetingItem) -> MeetingConsent:
    """The consent's row, asked anew of the organisations that meet now; the proposer's own reads the case anyway."""
    members = [each.pk for each in doors.member_organisations(item.meeting) if each.pk not in {leg.desk.organisation_id for leg in work.legs}]
    if not members:
        raise RuleBroken(_("Every organisation of the meeting works on this matter already: nothing needs to be opened."))
    found = MeetingConsent.objects.select_for_update(of=("self",)).filter(item=item).first()
    if found is None:
        found = MeetingConsent(item=item, case=work.case, series_id=item.meeting.series_id)
    found.organisations, found.version = members, CONSENT_VERSION
    return found


def _tell_handler(work: Work, turn: str) -> None:
    """Who handles a part hears of the customer's answer."""
    for person in sorted({leg.handler_id for leg in work.legs if leg.handler_id is not None and leg.is_open}):
        mail.queue("desk.meeting_answer", work.case, person=person, turn=turn)
