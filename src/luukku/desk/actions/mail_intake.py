"""One mail of a door's mailbox becomes a case, joins one, or is set aside, in one transaction. Whatever it is, the whole of it is kept."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import files as file_store
from luukku.core import mail, trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.letter import Letter, fingerprint, id_digest, read_letter
from luukku.core.mail.robots import Robot, robot_of
from luukku.core.models import OutgoingMail
from luukku.desk.access import RELATED
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import reopen
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.mail_bounces import take_bounce
from luukku.desk.actions.mail_threads import case_of, goes_on_in, is_answer, is_customer
from luukku.desk.actions.mail_words import only_thanks, sort_pieces, words_of
from luukku.desk.actions.work import CaseJoined
from luukku.desk.enums import ENDED_STATES, Channel
from luukku.desk.models import Case, Fate, IncomingMail, Mailbox, Message
from luukku.desk.queries.mailed import NATION_MAIL, address_of
from luukku.network.models import Desk, Municipality, Region
from luukku.network.queries.nation import status_link_days

MOST_IN_AN_HOUR = 10  # mails of one sender; a person writes fewer, two robots that answer each other more


@dataclass(frozen=True)
class Came:
    """A mail as it was fetched."""

    uid: int
    raw: bytes
    arrived_at: datetime


def take_in(*, by: Actor, box: Mailbox, came: Came, by_hand: bool = False) -> IncomingMail:
    """Keep a mail and do what follows from it. The same mail again does nothing more.

    `by_hand` leaves reading it to people: a case is made that says so. The caller acts as the house. Raises RuleBroken when the region
    cannot take needs in, OSError when the file store is full.
    """
    if by.kind != "house":
        raise NotAllowed
    letter = read_letter(came.raw)
    mark = fingerprint(came.raw, letter)
    if IncomingMail.objects.filter(mailbox=box, fingerprint=mark).exists():
        incoming = _kept(box, came, letter, fate=Fate.REPEATED)
        incoming.save()
        return incoming
    if by_hand:
        letter = Letter(letter.head, sender=letter.sender, subject=letter.subject, is_whole=False)
    incoming, robot = _kept(box, came, letter, fingerprint=mark), None if by_hand else _robot(letter)
    if robot is None and not by_hand and is_answer(box, letter):
        incoming.fate = Fate.ANSWER  # its words stand with what it answers; the door's people read them no more than that
        incoming.save()
        trail.record("mail.answer_taken", incoming, by=by, region_id=box.serves.pk if box.serves else None)
        return incoming
    incoming.original = file_store.keep_original("mail.eml", "message/rfc822", came.raw)
    case = None if by_hand else case_of(box, letter)
    if robot is not None:
        _set_aside(by, box, letter, incoming, robot, case)
    elif not by_hand and _loops(incoming, case):
        incoming.fate, incoming.case = Fate.LOOP, case
    elif case is not None and _still_open_to(case):
        add_to(case, incoming=incoming, letter=letter)
    elif box.serves is None:
        incoming.fate = Fate.UNROUTED
    else:
        make_case(by=by, incoming=incoming, letter=letter)
    incoming.save()
    if incoming.fate == Fate.UNROUTED and address_of(letter):
        mail.queue(NATION_MAIL, incoming)
    region_id = box.serves.pk if box.serves else None
    trail.record("mail.taken_in", incoming, by=by, region_id=region_id, fate=incoming.fate, case=incoming.case_id, whole=incoming.is_whole)
    return incoming


@dataclass(frozen=True)
class Way:
    """Where a mail's new case goes: a region, by one organisation's own door, or because an operator has found its place."""

    region: Region
    own_door: Desk | None = None
    municipality: Municipality | None = None
    routed: bool = False


def _way_of(box: Mailbox) -> Way | None:
    """None for the nation's door. An own door that has been closed meanwhile leads to its region's."""
    is_open = box.desk is not None and box.desk.has_door and box.desk.deactivated_at is None
    return Way(box.serves, box.desk if is_open else None) if box.serves is not None else None


def _kept(box: Mailbox, came: Came, letter: Letter, **more: object) -> IncomingMail:
    """The mail's row, not saved; readers are computed when it is."""
    return IncomingMail(
        mailbox=box, uidvalidity=box.uidvalidity or 0, uid=came.uid, arrived_at=came.arrived_at, sender_digest=_sender_digest(letter.sender),
        message_digest=id_digest(letter.message_id) if letter.message_id else None, is_whole=letter.is_whole, **more,
    )  # fmt: skip


def _sender_digest(sender: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"sender|{sender}".encode(), hashlib.sha256).hexdigest()[:40] if sender else ""


def _robot(letter: Letter) -> Robot | None:
    """What kind of robot wrote; also one who sends our own mail back to us."""
    if letter.message_id and OutgoingMail.objects.filter(message_id=f"<{letter.message_id}>").exists():
        return Robot.OWN
    house = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return robot_of(letter, {house, *(each.lower() for each in Mailbox.objects.values_list("address", flat=True))})


def _set_aside(by: Actor, box: Mailbox, letter: Letter, incoming: IncomingMail, robot: Robot, case: Case | None) -> None:
    """A robot's mail makes no case and is not answered. One that tells of a case is shown there."""
    incoming.fate = Fate(robot.value)
    if robot is Robot.BOUNCE:
        take_bounce(by=by, box=box, letter=letter, incoming=incoming)
    elif robot is Robot.AWAY:
        incoming.case = case


def _loops(incoming: IncomingMail, case: Case | None) -> bool:
    """Whether this sender has written more within the hour before than people do."""
    if not incoming.sender_digest:
        return False
    hour = (incoming.arrived_at - timedelta(hours=1), incoming.arrived_at)
    count = IncomingMail.objects.filter(sender_digest=incoming.sender_digest, arrived_at__range=hour).exclude(fate=Fate.REPEATED).count()
    return count >= (MOST_IN_AN_HOUR if case is None else 3 * MOST_IN_AN_HOUR)


def _still_open_to(case: Case) -> bool:
    """A case that ended long ago is not opened by an old mail's answer: that is a new matter."""
    limit = timezone.now() - timedelta(days=status_link_days(case.region))
    return case.settled_at is None or case.settled_at > limit


def make_case(*, by: Actor, incoming: IncomingMail, letter: Letter, way: Way | None = None) -> Case:
    """A new case by the same action as the form's; sets the mail's fate. Whoever gave no address that works stays anonymous."""
    way = way or _way_of(incoming.mailbox)
    if way is None:
        raise RuleBroken(_("Choose the region whose desk this goes to."))
    words, email = words_of(letter), address_of(letter)
    files, refused = sort_pieces(letter.pieces)
    need = NeedForm(
        region=way.region, own_door=way.own_door, municipality=way.municipality, routed=way.routed,
        words=words.body, subject=words.subject, language=words.language, channel=Channel.EMAIL,
        name=letter.sender_name if email else "", email=email, anonymous=not email, files=files,
    )  # fmt: skip
    case = send_need(by=by, need=need, at=min(incoming.arrived_at, timezone.now()))
    incoming.fate, incoming.case, incoming.refused = Fate.CASE, case, refused
    _tell_refused(incoming)
    return case


def add_to(case: Case, *, incoming: IncomingMail, letter: Letter) -> None:
    """What the mail says is added to the case as it is when its turn comes: if it has been joined to another a moment ago, to that one."""
    while True:
        try:
            with transaction.atomic():
                return _join(incoming, letter, case)
        except CaseJoined:
            case = goes_on_in(Case.objects.select_related(*RELATED).get(pk=case.pk)) or case


def _join(incoming: IncomingMail, letter: Letter, case: Case) -> None:
    """What the customer adds to her case, as by her own page. An ended case is opened again, unless she only says thanks."""
    words = words_of(letter, language=case.language, answer=True)
    files, refused = sort_pieces(letter.pieces)
    with act_as(Actor("link", (case.door_principal,))) as customer:
        ended = case.state in ENDED_STATES
        thanks = ended and not files and letter.is_whole and only_thanks(words.body)
        if ended and not thanks:
            reopen(by=customer, case=case)
        message: Message = customer_writes(by=customer, case=case, body=words.body, files=files, channel=Channel.EMAIL, ended_too=thanks)
    incoming.fate, incoming.case, incoming.message = Fate.JOINED, case, message
    incoming.quoted, incoming.refused, incoming.is_known = words.quoted, refused, is_customer(case, letter)
    _tell_refused(incoming)


def _tell_refused(incoming: IncomingMail) -> None:
    """The customer hears that files were not kept; which and why she reads on her page."""
    if incoming.refused and incoming.case is not None and incoming.case.customer_id is not None:
        mail.queue("desk.files_refused", incoming.case, count=len(incoming.refused))
