"""A mail of ours did not get through: found by what came back, and shown to whoever handles the case."""

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.mail.letter import Letter
from luukku.core.mail.robots import read_bounce
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.actions.handover.turns import passer_of
from luukku.desk.actions.mail_threads import by_tag, goes_on_in
from luukku.desk.actions.work import work_on
from luukku.desk.enums import CUSTOMER_MAILS, OPEN_HANDOVER, OUTSIDE_MAIL
from luukku.desk.models import Case, Handover, IncomingMail, Leg, Mailbox


def take_bounce(*, by: Actor, box: Mailbox, letter: Letter, incoming: IncomingMail) -> None:
    """Find the mail that came back, by its Message-ID or by the tag that the bounce was sent to; unless it is still being tried, mark it."""
    bounce = read_bounce(letter)
    sent = OutgoingMail.objects.filter(message_id__in=[f"<{each}>" for each in bounce.message_ids]).order_by("-id").first()
    tagged = by_tag(box, letter) if sent is None else None
    if tagged is not None:
        sent = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=tagged.pk, state=MailState.SENT).order_by("-sent_at").first()
    if sent is None:
        return
    incoming.bounced = sent
    if sent.subject_kind == "desk.case":
        incoming.case = goes_on_in(Case.objects.filter(pk=sent.subject_id).first())
    if not bounce.final or sent.state != MailState.SENT:
        return
    sent.state, sent.error = MailState.BOUNCED, bounce.status or "bounce"
    sent.save(update_fields=["state", "error"])
    mail.heed_failure(sent)
    what = {OUTSIDE_MAIL: "handover.unreached", **dict.fromkeys(CUSTOMER_MAILS, "case.mail_bounced")}.get(sent.kind)
    if what is not None and incoming.case is not None:
        trail.record(
            what, incoming.case, by=by, region_id=incoming.case.region_id, mail=sent.pk, status=bounce.status, handover=sent.facts.get("handover")
        )


def mark_unreached(sent: OutgoingMail) -> None:
    """The case's open parts show that a mail to the customer did not get through, until somebody is in touch with her or sends it again.

    Of a joined case the parts of the one in which it goes on; of a link to an organisation outside only the passer's part, and she is told.
    """
    if sent.kind in CUSTOMER_MAILS:
        case_id = Case.objects.filter(pk=sent.subject_id).values_list("joined_into", flat=True).first() or sent.subject_id
        Leg.objects.open().filter(case_id=case_id).update(mail_failed=True)
    elif sent.kind == OUTSIDE_MAIL:
        _mark_link_unreached(sent)


def _mark_link_unreached(sent: OutgoingMail) -> None:
    """The passer's part shows that the link did not get there, and she is told; nothing if the handover has ended or a newer mail has left."""
    of_case = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=sent.subject_id, kind=OUTSIDE_MAIL, pk__gt=sent.pk)
    pk = sent.facts.get("handover")
    handover = Handover.objects.filter(pk=pk, state__in=OPEN_HANDOVER).select_related("case", "leg").first()
    if handover is None or any(newer.facts.get("handover") == pk for newer in of_case):
        return
    Leg.objects.open().filter(pk=handover.leg_id).update(mail_failed=True)
    mail.queue("desk.handover_turn", handover.case, person=passer_of(handover, handover.leg), turn="unreached", handover=handover.pk)


def send_mails_again(*, by: Actor, case: Case) -> int:
    """Send those mails to the customer anew that did not get through, made from the address that is on the case now. Returns how many."""
    with work_on(case.pk, by=by, at=None) as work:
        work.leg()
        mails = failed_mails(case.pk)
        for each in mails:
            mail.send_again(each)
        if mails:
            for leg in work.legs:
                leg.mail_failed = False
            work.save(*work.legs)
            work.record("case.mail_again", count=len(mails))
        return len(mails)


def failed_mails(case_id: int) -> list[OutgoingMail]:
    """The mails to the customer that did not get through: of each kind the last, for older ones tell what is past."""
    cases = [case_id, *Case.objects.filter(joined_into=case_id).order_by("pk").values_list("pk", flat=True)]
    mails = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id__in=cases, state__in=(MailState.FAILED, MailState.BOUNCED))
    return list({each.kind: each for each in mails.filter(kind__in=CUSTOMER_MAILS).order_by("id")}.values())
