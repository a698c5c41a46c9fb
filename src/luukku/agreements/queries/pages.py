"""One agreement and one document as pages."""

from dataclasses import dataclass, field

from django.utils import timezone

from luukku.agreements import access
from luukku.agreements.enums import BY_PARTY, DocumentKind, DocumentState, Stage, StepCode
from luukku.agreements.models import (
    Agreement,
    Attachment,
    Comment,
    Document,
    MarkApplication,
    Party,
    Section,
    Signatory,
    Step,
)
from luukku.agreements.queries.lists import listed, stage_of
from luukku.agreements.queries.wording import OPEN_POINT
from luukku.core.actor import Actor
from luukku.network.models import Organisation


@dataclass(frozen=True)
class LifeStep:
    """One step of the agreement's life: whether it is done, and what was written of it."""

    code: StepCode
    done: bool
    rows: list[Step]
    of: int = 0  # parties, where it is done once for each
    waits: list[Organisation] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.code.label)

    @property
    def last(self) -> Step | None:
        return self.rows[-1] if self.rows else None


@dataclass(frozen=True)
class AgreementPage:
    agreement: Agreement
    stage: Stage
    parties: list[Party]
    former: list[Party]
    documents: list[Document]
    steps: list[LifeStep]
    marks: list[MarkApplication]
    keeps: bool
    inside: bool

    @property
    def main(self) -> Document:
        return next(each for each in self.documents if each.kind == DocumentKind.AGREEMENT)

    @property
    def annexes(self) -> list[Document]:
        return [each for each in self.documents if each.kind != DocumentKind.AGREEMENT and each.state != DocumentState.DROPPED]

    @property
    def next_step(self) -> LifeStep | None:
        return next((each for each in self.steps if not each.done), None)


def agreement_page(actor: Actor, pk: int) -> AgreementPage:
    """Ten statements at most, however many parties, annexes and steps. Raises NotFound."""
    agreement = access.get_agreement(actor, pk)
    inside = access.is_inside(actor, agreement)
    today = timezone.localdate()
    agreement.text_state = getattr(listed(actor).filter(pk=pk).first(), "text_state", "")  # type: ignore[attr-defined]
    rows = list(Party.objects.filter(agreement=agreement).select_related("organisation__type", "acts_through").order_by("id"))
    former = [each for each in rows if each.last_day is not None and each.last_day < today]
    parties = [each for each in rows if each not in former]
    documents = Document.objects.filter(agreement=agreement).select_related("organisation", "receiving_desk").order_by("number")
    shown = [each for each in documents if inside or each.state == DocumentState.SIGNED]
    marks = list(MarkApplication.objects.filter(agreement=agreement).order_by("-id")) if inside else []
    steps = (
        _steps(agreement, [each for each in parties if each.first_day == agreement.first_day or not agreement.signed_at], shown, marks)
        if inside
        else []
    )
    return AgreementPage(
        agreement, stage_of(agreement, today), parties, former, shown, steps, marks, access.can_keep(actor, agreement.region_id), inside
    )


def _steps(agreement: Agreement, parties: list[Party], documents: list[Document], marks: list[MarkApplication]) -> list[LifeStep]:
    rows: dict[str, list[Step]] = {}
    for each in Step.objects.filter(agreement=agreement).select_related("organisation", "person", "decision").order_by("day", "id"):
        rows.setdefault(each.code, []).append(each)
    main = next((each for each in documents if each.kind == DocumentKind.AGREEMENT), None)
    by_itself = {
        StepCode.DRAFT: main is not None and (main.version > 1 or main.state != DocumentState.DRAFT),
        StepCode.SIGNED: agreement.signed_at is not None or (main is not None and main.state == DocumentState.SIGNED),
        StepCode.MARK: any(each.state in ("granted", "conditional") for each in marks),
    }
    steps = []
    for code in StepCode:
        own = rows.get(code, [])
        if code in BY_PARTY:
            done_by = {each.organisation_id for each in own}
            waits = [each.organisation for each in parties if each.organisation_id not in done_by]
            steps.append(LifeStep(code, bool(parties) and not waits, own, len(parties), waits))
        else:
            steps.append(LifeStep(code, by_itself.get(code, bool(own)), own))
    return steps


@dataclass(frozen=True)
class ShownSection:
    section: Section
    chapter: str  # its name where a new one begins
    comments: list[Comment]
    points: list[str]


@dataclass(frozen=True)
class DocumentPage:
    document: Document
    sections: list[ShownSection]
    comments: list[Comment]  # of the whole
    attachments: list[Attachment]
    signatories: list[Signatory]
    missing: list[Organisation]  # who signs and for whom nobody has been named
    mine: Signatory | None
    keeps: bool
    inside: bool

    @property
    def open_points(self) -> int:
        return sum(len(each.points) for each in self.sections)

    @property
    def open_comments(self) -> int:
        of_sections = sum(each.settled_at is None for shown in self.sections for each in shown.comments)
        return of_sections + sum(each.settled_at is None for each in self.comments)

    @property
    def signed(self) -> int:
        return sum(each.signed_digest == self.document.digest != "" for each in self.signatories)

    @property
    def can_name(self) -> bool:
        """Whether the reader says who signs, sends it and takes it back."""
        return self.keeps and self.document.state in (DocumentState.DRAFT, DocumentState.OUT)

    @property
    def to_sign(self) -> bool:
        """Whether the reader herself is to sign now."""
        return self.mine is not None and self.document.state == DocumentState.OUT and self.mine.signed_digest != self.document.digest


def document_page(actor: Actor, pk: int, wanted: dict[int, list[int]] | None = None) -> DocumentPage:
    """Nine statements at most, however long it is. `wanted`: who signs (`actions.signing.signers`). Raises NotFound."""
    document = access.get_document(actor, pk)
    inside = access.is_inside(actor, document.agreement)
    comments = list(Comment.objects.filter(document=document).select_related("person", "organisation").order_by("id")) if inside else []
    shown, chapter = [], ""
    for section in Section.objects.filter(document=document).order_by("position", "id") if inside else ():
        name = section.get_chapter_display() if section.chapter != chapter and document.kind == DocumentKind.AGREEMENT else ""
        chapter = section.chapter
        points = [" ".join(each.split()) for each in OPEN_POINT.findall(section.body)]
        shown.append(ShownSection(section, name, [each for each in comments if each.section_id == section.pk], points))
    signatories = list(Signatory.objects.filter(document=document).select_related("organisation", "person").order_by("id"))
    named = {each.organisation_id for each in signatories}
    missing = list(Organisation.objects.filter(pk__in=(wanted or {}).keys() - named).order_by("name_fi", "id")) if wanted else []
    return DocumentPage(
        document, shown, [each for each in comments if each.section_id is None],
        list(Attachment.objects.filter(document=document).select_related("file", "organisation").order_by("id")), signatories, missing,
        access.own_signatories(actor).filter(document=document).first(), access.can_keep(actor, document.agreement.region_id), inside,
    )  # fmt: skip
