"""What is drafted, commented and signed: the agreement's own text and its annexes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.agreements.enums import AttachmentKind, Chapter, DocumentKind, DocumentState
from luukku.agreements.models.agreements import Agreement, OfAgreement
from luukku.core.models import StoredFile
from luukku.core.walls import PrincipalField, readers_field
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Organisation, Person


class Document(OfAgreement):
    """`version` grows with each saved change; `body` is exactly the text that was sent for signing, `digest` its SHA-256.

    Taken back to be changed, the digest is emptied: signatures of the former text stay written down and count no more.
    """

    kind = models.CharField(max_length=10, choices=DocumentKind)
    state = models.CharField(max_length=8, choices=DocumentState, default=DocumentState.DRAFT)
    number = models.PositiveSmallIntegerField(default=0, help_text="of an annex; 0: the agreement itself")
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="who joins or leaves")
    day = models.DateField(null=True, blank=True, help_text="first day of a joining party, last day of a leaving one or of the agreement")
    until_further_notice = models.BooleanField(default=False, help_text="of an annex by which the agreement goes on")
    receiving_desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, related_name="+", help_text="where the open matters of a leaving party go; None: the front desk"
    )
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="when what was signed was written to the parts of the parties")

    class Meta:
        ordering = ("agreement", "number", "id")
        constraints = (
            models.CheckConstraint(name="document_sent_has_digest", condition=~Q(state__in=("out", "signed")) | (~Q(digest="") & ~Q(body=""))),
            models.CheckConstraint(name="document_signed_has_time", condition=Q(state="signed") ^ Q(signed_at=None)),
            models.UniqueConstraint(fields=("agreement", "number"), name="document_number"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.number}"


class OfDocument(models.Model):
    """What hangs on a document. The database takes the agreement from the document, whatever is written, and keeps the readers."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+", editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="%(class)ss")
    readers = readers_field()

    class Meta:
        abstract = True


class Section(OfDocument):
    code = models.SlugField(max_length=40)
    chapter = models.CharField(max_length=12, choices=Chapter)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True)
    body = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="of the document, in which it was changed last")

    class Meta:
        ordering = ("document", "position", "id")

    def __str__(self) -> str:
        return self.title


class SectionText(OfDocument):
    """A saved text of a section; none is written over."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("section", "version")
        constraints = (models.UniqueConstraint(fields=("section", "version"), name="agreement_text_once"),)

    def __str__(self) -> str:
        return f"{self.section_id} {self.version}"


class Comment(OfDocument):
    """What a party's person, the area or the nation says of a draft, and what was done about it."""

    section = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, related_name="comments")
    version = models.PositiveIntegerField(help_text="of the document, of which it was said")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(default=False)
    reply = models.TextField(blank=True)

    class Meta:
        ordering = ("document", "id")

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Attachment(OfDocument):
    """A file under the agreement, which is signed along: its digest stands in the text."""

    kind = models.CharField(max_length=20, choices=AttachmentKind)
    title = models.CharField(max_length=160)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", help_text="whose it is")
    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who brought it")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("document", "id")

    def __str__(self) -> str:
        return self.title


class Signatory(OfDocument):
    """Who signs for an organisation: one of its people by her seat, or somebody without a sign-in by a link of which only the digest is stored."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outside_name = models.CharField(max_length=120, blank=True)
    outside_email = models.EmailField(blank=True)
    outside_title = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    principal = PrincipalField()
    link_digest = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    link_made_at = models.DateTimeField(null=True, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True, help_text="of exactly the text that was signed")
    signed_for = models.JSONField(default=list, help_text="keys of the organisations for which it was signed")
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("document", "id")
        constraints = (
            models.UniqueConstraint(fields=("document", "organisation"), name="signatory_once"),
            models.CheckConstraint(name="signatory_somebody", condition=Q(person__isnull=False, outside_email="") | Q(person=None)),
            models.CheckConstraint(
                name="signatory_signed_has_digest",
                condition=Q(signed_at=None, signed_digest="") | (Q(signed_at__isnull=False) & ~Q(signed_digest="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} signs {self.document_id}"

    @property
    def who(self) -> str:
        """Her name; fetch `person` with her."""
        return self.person.name if self.person is not None else self.outside_name
