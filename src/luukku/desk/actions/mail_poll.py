"""A door's mailbox is emptied: each mail in a transaction of its own, in the order of arrival, and marked on the server only afterwards.

What has been taken in is known by UID and fingerprint, so a worker killed at any moment repeats nothing and loses nothing. When something
stands in the way the mail stays where it is, the reason is shown, and the pauses between tries grow.
"""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.logs import place_of
from luukku.core.mail.imap import Box, Listed, MailboxTrouble, opened
from luukku.desk.access import BOX_RELATED
from luukku.desk.actions.mail_intake import Came, take_in
from luukku.desk.actions.mailboxes import account_of
from luukku.desk.models import IncomingMail, Mailbox

log = structlog.get_logger("luukku.mailbox")
SLICE_SECONDS = 40.0  # of one job; a long backlog goes on in the next one, so that other jobs get their turn
PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
_BATCH = 50
_LOCK = 0x6D61696C  # "mail": the first of the two keys of the lock


def poll(mailbox_id: int, *, seconds: float = SLICE_SECONDS) -> bool:
    """Take in what has come, for at most some `seconds`. Returns whether more is waiting. Nothing when another process is at it."""
    with _alone(mailbox_id) as mine:
        box = _mailbox(mailbox_id) if mine else None
        if box is None or not box.is_active:
            return False
        try:
            with opened(account_of(box)) as folder:
                left = _empty(box, folder, time.monotonic() + seconds)
        except MailboxTrouble as trouble:
            _failed(box, trouble.code)
            return False
        _well(box, left)
        return left > 0


def due_mailboxes() -> list[int]:
    """Those whose time has come."""
    with act_as_house("see which mailboxes are due"):
        return list(Mailbox.objects.filter(is_active=True, next_at__lte=timezone.now()).order_by("next_at").values_list("pk", flat=True))


@contextmanager
def _alone(mailbox_id: int) -> Iterator[bool]:
    """A lock that dies with its process's connection: one at a time for each mailbox, whatever becomes of jobs."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCK, mailbox_id])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCK, mailbox_id])


def _mailbox(pk: int) -> Mailbox | None:
    with act_as_house("read where a mailbox is"):
        return Mailbox.objects.select_related(*BOX_RELATED).filter(pk=pk).first()


def _empty(box: Mailbox, folder: Box, until: float) -> int:
    """Returns how many mails are left."""
    _same_generation(box, folder)
    _mark_the_rest(box, folder)
    waiting = _waiting(box, folder)
    _progress(box, len(waiting))
    while waiting and time.monotonic() < until:
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        rest = _take(box, folder, folder.listed(batch), until)
        waiting = rest + waiting
        _progress(box, len(waiting))
    return len(waiting)


def _same_generation(box: Mailbox, folder: Box) -> None:
    """The first time, and when the server has numbered its mails anew: unread ones are ours, and all that come from now on."""
    if box.uidvalidity == folder.uidvalidity:
        return
    box.read_since = box.well_at  # None the first time
    box.uidvalidity, box.uid_taken, box.uid_marked, box.uid_first = folder.uidvalidity, 0, 0, folder.uidnext
    _save(box, "uidvalidity", "uid_taken", "uid_marked", "uid_first", "read_since")


def _waiting(box: Mailbox, folder: Box) -> list[int]:
    """UIDs not dealt with. Whether somebody has looked at a mail says nothing: once the mailbox is ours, all that comes is."""
    above = max(box.uid_taken + 1, box.uid_first)
    found = set(folder.search(f"UID {above}:*"))
    if box.uid_taken + 1 < box.uid_first:
        old = f"UID {box.uid_taken + 1}:{box.uid_first - 1}"
        found |= set(folder.search(f"{old} UNSEEN"))
        if box.read_since is not None:  # what came since we last looked may have been read by somebody
            found |= set(folder.search(f"{old} SINCE {(box.read_since - timedelta(days=1)).strftime('%d-%b-%Y')}"))
    return sorted(uid for uid in found if uid > box.uid_taken)  # `n:*` always names the last mail


def _take(box: Mailbox, folder: Box, mails: list[Listed], until: float) -> list[int]:
    """Take in some mails, then mark them on the server. Returns the UIDs for which there was no time."""
    done: list[int] = []
    try:
        for number, each in enumerate(mails):
            if number and time.monotonic() >= until:
                return [mail.uid for mail in mails[number:]]
            raw = folder.raw(each)
            if raw is not None:
                _take_one(box, Came(each.uid, raw, each.arrived_at))
                done.append(each.uid)
        return []
    finally:
        _mark(box, folder, done)


def _take_one(box: Mailbox, came: Came) -> None:
    """In one transaction with the mark how far we are. What cannot be read by any rule becomes a case to be read by hand."""
    for by_hand in (False, True):
        try:
            with act_as_house("take in a mail of a door"):
                if not IncomingMail.objects.filter(mailbox=box, uidvalidity=box.uidvalidity or 0, uid=came.uid).exists():
                    take_in(by=HOUSE, box=box, came=came, by_hand=by_hand)
                box.uid_taken, box.taken_now = came.uid, box.taken_now + 1
                box.save(update_fields=["uid_taken", "taken_now"])
        except (OperationalError, InterfaceError):
            raise
        except OSError as error:
            raise MailboxTrouble("disk" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS) else "store") from error
        except Exception as error:
            log.error("mail not understood", mailbox=box.pk, error=type(error).__name__, at=place_of(error), by_hand=by_hand)  # noqa: TRY400
            if by_hand:
                raise MailboxTrouble(
                    "rule" if isinstance(error, RuleBroken) else "database" if isinstance(error, DatabaseError) else "code"
                ) from error
        else:
            return


def _mark_the_rest(box: Mailbox, folder: Box) -> None:
    """A worker that was killed had taken in mails without telling the server."""
    if box.uid_marked < box.uid_taken:
        with act_as_house("see which mails the server was not told of"):
            rows = IncomingMail.objects.filter(mailbox=box, uidvalidity=box.uidvalidity or 0, uid__gt=box.uid_marked)
            uids = list(rows.order_by("uid").values_list("uid", flat=True))
        _mark(box, folder, uids)


def _mark(box: Mailbox, folder: Box, uids: list[int]) -> None:
    if not uids:
        return
    folder.mark_seen(uids)
    if box.done_folder:
        folder.move(uids, box.done_folder)
    box.uid_marked = uids[-1]
    _save(box, "uid_marked")


def _progress(box: Mailbox, left: int) -> None:
    box.left, box.polled_at = left, timezone.now()
    _save(box, "left", "polled_at")


def _well(box: Mailbox, left: int) -> None:
    now = timezone.now()
    box.left, box.polled_at, box.well_at, box.failures, box.trouble = left, now, now, 0, ""
    box.next_at = now if left else now + PAUSE
    if not left:
        box.taken_now = 0
    _save(box, "left", "polled_at", "well_at", "failures", "trouble", "next_at", "taken_now")
    log.info("mailbox polled", mailbox=box.pk, left=left)


def _failed(box: Mailbox, code: str) -> None:
    now = timezone.now()
    box.failures, box.trouble, box.polled_at = box.failures + 1, code, now
    box.next_at = now + min(LONGEST_PAUSE, PAUSE * 2 ** min(box.failures, 10))
    _save(box, "failures", "trouble", "polled_at", "next_at")
    log.warning("mailbox not polled", mailbox=box.pk, trouble=code, failures=box.failures)


def _save(box: Mailbox, *fields: str) -> None:
    with act_as_house("keep how far a mailbox has been taken in"):
        box.save(update_fields=fields)
