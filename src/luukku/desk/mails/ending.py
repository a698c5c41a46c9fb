"""What the customer hears at the end, and how she is asked how it went: one link for each face."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import token_of
from luukku.desk.enums import ENDED_STATES, CaseState, Face, FinanceKind, OutcomeKind
from luukku.desk.mails import case_of, to_customer
from luukku.desk.models import Case, Feedback, StatusLink
from luukku.desk.queries.after import outcomes_of
from luukku.desk.queries.claims import claims_of
from luukku.desk.queries.reaching import language_of

_SIGNS = {Face.ANGRY: "😠", Face.UNHAPPY: "🙁", Face.CONTENT: "🙂", Face.HAPPY: "😀"}


def feedback_url(link: StatusLink) -> str:
    """Opens the page with no face chosen; `?face=4` chooses one. Nothing is changed by opening it."""
    return settings.LUUKKU_BASE_URL + reverse("desk:feedback", kwargs={"token": token_of(link)})


def settled(mail: OutgoingMail) -> MailContent | None:
    """It has ended, and how did it go: one link for each face when she may be asked. Nothing when it has been opened again."""
    case = case_of(mail)
    if case is None or case.state not in ENDED_STATES:
        return None
    link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first()
    faces = _faces(case, link) if mail.facts.get("asked") and link is not None else []
    claims = _claims_url(case, link) if link is not None else ""
    asks = feedback_url(link) if faces and link is not None else ""
    return to_customer(mail, faces=faces, feedback_url=asks, came=_came(case), claims_url=claims, not_for_us=case.state == CaseState.NOT_FOR_US)


def _claims_url(case: Case, link: StatusLink) -> str:
    """Opens the page that asks whether it is right; with `?oikein=yes` yes is chosen. Empty when there is nothing to ask, or she has said."""
    open_claims = any(not each.word for each in claims_of(case.pk))
    return settings.LUUKKU_BASE_URL + reverse("desk:status_claims", kwargs={"token": token_of(link)}) if open_claims else ""


def _came(case: Case) -> list[str]:
    """The kinds of what came of it, each once: codes only, neither euros nor words."""
    with translation.override(language_of(case)):
        kinds = dict.fromkeys((each.kind, each.finance) for each in outcomes_of(case.pk) if each.kind != OutcomeKind.NOTHING)
        return [_small(OutcomeKind(kind).label) + (f" ({_small(FinanceKind(finance).label)})" if finance else "") for kind, finance in kinds]


def _small(label: object) -> str:
    words = str(label)
    return words[:1].lower() + words[1:]


def _faces(case: Case, link: StatusLink) -> list[dict[str, str]]:
    with translation.override(language_of(case)):
        return [{"sign": _SIGNS[face], "label": str(face.label), "url": f"{feedback_url(link)}?face={face.value}"} for face in reversed(Face)]


def session_asked(mail: OutgoingMail) -> MailContent | None:
    """How an advice session went, while the matter goes on. Nothing when she has been asked lately, or the matter has ended and is asked about."""
    case = case_of(mail)
    if case is None or case.state in ENDED_STATES or not mail.facts.get("asked"):
        return None
    link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first()
    return to_customer(mail, faces=_faces(case, link), feedback_url=feedback_url(link)) if link is not None else None


def claims_open(mail: OutgoingMail) -> MailContent | None:
    """Once more whether what was written down is right. Nothing when she has said, or the matter is open again."""
    case = case_of(mail)
    settled_link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first() if case else None
    if case is None or settled_link is None or case.state != CaseState.SETTLED:
        return None
    claims = _claims_url(case, settled_link)
    return to_customer(mail, came=_came(case), claims_url=claims) if claims else None


def mark_answered(mail: OutgoingMail) -> MailContent | None:
    """What was done because of her low mark stands on her page, where she rates it. Nothing when it is not answered."""
    case = case_of(mail)
    answered = case is not None and Feedback.objects.filter(case=case, answered_at__isnull=False).exists()
    link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first() if answered else None
    return to_customer(mail, answer_url=feedback_url(link)) if link is not None else None


def register_kinds() -> None:
    kinds = {
        "settled": (settled, _("That the matter has ended")),
        "session_asked": (session_asked, _("How the meeting went")),
        "mark_answered": (mark_answered, _("An answer to a low mark")),
        "claims_open": (claims_open, _("Outcomes to confirm")),
    }
    for name, (build, label) in kinds.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, label))
