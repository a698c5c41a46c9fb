"""A document as one text: exactly what is shown, signed and digested."""

import hashlib
import re
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from luukku.agreements.enums import Chapter, DocumentKind
from luukku.agreements.models import Agreement, Attachment, Document, Party, Section
from luukku.core.translated import in_language

OPEN_POINT = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


def plain_day(day: date) -> str:
    """The same in every language and year, for a text that is digested."""
    return f"{day.day}.{day.month}.{day.year}"


def open_points(document: Document) -> list[tuple[Section, str]]:
    """What is still to be filled, each with its section. One statement."""
    sections = Section.objects.filter(document=document).order_by("position", "id")
    return [(section, " ".join(point.split())) for section in sections for point in OPEN_POINT.findall(section.body)]


def text_of(document: Document) -> str:
    """The whole document in its agreement's language: head, parties, validity, sections, annexes with their digests. Four statements."""
    agreement = document.agreement
    with translation.override(agreement.language):
        parts = [agreement.title, _head(document), *_sections(document), _annexes(document)]
    return "\n\n".join(part for part in parts if part).strip() + "\n"


def digest_of_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, as anybody reckons it of the saved file."""
    return hashlib.sha256(text.encode()).hexdigest()


def _head(document: Document) -> str:
    agreement = document.agreement
    lines = [f"{_('Region')}: {in_language(agreement.region, 'name', agreement.language)}"]
    if document.kind == DocumentKind.AGREEMENT:
        if agreement.coordinating is not None:
            lines.append(f"{_('Coordinating organisation')}: {in_language(agreement.coordinating, 'name', agreement.language)}")
        lines.append(validity(agreement))
        lines += [_("Parties:"), *(f"- {line}" for line in _parties(agreement))]
        return "\n".join(lines)
    lines.append(f"{_('Annex')} {document.number}: {document.get_kind_display()}")
    if document.organisation is not None:
        lines.append(f"{_('Party')}: {in_language(document.organisation, 'name', agreement.language)}")
    if document.until_further_notice:
        lines.append(_("The agreement goes on until further notice."))
    elif document.day is not None:
        words = _("First day") if document.kind == DocumentKind.JOIN else _("Last day")
        lines.append(f"{words}: {plain_day(document.day)}")
    return "\n".join(lines)


def validity(agreement: Agreement) -> str:
    """From when until when, and how long before the end notice is given."""
    if agreement.first_day is None:
        if agreement.last_day is None:
            words = _("Until further notice; the first day is not agreed yet. Notice is given %(months)s months before.")
            return words % {"months": agreement.notice_months}
        words = _("To %(ends)s; the first day is not agreed yet. A party leaves earlier with %(months)s months' notice.")
        return words % {"ends": plain_day(agreement.last_day), "months": agreement.notice_months}
    begins = plain_day(agreement.first_day)
    if agreement.last_day is None:
        words = _("In force from %(begins)s until further notice; notice is given %(months)s months before.")
        return words % {"begins": begins, "months": agreement.notice_months}
    words = _("In force from %(begins)s to %(ends)s; a party leaves earlier with %(months)s months' notice.")
    return words % {"begins": begins, "ends": plain_day(agreement.last_day), "months": agreement.notice_months}


def _parties(agreement: Agreement) -> list[str]:
    found = []
    for party in Party.objects.filter(agreement=agreement, last_day=None).select_related("organisation", "acts_through").order_by("id"):
        name = str(in_language(party.organisation, "name", agreement.language))
        if party.acts_through is not None:
            name = _("%(party)s, for which %(other)s acts") % {"party": name, "other": in_language(party.acts_through, "name", agreement.language)}
        found.append(name)
    return found


def _sections(document: Document) -> list[str]:
    found, chapter = [], ""
    for number, section in enumerate(Section.objects.filter(document=document).order_by("position", "id"), start=1):
        head = f"{number}. {section.title}" if document.kind == DocumentKind.AGREEMENT else section.title
        if section.chapter != chapter and document.kind == DocumentKind.AGREEMENT:
            chapter = section.chapter
            head = f"{Chapter(chapter).label.upper()}\n\n{head}"
        found.append(f"{head}\n{section.body.strip()}")
    return found


def _annexes(document: Document) -> str:
    rows = Attachment.objects.filter(document=document).select_related("file").order_by("id")
    lines = [f"- {each.title} ({each.file.name}), SHA-256 {each.file.sha256}" for each in rows]
    return "\n".join([_("Annexes:"), *lines]) if lines else ""
