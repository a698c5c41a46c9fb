"""The versions of a document, and what differs between two: word by word, readable without colour."""

from dataclasses import dataclass
from datetime import datetime

from luukku.agreements.models import Document, SectionText
from luukku.catalogue.queries.diff import Piece, compare


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    who: str
    sections: list[str]


@dataclass(frozen=True)
class Changed:
    title: str
    pieces: list[Piece]


def versions_of(document: Document) -> list[Version]:
    """Each saved version, the newest first; sections that were begun together are one. One statement."""
    found: dict[int, list[SectionText]] = {}
    rows = SectionText.objects.filter(document=document).select_related("section", "person").order_by("-version", "section__position")
    for each in rows:
        found.setdefault(each.version, []).append(each)
    return [
        Version(
            number, max(each.created_at for each in texts), texts[0].person.name if texts[0].person else "", [each.section.title for each in texts]
        )
        for number, texts in found.items()
    ]


def difference(document: Document, older: int, newer: int) -> list[Changed]:
    """Sections that are not the same in two versions, each with its words. One statement."""
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    titles: dict[int, str] = {}
    rows = SectionText.objects.filter(document=document, version__lte=max(older, newer)).select_related("section")
    for each in rows.order_by("section__position", "section_id", "version"):
        titles[each.section_id] = each.section.title
        if each.version <= older:
            before[each.section_id] = each.body
        if each.version <= newer:
            after[each.section_id] = each.body
    return [
        Changed(title, compare(before.get(key, ""), after.get(key, ""))) for key, title in titles.items() if before.get(key, "") != after.get(key, "")
    ]
