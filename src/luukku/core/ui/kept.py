"""A form that was not taken gives its words back: shown and ready to be sent again, stored nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_OURS = {"csrfmiddlewaretoken", "submit_key", "website", "again"}  # what the form itself put there


@dataclass(frozen=True)
class Target:
    """Where the same words can be sent: an address that takes this form, and what its button says."""

    url: str
    button: str


def give_back(
    request: HttpRequest, *, title: str, text: str, targets: Sequence[Target], status: int, phone: str = "", note: str = ""
) -> HttpResponse:
    """The page with all that was typed. `text` says what happened, `note` stands before the buttons, `phone` is whom to call instead."""
    given = [(name, value) for name in request.POST if name != "csrfmiddlewaretoken" for value in request.POST.getlist(name)]
    page = {
        "title": title,
        "text": text,
        "note": note,
        "phone": phone,
        "targets": targets,
        "given": given,
        "typed": [value for name, value in given if name not in _OURS and _is_written(value)],
        "had_files": bool(request.FILES),
    }
    return render(request, "luukku/kept.html", page, status=status)


def _is_written(value: str) -> bool:
    """Whether somebody wrote it; what was chosen from a list is a code."""
    words = value.strip()
    return " " in words or "\n" in words or "@" in words
