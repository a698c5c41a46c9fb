"""A company that has no matter yet is taken to a meeting: it gets one, at the proposer's desk, so that all that holds for matters holds for it.

Who may know whose it is, minutes, next steps, the customer's page and her right to take her word back are those of any listed matter.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import CaseMeeting, MeetingItem
from luukku.desk.queries.case_meetings.companies import own_desks


@dataclass(frozen=True)
class CompanyMatter:
    """What of a company is to be discussed. `need` tells its situation and, if known, whom to ask there; its desk is the proposer's own."""

    need: NeedForm
    question: str
    nameless: str


def propose_company(
    *, by: Actor, meeting: CaseMeeting, matter: CompanyMatter, submit_key: str | None = None, at: datetime | None = None
) -> MeetingItem:
    """Make the company's matter, which the proposer handles, and put it on the list. Without anybody to reach it has no customer yet.

    Raises RuleBroken with the field to mend, NotAllowed for those who do not meet or have no desk in the region.
    """
    need = matter.need
    if not doors.takes_part(by, meeting) or need.desk not in own_desks(by, meeting):
        raise NotAllowed
    if not need.company_name.strip() and not need.business_id.strip():
        raise RuleBroken(_("Choose the company."))
    is_unknown = not need.email.strip() and not need.phone.strip()
    if is_unknown and need.name.strip():
        raise RuleBroken(_("Write also an e-mail address or phone number, or leave the name out."), field="email")

    def work_once() -> int:
        case = send_need(by=by, need=replace(need, region=meeting.series.region, take_it=True, anonymous=is_unknown), at=at)
        return propose(by=by, case=case, meeting=meeting, question=matter.question, nameless=matter.nameless, at=at).pk

    with transaction.atomic():
        return MeetingItem.objects.get(pk=once(submit_key, work_once, "propose-company", meeting.pk, need.business_id, need.company_name))
