"""Administrators' screens: the mailbox of each door, how it is doing, and whether it can be opened."""

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
from luukku.desk.access import can_edit_mailboxes
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox, try_mailbox, variable_of
from luukku.desk.models import Mailbox, Security
from luukku.desk.queries.mail_doors import mail_door, mail_doors
from luukku.desk.web.mail_phrases import trouble_words


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

    def __init__(self, data: Any = None, *, box: Mailbox) -> None:
        fields = ("address", "host", "security", "port", "user", "folder", "done_folder", "is_active")
        address = box.region.email if box.region is not None else box.desk.organisation.email if box.desk is not None else ""
        is_active = box.serves is None or box.serves.is_live
        given: dict[str, Any] = {"address": address, "port": 993, "security": Security.TLS, "folder": "INBOX", "is_active": is_active}
        if box.is_made:
            given = {name: getattr(box, name) for name in fields} | {"from_environment": not box.secret}
        super().__init__(data, initial=given)
        self.fields["password"].help_text = _("Empty: the one that is kept here stays.") if box.secret else ""
        self.fields["from_environment"].help_text = _("Its name there: %(name)s") % {"name": variable_of(box)}

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
    return render(request, "desk/staff/mailboxes.html", {"lines": [(box, name_of(box)) for box in mail_doors(actor)]})


@require_safe
@staff_only
def show(request: HttpRequest, key: str) -> HttpResponse:
    box = mail_door(actor_of(request), key)
    if not box.is_made:
        return redirect("desk:set_mailbox", key=key)
    trouble = trouble_words(box.trouble) if box.trouble else None
    return render(request, "desk/staff/mailbox.html", {"box": box, "door": name_of(box), "trouble": trouble})


@staff_only
def edit(request: HttpRequest, key: str) -> HttpResponse:
    box = mail_door(actor_of(request), key)
    form = SettingsForm(request.POST or None, box=box)
    if attempt(form, lambda: set_mailbox(by=actor_of(request), region=box.region, desk=box.desk, form=form.settings())):
        return saved(request, _("The mailbox is saved. Test the connection now."), reverse("desk:mailbox", args=[key]))
    back = reverse("desk:mailbox", args=[key]) if box.is_made else reverse("desk:mailboxes")
    return form_page(request, form, title=_("Mailbox of %(region)s") % {"region": name_of(box)}, button=_("Save"), back=back)


@require_POST
@staff_only
def test(request: HttpRequest, key: str) -> HttpResponse:
    box = mail_door(actor_of(request), key)
    if not box.is_made:
        raise NotFound
    try:
        count = try_mailbox(by=actor_of(request), box=box)
    except MailboxTrouble as trouble:
        messages.error(request, " ".join(trouble_words(trouble.code)))
    else:
        words = ngettext("The connection works. The folder holds %(n)s mail.", "The connection works. The folder holds %(n)s mails.", count)
        messages.success(request, words % {"n": count})
    return redirect("desk:mailbox", key=key)


def name_of(box: Mailbox) -> str:
    """Whose door it is: `Koskimaa`, `Finnvera, Koskimaa`, the whole country."""
    if box.desk is not None:
        return f"{box.desk.organisation.name}, {box.desk.region.name}"
    return str(box.region.name) if box.region is not None else _("The whole country")
