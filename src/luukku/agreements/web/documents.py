"""A document: drafted section by section, commented, sent, signed."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.agreements import access
from luukku.agreements.actions import annexes, drafting, signing
from luukku.agreements.enums import DocumentKind, DocumentState
from luukku.agreements.models import Attachment, Comment, Document, Section, Signatory
from luukku.agreements.queries.opened import also_open, open_legs
from luukku.agreements.queries.pages import DocumentPage, document_page
from luukku.agreements.queries.versions import difference, versions_of
from luukku.agreements.queries.wording import text_of
from luukku.agreements.web.agreements import document_url, organisation_of, url_of
from luukku.agreements.web.forms import AttachmentFields, CommentFields, ReceiverFields, SectionFields, SettleFields, SignatoryFields
from luukku.agreements.web.paper import paper_of
from luukku.core import files as file_store
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.keys import key_of
from luukku.core.pdf import pdf_response
from luukku.core.ui.forms import actor_of, attempt, base_of, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import require

COLOURS = {"draft": "grey", "out": "blue", "signed": "green", "dropped": "red"}


def page_of(request: HttpRequest, pk: int) -> DocumentPage:
    """The document with who is still to be named as signing. Raises NotFound."""
    actor = actor_of(request)
    document = access.get_document(actor, pk)
    wanted = signing.signers(document) if document.state in (DocumentState.DRAFT, DocumentState.OUT) else None
    return document_page(actor, pk, wanted)


def context_of(page: DocumentPage) -> dict[str, object]:
    document = page.document
    return {
        "page": page, "document": document, "agreement": document.agreement, "colour": COLOURS[document.state],
        "writes": page.keeps and document.state == DocumentState.DRAFT, "is_draft": document.state == DocumentState.DRAFT,
        "leaves": document.kind == DocumentKind.LEAVE,
    }  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_of(request, pk)
    return render(request, "agreements/document.html", context_of(page) | {"base": base_of(actor_of(request)), "form": None, "failed": None})


def _kept(request: HttpRequest, pk: int) -> Document:
    document = access.get_document(actor_of(request), pk)
    require(access.can_keep(actor_of(request), document.agreement.region_id))
    return document


@staff_only
def section(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """One section to write. What was written is kept when somebody else saved meanwhile."""
    actor, document = actor_of(request), _kept(request, pk)
    found = Section.objects.select_related("document__agreement__region").filter(pk=which, document=document).first()
    if found is None:
        raise NotFound
    form = SectionFields(request.POST or None, initial={"body": found.body, "version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            drafting.write_section(by=actor, section=found, body=form.cleaned_data["body"], based_on=form.cleaned_data["version"])
        except RuleBroken as broken:
            found.refresh_from_db()
            form = SectionFields({"body": form.cleaned_data["body"], "version": found.version})  # what is saved next builds on what she now sees
            form.add_error(broken.field if broken.field in form.fields else None, str(broken.message))
        else:
            return saved(request, _("The section is saved."), document_url(pk, f"s{which}"))
    context = {"form": form, "section": found, "document": document, "agreement": document.agreement}
    return render(request, "agreements/section.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def comment(request: HttpRequest, pk: int, which: int | None = None) -> HttpResponse:
    actor, document = actor_of(request), access.get_document(actor_of(request), pk)
    part = Section.objects.filter(pk=which, document=document).first() if which is not None else None
    form = CommentFields(request.POST)
    if attempt(form, lambda: drafting.comment(by=actor, document=document, section=part, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("Thank you. Your comment is beside the text."), document_url(pk, f"s{which}" if which else "comments"))
    context = context_of(page_of(request, pk)) | {"base": "luukku/staff.html", "form": form, "failed": which or 0}
    return render(request, "agreements/document.html", context, status=422)


@require_POST
@staff_only
def settle(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, document = actor_of(request), _kept(request, pk)
    found = Comment.objects.select_related("document__agreement__region").filter(pk=which, document=document).first()
    if found is None:
        raise NotFound
    form = SettleFields(request.POST)
    form.is_valid()
    taken, reply = form.cleaned_data.get("do") == "take", form.cleaned_data.get("reply", "")
    to = document_url(pk, f"c{which}")
    return do_now(
        request, lambda: drafting.settle_comment(by=actor, comment=found, taken=taken, reply=reply), done=_("The comment is answered."), to=to
    )


@require_safe
@staff_only
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All saved versions, and what differs between two of them."""
    actor = actor_of(request)
    document = access.get_document(actor, pk)
    require(access.is_inside(actor, document.agreement))
    rows = versions_of(document)
    newest = rows[0].number if rows else 1
    newer = min(key_of(request.GET.get("b")) or newest, newest)
    older = min(key_of(request.GET.get("a")) or max(newer - 1, 1), newer)
    context = {"document": document, "agreement": document.agreement, "versions": rows, "older": older, "newer": newer}
    return render(request, "agreements/versions.html", context | {"changes": difference(document, older, newer)})


@staff_only
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    actor, document = actor_of(request), _kept(request, pk)
    form = AttachmentFields(request.POST or None, request.FILES or None, agreement=document.agreement)

    def work() -> Attachment:
        given = form.cleaned_data
        return drafting.attach(
            by=actor, document=document, upload=given["file"], kind=given["kind"], title=given["title"], organisation=given["organisation"]
        )

    if attempt(form, work) is not None:
        return saved(request, _("The annex is there. Its digest stands in the text that is signed."), document_url(pk))
    return form_page(request, form, title=_("File under the agreement"), button=_("Add"), back=document_url(pk), template="agreements/upload.html")


def attachment_of(document: Document, which: int) -> Attachment:
    """Raises NotFound."""
    found = Attachment.objects.select_related("file", "document__agreement__region").filter(pk=which, document=document).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def attachment(request: HttpRequest, pk: int, which: int) -> FileResponse:
    return download_of(attachment_of(access.get_document(actor_of(request), pk), which))


def download_of(attachment: Attachment) -> FileResponse:
    """Always as a download: nothing that somebody brought is shown as a page of ours."""
    file = attachment.file
    return FileResponse(file_store.path_of(file).open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type)


@require_POST
@staff_only
def detach(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), attachment_of(_kept(request, pk), which)
    return do_now(request, lambda: drafting.detach(by=actor, attachment=found), done=_("The annex is taken out."), to=document_url(pk))


@staff_only
def signatory(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """Who signs for an organisation (`which`)."""
    actor, document, organisation = actor_of(request), _kept(request, pk), organisation_of(which)
    before = Signatory.objects.filter(document=document, organisation=organisation).first()
    form = SignatoryFields(request.POST or None, organisation=organisation, before=before)
    if attempt(form, lambda: signing.name_signatory(by=actor, document=document, organisation=organisation, form=form.made())) is not None:
        return saved(request, _("It is written down who signs."), document_url(pk, "signing"))
    title = _("Who signs for %(name)s?") % {"name": organisation}
    return form_page(request, form, title=title, button=_("Save"), back=document_url(pk, "signing"))


@require_POST
@staff_only
def send(request: HttpRequest, pk: int) -> HttpResponse:
    actor, document = actor_of(request), _kept(request, pk)
    done = _("The text is fixed and goes to all who sign. Nobody can change it without taking it back.")
    return do_now(request, lambda: signing.send_out(by=actor, document=document), done=done, to=document_url(pk, "signing"))


@staff_only
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor, document = actor_of(request), _kept(request, pk)
    return confirm_page(
        request, lambda: signing.take_back(by=actor, document=document), title=_("Take the text back to be changed?"),
        text=_("Links to sign open nothing any more, and whoever has signed signs the changed text anew."), button=_("Take the text back"),
        back=document_url(pk), done=_("It is a draft again."),
    )  # fmt: skip


@staff_only
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    actor, document = actor_of(request), _kept(request, pk)
    after = url_of(document.agreement_id) if document.kind != DocumentKind.AGREEMENT else reverse("agreements:agreements")
    return confirm_page(
        request, lambda: signing.give_up(by=actor, document=document), title=_("Give the draft up?"),
        text=_("It stays readable as a draft that came to nothing."),
        button=_("Give it up"), back=document_url(pk), done=_("The draft is given up."), after=after,
    )  # fmt: skip


@require_POST
@staff_only
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    actor, document = actor_of(request), access.get_document(actor_of(request), pk)
    digest = request.POST.get("digest", "")
    done = _("Thank you, you have signed.")
    return do_now(request, lambda: signing.sign(by=actor, document=document, digest=digest), done=done, to=document_url(pk, "signing"))


@staff_only
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """What a leaving party still has open, a way to hand each over, and the desk that takes the rest."""
    actor = actor_of(request)
    document = access.get_document(actor, pk)
    if document.kind != DocumentKind.LEAVE or document.organisation is None:
        raise NotFound
    keeps = access.can_keep(actor, document.agreement.region_id)
    form = ReceiverFields(request.POST or None, region=document.agreement.region, leaving=document.organisation_id, desk=document.receiving_desk)
    if keeps and attempt(form, lambda: annexes.name_receiver(by=actor, document=document, desk=form.cleaned_data["receiving_desk"])) is not None:
        return saved(request, _("It is written down where open matters go."), reverse("agreements:open", kwargs={"pk": pk}))
    own = document.organisation_id in actor.organisation_ids
    whose = (document.organisation_id or 0, document.agreement.region_id)
    context = {
        "document": document, "agreement": document.agreement, "rows": open_legs(*whose), "also": also_open(*whose), "form": form, "keeps": keeps,
        "own": own,
    }  # fmt: skip
    return render(request, "agreements/opened.html", context, status=422 if form.errors else 200)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as an accessible paper: signed with its digest and signatures, else marked as a draft."""
    return pdf_response(paper_of(page_of(request, pk)))


@require_safe
def plain(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly the text of the digest, byte for byte; of a draft the text as it would be."""
    return plain_of(access.get_document(actor_of(request), pk))


def plain_of(document: Document) -> HttpResponse:
    """The text as a file."""
    response = HttpResponse(document.body or text_of(document), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{document.agreement_id}-{document.number}.txt"'
    response["Cache-Control"] = "private, no-store"
    return response
