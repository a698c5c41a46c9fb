from luukku.agreements.models.agreements import Agreement, Party, TemplateSection
from luukku.agreements.models.documents import Attachment, Comment, Document, Section, SectionText, Signatory
from luukku.agreements.models.following import Notice, Promise, Review, Step
from luukku.agreements.models.mark import MarkApplication, MarkCriterion, MarkRule, MarkUse

__all__ = [
    "Agreement",
    "Attachment",
    "Comment",
    "Document",
    "MarkApplication",
    "MarkCriterion",
    "MarkRule",
    "MarkUse",
    "Notice",
    "Party",
    "Promise",
    "Review",
    "Section",
    "SectionText",
    "Signatory",
    "Step",
    "TemplateSection",
]
