"""A mail of ours did not get through: found by what came back, and shown to whoever handles the case."""

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.mail.letter import Letter
from luukku.core.mail.robots import read_bounce
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.actions.mail_threads import by_tag
from luukku.desk.models import Case, IncomingMail, Mailbox


def take_bounce(*, by: Actor, box: Mailbox, letter: Letter, incoming: IncomingMail) -> None:
    """Find the mail that came back, by its Message-ID or by the tag that the bounce was sent to; unless it is still being tried, mark it."""
    bounce = read_bounce(letter)
    sent = OutgoingMail.objects.filter(message_id__in=[f"<{each}>" for each in bounce.message_ids], subject_kind="desk.case").order_by("-id").first()
    tagged = by_tag(box, letter) if sent is None else None
    if tagged is not None:
        sent = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=tagged.pk, state=MailState.SENT).order_by("-sent_at").first()
    if sent is None:
        return
    incoming.bounced, incoming.case = sent, Case.objects.filter(pk=sent.subject_id).first()
    if bounce.final and sent.state == MailState.SENT and incoming.case is not None:
        sent.state, sent.error = MailState.BOUNCED, bounce.status or "bounce"
        sent.save(update_fields=["state", "error"])
        trail.record("case.mail_bounced", incoming.case, by=by, region_id=incoming.case.region_id, mail=sent.pk, status=bounce.status)
