"""Small pages that help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import staff_only


@require_safe
@staff_only
def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does."""
    known = (
        (("/",), _("to the search box")),
        (("J",), _("next row")),
        (("K",), _("previous row")),
        (("Enter",), _("open the row")),
        (("O",), _("take up the row's matter")),
        (("Ctrl", "Enter"), _("send or save the form one is writing in")),
        (("Tab",), _("next link, button or field")),
    )
    return render(request, "desk/staff/keys.html", {"keys": known})
