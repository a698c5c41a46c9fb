"""A door's mailbox is set up, tested and switched."""

import os
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.imap import Account, opened
from luukku.core.sealing import seal, unseal
from luukku.desk.access import can_edit_mailboxes
from luukku.desk.models import NATION, Mailbox, Security
from luukku.network.models import Desk, Region

_PURPOSE = "luukku.desk.mailbox"
_LONGEST_LOCAL = 24  # letters before the @: the rest of 64 is for the case's tag
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class MailboxForm:
    """What an administrator gives. `password` None keeps the one there is; empty takes it from the environment."""

    address: str
    host: str
    port: int
    security: str
    user: str
    folder: str = "INBOX"
    done_folder: str = ""
    password: str | None = None
    is_active: bool = True


def variable_of(box: Mailbox) -> str:
    """The name under which the environment may hold the password: with the region, with region and organisation, or alone for the nation's door."""
    if box.key == NATION:
        return "LUUKKU_MAILBOX_PASSWORD"
    return f"LUUKKU_MAILBOX_PASSWORD_{box.key.upper().replace('-', '_').replace(':', '__')}"


def set_mailbox(*, by: Actor, form: MailboxForm, region: Region | None = None, desk: Desk | None = None) -> Mailbox:
    """Make or change the mailbox of a region's door, of an organisation's own, or with neither of the whole nation's.

    Another mailbox than before is begun anew. Raises NotAllowed, RuleBroken.
    """
    _allowed(by)
    _check(Mailbox(region=region, desk=desk), form)
    with transaction.atomic():
        box = Mailbox.objects.select_for_update(of=("self",)).filter(region=region, desk=desk).order_by("pk").first() or Mailbox(
            region=region, desk=desk
        )
        before = (box.host, box.user, box.folder)
        box.address, box.host, box.port, box.security = form.address.strip().lower(), form.host.strip(), form.port, form.security
        box.user, box.folder, box.done_folder, box.is_active = (
            form.user.strip(),
            form.folder.strip() or "INBOX",
            form.done_folder.strip(),
            form.is_active,
        )
        if form.password is not None:
            box.secret = seal(form.password, _PURPOSE) if form.password else ""
        if before != (box.host, box.user, box.folder):
            box.uidvalidity, box.well_at = None, None
        box.next_at, box.failures, box.trouble = timezone.now(), 0, ""
        box.save()
        where, whose = box.serves, desk.organisation_id if desk is not None else None
        trail.record("mailbox.set", box, by=by, region_id=where.pk if where else None, organisation_id=whose, active=box.is_active)
        return box


def account_of(box: Mailbox) -> Account:
    """Where the mailbox is and how to open it, with its password."""
    password = unseal(box.secret, _PURPOSE) if box.secret else os.environ.get(variable_of(box), "")
    return Account(box.host, box.port, box.security, box.user, password, box.folder)


def try_mailbox(*, by: Actor, box: Mailbox) -> int:
    """Open the folder as the worker would; returns how many mails lie in it. Changes nothing. Raises MailboxTrouble, NotAllowed."""
    _allowed(by)
    with opened(account_of(box)) as folder:
        return folder.messages


def _allowed(by: Actor) -> None:
    if not can_edit_mailboxes(by) and by.kind != "house":
        raise NotAllowed


def _check(door: Mailbox, form: MailboxForm) -> None:
    local, _at, _domain = form.address.strip().partition("@")
    if "+" in local:
        raise RuleBroken(_("Give the address without a plus: what comes after a plus is ours to use."), field="address")
    if len(local) > _LONGEST_LOCAL:
        raise RuleBroken(_("The part before @ may have at most 24 letters: each matter gets its own ending to it."), field="address")
    if Mailbox.objects.filter(address=form.address.strip().lower()).exclude(region=door.region, desk=door.desk).exists():
        raise RuleBroken(_("Another door has this address."), field="address")
    if form.security not in Security.values:
        raise RuleBroken(_("Choose how the connection is protected."), field="security")
    if form.security == Security.NONE and form.host.strip() not in _HERE:
        raise RuleBroken(_("Without TLS the password could be read on the way. Choose TLS, unless the server is on this machine."), field="security")
    if form.is_active and not _takes_in(door):
        raise RuleBroken(_("This door is not open yet: open it first, or keep the mailbox switched off."), field="is_active")


def _takes_in(door: Mailbox) -> bool:
    """Whether needs may come by this door now; the nation's is always open."""
    own_is_open = door.desk is None or (door.desk.has_door and door.desk.deactivated_at is None)
    return own_is_open and (door.serves is None or door.serves.is_live)
