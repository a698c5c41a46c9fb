"""A leg is handed over: to another desk, to a person of it, or to an organisation outside the network.

Until the receiver has accepted *and* contacted the customer the passer answers for her. Before accepting, the receiver reads the handover
and the parts of its package that the customer lets pass, and nothing of the case itself; `readers` are kept by triggers (migration
`handover_walls`): a receiver who has declined reads nothing any more.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service
from luukku.core.models import StoredFile
from luukku.core.translated import said_in
from luukku.core.walls import PrincipalField, readers_field
from luukku.customers.enums import ConsentWay
from luukku.desk.enums import OPEN_HANDOVER, WITH_RECEIVER, HandoverState, PartKind, TurnKind
from luukku.desk.models.appointments import Appointment
from luukku.desk.models.cases import Case, Leg
from luukku.desk.models.talk import Attachment, Message
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Organisation, Person, Region

_ENDED = (HandoverState.DONE, HandoverState.DECLINED, HandoverState.WITHDRAWN)
_CONSENTLESS = (HandoverState.PROPOSED, HandoverState.WITHDRAWN)


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self) -> Self:
        """Those for which the passer still answers."""
        return self.filter(state__in=OPEN_HANDOVER)

    def unanswered(self) -> Self:
        """Those that lie with the receiver, asked back or not."""
        return self.filter(state__in=WITH_RECEIVER)


class HandoverCause(models.TextChoices):
    """Why a matter goes to another desk, in words that may stand in a mail: they tell nothing of the matter."""

    EXPERTISE = "expertise", _("They know this kind of matter best")
    TASK = "task", _("It is their task to help in this")
    NEAR = "near", _("They work near you")
    LANGUAGE = "language", _("They serve you in your own language")
    SOONER = "sooner", _("They can help you sooner")
    WISH = "wish", _("You asked for it")


class Handover(models.Model):
    """One handover of one leg. What a receiver must know before she sees the case is copied here: number, region, subject, language."""

    door_principal = PrincipalField(help_text="what the outside organisation's link lets read by")
    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers")
    leg = models.ForeignKey(Leg, models.CASCADE, related_name="handovers", help_text="the passer's part")
    received_leg = models.OneToOneField(Leg, models.SET_NULL, null=True, blank=True, related_name="came_by", help_text="the receiver's part")
    number = models.CharField(max_length=20, help_text="the case's")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=LanguageCode, help_text="the customer's")
    from_desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    counted_from = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="whose figure it stays, when the desk was another organisation's then",
    )  # fmt: skip
    counted_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="whose figure it stays, when the desk was another organisation's then",
    )  # fmt: skip
    outside_name = models.CharField(max_length=160, blank=True, help_text="an organisation that is not in the network")
    outside_email = models.EmailField(blank=True)
    outside_language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    outside_person = models.CharField(max_length=120, blank=True, help_text="who took it there")
    outside_phone = models.CharField(max_length=40, blank=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    is_part = models.BooleanField(default=False, help_text="a part beside the passer's own, which goes on")
    need = models.TextField(blank=True, help_text="what is asked of the receiver, if it differs from the case's words")
    cause = models.CharField(max_length=10, choices=HandoverCause, blank=True, db_default="", help_text="what the customer is mailed of the reason")
    reason = models.TextField()
    reason_texts = models.JSONField(default=dict, db_default={}, blank=True, help_text="the same by language, where the program says it")
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.PROPOSED)
    meeting = models.OneToOneField(Appointment, models.RESTRICT, null=True, blank=True, related_name="warm_handover", help_text="of the three")
    meeting_at = models.DateTimeField(null=True, blank=True, help_text="when the booked meeting is: read before the case is")
    met_at = models.DateTimeField(null=True, blank=True, help_text="when the three met: makes the handover a warm one")
    next_desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="+", help_text="the next door, by her who declined")
    next_words = models.CharField(max_length=300, blank=True, help_text="the next door in words")
    consent_way = models.CharField(max_length=10, choices=ConsentWay, blank=True)
    consent_version = models.CharField(max_length=20, blank=True, help_text="of the text that she agreed to")
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who wrote it down; None: she herself")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="by when the receiver contacts the customer: the third promise")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    contacted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="when the outside organisation said that its part is ready")
    finished_words = models.TextField(blank=True, db_default="", help_text="what came of it, as they tell the customer")
    closed_at = models.DateTimeField(null=True, blank=True)
    link_digest = models.BinaryField(max_length=32, null=True, blank=True, unique=True, help_text="of the outside organisation's link")
    link_made_at = models.DateTimeField(null=True, blank=True, help_text="when it was made anew; None: as it was sent")
    link_expires_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("leg",), condition=Q(state__in=OPEN_HANDOVER), name="one_open_handover_of_a_leg"),
            models.CheckConstraint(
                name="handover_warm_is_booked", condition=Q(meeting=None, meeting_at=None) | Q(meeting__isnull=False, meeting_at__isnull=False)
            ),
            models.CheckConstraint(name="handover_met_as_booked", condition=Q(met_at=None) | Q(meeting__isnull=False)),
            models.CheckConstraint(name="handover_to_one", condition=Q(to_desk=None) ^ Q(outside_name="")),
            models.CheckConstraint(name="handover_person_at_desk", condition=Q(to_person=None) | Q(to_desk__isnull=False)),
            models.CheckConstraint(
                name="handover_sent_with_consent",
                condition=Q(state__in=_CONSENTLESS) | (Q(consent_at__isnull=False, sent_at__isnull=False) & ~Q(consent_way="")),
            ),
            models.CheckConstraint(
                name="handover_accepted_has_time",
                condition=~Q(state__in=(HandoverState.ACCEPTED, HandoverState.DONE)) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(name="handover_done_has_contact", condition=~Q(state=HandoverState.DONE) | Q(contacted_at__isnull=False)),
            models.CheckConstraint(
                name="handover_finished_outside",
                condition=Q(finished_at=None, finished_words="") | Q(finished_at__isnull=False, to_desk=None, state=HandoverState.DONE),
            ),
            models.CheckConstraint(
                name="handover_closed_has_time",
                condition=Q(state__in=_ENDED, closed_at__isnull=False) | (~Q(state__in=_ENDED) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="handover_declined_names_next_door",
                condition=~Q(state=HandoverState.DECLINED) | Q(next_desk__isnull=False) | ~Q(next_words=""),
            ),
        )
        indexes = (
            models.Index(fields=("case", "id"), name="handover_case"),
            models.Index(fields=("to_desk", "sent_at"), name="handover_to", condition=Q(state__in=WITH_RECEIVER)),
            models.Index(fields=("from_desk", "created_at"), name="handover_from", condition=Q(state__in=OPEN_HANDOVER)),
            models.Index(fields=("from_desk", "closed_at"), name="handover_returned", condition=Q(state=HandoverState.DECLINED)),
        )

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def why(self) -> str:
        """The reason in the reader's language, where the program said it; else as it was written."""
        return said_in(self.reason_texts, self.reason)

    @property
    def has_meeting(self) -> bool:
        """Whether a meeting of the three is booked: customer, passer and receiver."""
        return self.meeting_id is not None

    @property
    def is_warm(self) -> bool:
        """Whether all three came to their booked meeting."""
        return self.met_at is not None

    @property
    def end_awaited(self) -> bool:
        """Whether an organisation outside has it in hand and has not said that its part is ready."""
        return self.to_desk_id is None and self.state in (HandoverState.ACCEPTED, HandoverState.DONE) and self.finished_at is None

    @property
    def receiver_name(self) -> str:
        """The organisation that is asked, as people call it."""
        return str(self.to_desk.organisation.name) if self.to_desk is not None else self.outside_name


class HandoverPart(models.Model):
    """One thing of the package, as it was when it was offered. `included`: the customer lets it pass."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PartKind)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.CASCADE, null=True, blank=True, editable=False, related_name="+", help_text="set by the database")
    included = models.BooleanField(default=True)
    readers = readers_field()

    class Meta:
        ordering = ("handover", "position")
        constraints = (models.UniqueConstraint(fields=("handover", "position"), name="handover_part_position"),)

    def __str__(self) -> str:
        return f"{self.handover_id} {self.kind}"


class HandoverTurn(models.Model):
    """What passer and receiver say to each other about a handover. Inside: the customer never reads it."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=10, choices=TurnKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: the outside organisation")
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.handover_id} {self.kind}"
