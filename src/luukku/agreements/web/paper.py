"""A document as a paper, in the language of the agreement: the signed text whole, its digest, and who signed when."""

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.agreements.enums import DocumentState
from luukku.agreements.models import Signatory
from luukku.agreements.queries.pages import DocumentPage
from luukku.agreements.queries.wording import plain_day, text_of
from luukku.core.pdf import Block, Heading, Items, Paper, Small, Table, Text
from luukku.core.translated import in_language
from luukku.core.ui.times import moment_text


def paper_of(page: DocumentPage) -> Paper:
    """The paper of a document."""
    document = page.document
    agreement = document.agreement
    with translation.override(agreement.language):
        title, *rest = (document.body or text_of(document)).strip().split("\n\n")
        draft = "" if document.state == DocumentState.SIGNED else _("A draft: not signed by all yet.")
        return Paper(
            title=str(title), language=agreement.language, blocks=[*(block for part in rest for block in _part(part)), *_signatures(page)],
            dated=document.signed_at or document.sent_at or document.created_at, draft=draft,
            about=str(in_language(agreement.region, "name", agreement.language)),
        )  # fmt: skip


def _part(part: str) -> Iterator[Block]:
    """A paragraph of the text: a chapter's name stands alone in capitals, a section's heading is its first line, lists have dashes."""
    lines = part.split("\n")
    if len(lines) == 1 and part.isupper():
        yield Heading(part)
        return
    if lines[0][:1].isdigit() and ". " in lines[0][:4] and len(lines) > 1:
        yield Heading(lines[0])
        lines = lines[1:]
    dashes = [line[2:] for line in lines if line.startswith("- ")]
    words = "\n".join(line for line in lines if not line.startswith("- "))
    if words.strip():
        yield Text(words)
    if dashes:
        yield Items(dashes)


def _signatures(page: DocumentPage) -> Iterator[Block]:
    document = page.document
    if not document.digest:
        return
    yield Heading(_("Signatures"))
    rows = [_row(each, document.digest, document.agreement.language) for each in page.signatories]
    yield Table((_("Organisation"), _("Who signs"), _("Signed")), rows, _("Who signed this text and when"), (2, 2, 2))
    yield Small(f"{_('Digest of exactly this text')} (SHA-256): {document.digest}")


def _row(each: Signatory, digest: str, language: str) -> tuple[str, str, str]:
    signed = each.signed_digest == digest and each.signed_at is not None
    moment = each.signed_at
    when = f"{plain_day(timezone.localdate(moment))} {moment_text(moment).split(' ')[-1]}" if signed and moment is not None else _("not yet")
    who = f"{each.who}, {each.outside_title}" if each.outside_title else each.who
    return str(in_language(each.organisation, "name", language)), who, when
