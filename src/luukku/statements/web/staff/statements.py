"""The list of statements, one statement for both sides, and what each can do with it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.bounce_words import bounce_words
from luukku.network.access import require
from luukku.statements.access import get_statement
from luukku.statements.actions import consent, giving, withdrawing
from luukku.statements.actions.links import send_link_again
from luukku.statements.enums import StatementState
from luukku.statements.queries.lists import statements_of
from luukku.statements.queries.statement_page import StatementPage, statement_page
from luukku.statements.web.files import download
from luukku.statements.web.phrases import COLOURS, whose_turn
from luukku.statements.web.staff.navigation import sees_statements
from luukku.statements.web.writing import AddressForm, DeclineForm, ReasonForm, WhyForm, WriteForm


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    require(sees_statements(actor))
    return render(request, "statements/staff/list.html", {"found": statements_of(actor, now=now), "now": now})


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = statement_page(actor_of(request), pk)
    if not (page.is_asker or page.is_giver or sees_statements(actor_of(request))):  # a shepherd reads what his customer reads, on her page
        raise NotFound
    statement = page.statement
    context = {
        "page": page, "statement": statement, "turn": whose_turn(page), "colour": COLOURS[StatementState(statement.state)],
        "case_url": case_url(statement.number) if page.is_asker else "", "now": timezone.now(),
        "unreached": bounce_words(page.unreached) if page.unreached else "",
    }  # fmt: skip
    return render(request, "statements/staff/show.html", context)


@require_POST
@staff_only
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    statement = get_statement(actor, pk)
    return do_now(
        request, lambda: giving.accept(by=actor, statement=statement), done=_("You give the statement. The asker has been told."), to=_url(pk)
    )


@staff_only
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    statement = get_statement(actor, pk)
    form = DeclineForm(request.POST or None)
    if attempt(form, lambda: giving.decline(by=actor, statement=statement, **form.cleaned_data)):
        return saved(request, _("The asker has been told."), reverse("statements:index"))
    intro = _("The asker sees why and who could give it instead, and decides what next. You see the plan no more.")
    return form_page(request, form, title=_("No statement from here"), button=_("Decline"), back=_url(pk), intro=intro)


@staff_only
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is kept, or the statement is signed: `do` says which."""
    page = statement_page(actor_of(request), pk)
    if not page.can_write:
        raise NotFound
    form, wrote = written(request, page)
    if wrote:
        return saved(request, wrote, _url(pk))
    context = {"page": page, "statement": page.statement, "form": form, "back": _url(pk)}
    return render(request, "statements/staff/write.html", context, status=422 if form.errors else 200)


def written(request: HttpRequest, page: StatementPage) -> tuple[WriteForm, str]:
    """The form, and words for what was done with it; empty when it is new or has come back."""
    actor, statement = actor_of(request), page.statement
    form = WriteForm(request.POST or None, version=statement.form, draft=page.draft)
    if request.POST.get("do") == "sign":
        done = attempt(form, lambda: giving.sign(by=actor, statement=statement, draft=form.draft()))
        return form, _("The statement is signed and given.") if done else ""
    done = attempt(form, lambda: giving.save_draft(by=actor, statement=statement, draft=form.draft()))
    return form, _("The draft is kept. Nobody else reads it yet.") if done else ""


@staff_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    statement = get_statement(actor, pk)
    form = WhyForm(request.POST or None)
    if attempt(form, lambda: giving.correct(by=actor, statement=statement, why=form.cleaned_data["why"])):
        return saved(request, _("Write the statement as it should be, and sign it."), reverse("statements:write", kwargs={"pk": pk}))
    intro = _("What was signed stays as it is. The corrected one is signed beside it, and both are read with what was wrong.")
    return form_page(request, form, title=_("Correct the statement"), button=_("Begin the correction"), back=_url(pk), intro=intro)


@staff_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    statement = get_statement(actor, pk)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda: withdrawing.withdraw(by=actor, statement=statement, reason=form.cleaned_data["reason"])):
        return saved(request, _("The statement is not awaited any more."), case_url(statement.number))
    intro = _("Whoever was asked is told and sees the plan no more. The reason stays inside.")
    return form_page(request, form, title=_("Withdraw the request"), button=_("Withdraw"), back=_url(pk), intro=intro)


@staff_only
def readdress(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of an organisation outside is sent anew, to another address if the first was wrong."""
    actor, page = actor_of(request), statement_page(actor_of(request), pk)
    if not page.can_send_link:
        raise NotFound
    form = AddressForm(request.POST or None, initial={"email": page.statement.outside_email})
    if attempt(form, lambda: send_link_again(by=actor, statement=page.statement, email=form.cleaned_data["email"])):
        return saved(request, _("A new link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}, _url(pk))
    return form_page(request, form, title=_("Send the link again"), button=_("Send the link"), back=_url(pk))


@staff_only
def end_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer has told us that she takes her word back."""
    actor = actor_of(request)
    page = statement_page(actor, pk)
    found = page.statement.consent
    if found is None or not page.is_asker:
        raise NotFound
    who = ", ".join(found.receivers)
    text = _(
        "Use this when the customer has told you so. At once, nobody who was asked on this plan sees it any more: %(who)s. "
        "What has been signed stays."
    )
    title, done = _("The customer takes their consent back"), _("The plan is not shown to anybody any more.")
    return confirm_page(
        request,
        lambda: consent.take_back(by=actor, consent=found),
        title=title,
        text=text % {"who": who},
        button=_("End the consent"),
        back=_url(pk),
        done=done,
    )


@require_safe
@staff_only
def file(request: HttpRequest, pk: int, which: int) -> FileResponse:
    """A file of the plan, always as a download."""
    return download(statement_page(actor_of(request), pk).plan, which)


def _url(pk: int) -> str:
    return reverse("statements:statement", kwargs={"pk": pk})
