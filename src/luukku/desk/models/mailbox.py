"""A door's mailbox, and every mail that has been taken from it.

`readers` of a mail are kept by migrations 0009 and 0098: those of its case; of a mail that made no case, the organisation of the door's desk, or at
the nation's door its operators.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.models import OutgoingMail, StoredFile
from luukku.core.walls import readers_field, withheld_field
from luukku.desk.models.cases import Case
from luukku.desk.models.talk import Message
from luukku.network.models import Desk, Region

NATION = ":maa"


class Security(models.TextChoices):
    TLS = "tls", _("TLS from the start (usually port 993)")
    STARTTLS = "starttls", _("STARTTLS (usually port 143)")
    NONE = "none", _("None: a server on this same machine")


class Mailbox(models.Model):
    """The one e-mail address of a door: where its mail lies, and how far it has been taken in.

    Of a region's door, of an organisation's own (`desk`), or of the whole nation's (neither).
    """

    region = models.OneToOneField(Region, models.PROTECT, null=True, blank=True, related_name="mailbox")
    desk = models.OneToOneField(Desk, models.PROTECT, null=True, blank=True, related_name="mailbox")
    address = models.EmailField(unique=True)
    host = models.CharField(max_length=200)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    user = models.CharField(max_length=200)
    secret = models.TextField(blank=True, editable=False, help_text="the password, sealed by the installation's key; empty: it is in the environment")
    folder = models.CharField(max_length=200, default="INBOX")
    done_folder = models.CharField(
        max_length=200, blank=True, help_text="where mails go when they are taken in; empty: they stay and are marked read"
    )
    is_active = models.BooleanField(default=True)
    uidvalidity = models.BigIntegerField(null=True, editable=False)
    uid_taken = models.BigIntegerField(default=0, editable=False, help_text="every mail up to this UID has been dealt with")
    uid_marked = models.BigIntegerField(default=0, editable=False, help_text="up to this UID the server has been told too")
    uid_first = models.BigIntegerField(default=0, editable=False, help_text="from this UID on all mails are ours; below, those unread at the start")
    read_since = models.DateTimeField(null=True, editable=False, help_text="numbered anew: below uid_first, mails since then are ours though read")
    polled_at = models.DateTimeField(null=True, editable=False)
    well_at = models.DateTimeField(null=True, editable=False, help_text="when the mailbox last answered")
    next_at = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="polls in a row that failed")
    trouble = models.CharField(max_length=20, blank=True, editable=False, help_text="a code; its words are in the screens")
    left = models.PositiveIntegerField(default=0, editable=False, help_text="mails that wait in the mailbox")
    taken_now = models.PositiveIntegerField(default=0, editable=False, help_text="mails taken in since the mailbox was last empty")

    class Meta:
        ordering = ("region", "desk")
        verbose_name_plural = "mailboxes"
        constraints = (
            models.CheckConstraint(name="mailbox_port", condition=Q(port__gte=1, port__lte=65535)),
            models.CheckConstraint(name="mailbox_of_one_door", condition=Q(region=None) | Q(desk=None)),
            models.UniqueConstraint(fields=("region", "desk"), nulls_distinct=False, name="one_mailbox_a_door"),
        )

    def __str__(self) -> str:
        return f"mailbox {self.key}"

    @property
    def serves(self) -> Region | None:
        """The region whose needs come here; None at the nation's door, whose operators find it."""
        return self.desk.region if self.desk is not None else self.region

    @property
    def is_made(self) -> bool:
        """Whether the door has it, or it might only be made."""
        return not self._state.adding

    @property
    def is_nations(self) -> bool:
        return self.region_id is None and self.desk_id is None

    @property
    def key(self) -> str:
        """Names the door in addresses: `koskimaa`, `koskimaa:kunta` for an organisation's own, `:maa` for the nation's."""
        if self.desk is not None:
            return f"{self.desk.region.code}:{self.desk.organisation.code}"
        return self.region.code if self.region is not None else NATION

    @property
    def whole(self) -> int:
        """All mails of the backlog that is being taken in."""
        return self.taken_now + self.left


class Fate(models.TextChoices):
    """What became of a mail."""

    CASE = "case", _("A new matter")
    JOINED = "joined", _("Joined a matter")
    UNROUTED = "unrouted", _("Waits for an operator to find its region")
    DROPPED = "dropped", _("An operator has put it aside")
    BOUNCE = "bounce", _("Tells that a mail of ours did not get through")
    AWAY = "away", _("Automatic answer")
    LIST = "list", _("Mailing list")
    OWN = "own", _("From our own address")
    LOOP = "loop", _("Too many from one sender")
    ANSWER = "answer", _("Answer to a reminder")
    REPEATED = "repeated", _("The same mail again")


class IncomingMail(models.Model):
    """A mail taken from a mailbox. The whole of it is `original`, but for an answer to a reminder, whose words stand with what it answers; nothing
    else here tells who wrote or what."""

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    fingerprint = models.BinaryField(max_length=32, null=True, help_text="one for each mail; None for one that came again")
    message_digest = models.BinaryField(max_length=32, null=True, help_text="of its Message-ID: answers to it are found by this")
    sender_digest = models.CharField(max_length=40, blank=True, help_text="keyed: counts how often one sender writes")
    fate = models.CharField(max_length=10, choices=Fate)
    is_whole = models.BooleanField(default=True, help_text="False: somebody must read the original by hand")
    is_known = models.BooleanField(default=True, help_text="False: joined a case from another address than its customer's")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="mails_in")
    message = models.OneToOneField(Message, models.CASCADE, null=True, blank=True, related_name="mail_in")
    bounced = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+", help_text="our mail that came back")
    original = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    quoted = models.TextField(blank=True, help_text="what it repeats of earlier mails")
    refused = models.JSONField(default=list, help_text="files that were not kept: name and code of the reason")
    arrived_at = models.DateTimeField()
    taken_at = models.DateTimeField(default=timezone.now)
    withheld = withheld_field()
    readers = readers_field()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("mailbox", "uidvalidity", "uid"), name="mail_taken_once"),
            models.UniqueConstraint(fields=("mailbox", "fingerprint"), name="mail_once"),
            models.CheckConstraint(name="mail_of_case_has_one", condition=~Q(fate__in=("case", "joined")) | Q(case__isnull=False)),
        )
        indexes = (
            models.Index(fields=("message_digest",), name="mail_in_message"),
            models.Index(fields=("sender_digest", "arrived_at"), name="mail_in_sender"),
            models.Index(fields=("case",), name="mail_in_case"),
        )

    def __str__(self) -> str:
        return f"mail {self.pk}"
