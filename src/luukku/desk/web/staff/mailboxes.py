"""Administrators' screens: the mailbox of each region's door, how it is doing, and whether it can be opened."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.mail.imap import MailboxTrouble
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.desk.access import can_edit_mailboxes, mailboxes
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox, try_mailbox, variable_of
from luukku.desk.models import Mailbox, Security
from luukku.desk.queries.mailed import mailbox_lines
from luukku.desk.web.mail_phrases import trouble_words
from luukku.network.access import get_region
from luukku.network.models import Region


class SettingsForm(forms.Form):
    """Where a mailbox is. An empty password keeps the one there is."""

    address = forms.EmailField(
        label=gettext_lazy("The door's e-mail address"), help_text=gettext_lazy("Customers write here, and their answers come here.")
    )
    host = forms.CharField(label=gettext_lazy("IMAP server"), max_length=200)
    security = forms.ChoiceField(label=gettext_lazy("Protection of the connection"), choices=Security.choices)
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535)
    user = forms.CharField(label=gettext_lazy("User name"), max_length=200)
    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, strip=False, max_length=200,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    from_environment = forms.BooleanField(label=gettext_lazy("The password is in the environment of web and worker, not here"), required=False)
    folder = forms.CharField(label=gettext_lazy("Folder"), max_length=200, initial="INBOX")
    done_folder = forms.CharField(
        label=gettext_lazy("Move mails to this folder when they are taken in"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: they stay where they are and are marked read."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("Mail is taken in"), required=False)

    def __init__(self, data: Any = None, *, region: Region, box: Mailbox | None) -> None:
        fields = ("address", "host", "security", "port", "user", "folder", "done_folder", "is_active")
        given: dict[str, Any] = {"address": region.email, "port": 993, "security": Security.TLS, "folder": "INBOX", "is_active": region.is_live}
        if box is not None:
            given = {name: getattr(box, name) for name in fields} | {"from_environment": not box.secret}
        super().__init__(data, initial=given)
        self.fields["password"].help_text = _("Empty: the one that is kept here stays.") if box is not None and box.secret else ""
        self.fields["from_environment"].help_text = _("Its name there: %(name)s") % {"name": variable_of(region)}

    def settings(self) -> MailboxForm:
        given = dict(self.cleaned_data)
        if given.pop("from_environment"):
            given["password"] = ""
        elif not given["password"]:
            given["password"] = None
        return MailboxForm(**given)


@require_safe
@staff_only
def show_all(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not can_edit_mailboxes(actor):
        raise NotAllowed
    return render(request, "desk/staff/mailboxes.html", {"lines": mailbox_lines(actor)})


@require_safe
@staff_only
def show(request: HttpRequest, code: str) -> HttpResponse:
    region, box = _of(request, code)
    if box is None:
        return redirect("desk:set_mailbox", code=code)
    trouble = trouble_words(box.trouble) if box.trouble else None
    return render(request, "desk/staff/mailbox.html", {"box": box, "region": region, "trouble": trouble})


@staff_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    region, box = _of(request, code)
    form = SettingsForm(request.POST or None, region=region, box=box)
    if attempt(form, lambda: set_mailbox(by=actor_of(request), region=region, form=form.settings())):
        return saved(request, _("The mailbox is saved. Test the connection now."), reverse("desk:mailbox", args=[code]))
    back = reverse("desk:mailbox", args=[code]) if box is not None else reverse("desk:mailboxes")
    return form_page(request, form, title=_("Mailbox of %(region)s") % {"region": region.name}, button=_("Save"), back=back)


@require_POST
@staff_only
def test(request: HttpRequest, code: str) -> HttpResponse:
    _region, box = _of(request, code)
    if box is None:
        raise NotFound
    try:
        count = try_mailbox(by=actor_of(request), box=box)
    except MailboxTrouble as trouble:
        messages.error(request, " ".join(trouble_words(trouble.code)))
    else:
        words = ngettext("The connection works. The folder holds %(n)s mail.", "The connection works. The folder holds %(n)s mails.", count)
        messages.success(request, words % {"n": count})
    return redirect("desk:mailbox", code=code)


def _of(request: HttpRequest, code: str) -> tuple[Region, Mailbox | None]:
    actor = actor_of(request)
    if not can_edit_mailboxes(actor):
        raise NotAllowed
    region = get_region(actor, code)
    return region, mailboxes(actor).filter(region=region).first()
