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
from luukku.desk.models import Mailbox, Security
from luukku.network.models import Region

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


def variable_of(region: Region) -> str:
    """The name under which the environment may hold the password."""
    return f"LUUKKU_MAILBOX_PASSWORD_{region.code.upper().replace('-', '_')}"


def set_mailbox(*, by: Actor, region: Region, form: MailboxForm) -> Mailbox:
    """Make or change the mailbox of a region's door. Another mailbox than before is begun anew. Raises NotAllowed, RuleBroken."""
    _allowed(by)
    _check(region, form)
    with transaction.atomic():
        box = Mailbox.objects.select_for_update().filter(region=region).first() or Mailbox(region=region)
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
        trail.record("mailbox.set", box, by=by, region_id=region.pk, active=box.is_active)
        return box


def account_of(box: Mailbox) -> Account:
    """Where the mailbox is and how to open it, with its password."""
    password = unseal(box.secret, _PURPOSE) if box.secret else os.environ.get(variable_of(box.region), "")
    return Account(box.host, box.port, box.security, box.user, password, box.folder)


def try_mailbox(*, by: Actor, box: Mailbox) -> int:
    """Open the folder as the worker would; returns how many mails lie in it. Changes nothing. Raises MailboxTrouble, NotAllowed."""
    _allowed(by)
    with opened(account_of(box)) as folder:
        return folder.messages


def _allowed(by: Actor) -> None:
    if not can_edit_mailboxes(by) and by.kind != "house":
        raise NotAllowed


def _check(region: Region, form: MailboxForm) -> None:
    local, _at, _domain = form.address.strip().partition("@")
    if "+" in local:
        raise RuleBroken(_("Give the address without a plus: what comes after a plus is ours to use."), field="address")
    if len(local) > _LONGEST_LOCAL:
        raise RuleBroken(_("The part before @ may have at most 24 letters: each matter gets its own ending to it."), field="address")
    if Mailbox.objects.filter(address=form.address.strip().lower()).exclude(region=region).exists():
        raise RuleBroken(_("Another region's door has this address."), field="address")
    if form.security not in Security.values:
        raise RuleBroken(_("Choose how the connection is protected."), field="security")
    if form.security == Security.NONE and form.host.strip() not in _HERE:
        raise RuleBroken(_("Without TLS the password could be read on the way. Choose TLS, unless the server is on this machine."), field="security")
    if form.is_active and not region.is_live:
        raise RuleBroken(_("This region's door is not open yet: open it first, or keep the mailbox switched off."), field="is_active")
