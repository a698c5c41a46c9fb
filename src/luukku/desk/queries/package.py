"""What a handover's package can hold of a case, and the words by which the customer agrees to it."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from luukku.core.moments import moment_at
from luukku.customers.enums import ConsentWay
from luukku.desk.enums import ALWAYS_PASSED, PartKind
from luukku.desk.models import Attachment, Case, Handover, HandoverPart, Leg, Message

# The text that a customer agrees to, by version: one for each way. A changed text gets a new version; the old ones stay, for consents name them.
_SPOKEN = "handover-spoken-1"
CONSENT_VERSIONS = {
    ConsentWay.PAGE: "handover-1", ConsentWay.PHONE: _SPOKEN, ConsentWay.IN_PERSON: _SPOKEN, ConsentWay.WRITTEN: "handover-paper-1",
}  # fmt: skip
CONSENT_TEXTS = {
    "handover-1": _(
        "I agree that what is ticked here is passed to the receiver named above, so that my matter can be handled there. "
        "Nobody else gets it. I can take my word back for as long as the receiver has not accepted."
    ),
    _SPOKEN: _(
        "May we pass on to the receiver whom I named what I have just told you, so that your matter can be handled there? "
        "Nobody else gets it. You can take your word back for as long as the receiver has not accepted."
    ),
    "handover-paper-1": _(
        "I agree that what is listed on this paper is passed to the receiver named on it, so that my matter can be handled there. "
        "Nobody else gets it. I can take my word back for as long as the receiver has not accepted."
    ),
}


@dataclass(frozen=True)
class Draft:
    """One thing that could be passed. `key` is its tick: all messages share one, each file has its own."""

    kind: PartKind
    title: str = ""
    body: str = ""
    said_at: datetime | None = None
    message_id: int | None = None
    attachment: Attachment | None = None

    @property
    def key(self) -> str:
        return f"file-{self.attachment.pk}" if self.attachment is not None else self.kind.value

    @property
    def fixed(self) -> bool:
        """Passed always: nobody can help somebody whom she cannot reach."""
        return self.kind in ALWAYS_PASSED


def package_of(leg: Leg, done: str = "") -> list[Draft]:
    """Everything of a part's case that may be passed, as its organisation reads it: never an inside note, nor first words that were kept from it.

    Three statements besides the case's own rows.
    """
    case = leg.case
    drafts = [Draft(PartKind.CONTACT, body=_contact(case)), Draft(PartKind.SUBJECT, body=case.subject)]
    if not words_withheld(leg):
        drafts.append(Draft(PartKind.OWN_WORDS, body=case.own_words))
    if case.needed_by is not None:
        drafts.append(Draft(PartKind.NEEDED, said_at=moment_at(case.needed_by, time(12))))
    if done.strip():
        drafts.append(Draft(PartKind.DONE, body=done.strip()))
    said = Message.objects.filter(case=case).select_related("author").order_by("created_at", "id")
    drafts += [Draft(PartKind.MESSAGE, each.author.name if each.author else "", each.body, each.created_at, each.pk) for each in said]
    files = Attachment.objects.filter(case=case, note=None).select_related("file").order_by("id")
    drafts += [Draft(PartKind.FILE, each.file.name[:200], attachment=each) for each in files]
    return drafts


def words_withheld(leg: Leg) -> bool:
    """Whether the organisation came to the case by a handover that left the customer's first words out, and has not been given them since."""
    came = Handover.objects.filter(received_leg=OuterRef("pk"))
    passed = HandoverPart.objects.filter(handover__received_leg=OuterRef("pk"), kind=PartKind.OWN_WORDS, included=True)
    ours = Leg.objects.filter(case_id=leg.case_id, desk__organisation_id=leg.desk.organisation_id).order_by("pk")
    rows = list(ours.filter(origin=None).annotate(came=Exists(came), passed=Exists(passed)).values_list("came", "passed"))
    if not rows:  # a joined matter brought the organisation here
        return leg.case.logged_by_id != leg.desk.organisation_id
    return rows[0][0] and not any(passed for _came, passed in rows)


def sees_her_page(leg: Leg) -> bool:
    """Whether the part's organisation may read all that the customer's own page shows: nothing was left out when the matter came to it."""
    if words_withheld(leg):
        return False
    ours = Leg.objects.filter(case_id=leg.case_id, desk__organisation_id=leg.desk.organisation_id)
    received = HandoverPart.objects.filter(handover__received_leg__in=ours)
    strangers = Leg.objects.filter(case_id=leg.case_id).exclude(desk__organisation_id=leg.desk.organisation_id)
    joined = Case.objects.filter(joined_into=leg.case_id)  # what was said there may be kept from some of those who work on it
    return not received.filter(included=False).exists() and not (joined.exists() and strangers.exists())


def _contact(case: Case) -> str:
    contact = case.customer.contact if case.customer is not None else None
    lines = [contact.name, contact.phone, contact.email] if contact is not None else []
    lines += [case.company_shown, case.business_id]
    return "\n".join(dict.fromkeys(line for line in lines if line))
