"""Answers that say no: problem details in JSON (RFC 9457), in the language that the caller asks for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A key is needed"),
    404: gettext_lazy("There is no such matter of yours"),
    405: gettext_lazy("This address does not take that"),
    409: gettext_lazy("The same idempotency key came before with another body"),
    413: gettext_lazy("The request is too big"),
    422: gettext_lazy("Something must be mended"),
    429: gettext_lazy("Too many at once"),
}
_KINDS = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such field. Check its spelling."),
    "string_too_long": gettext_lazy("Too long: at most %(most)s letters."),
    "string_too_short": gettext_lazy("Too short: at least %(least)s letters."),
    "literal_error": gettext_lazy("Allowed: %(values)s."),
    "date": gettext_lazy("Write a day as 2026-12-31."),
    "value_error": gettext_lazy("It holds characters that cannot be stored."),
}
_FIELDS = {"email": "customer.email", "phone": "customer.phone", "name": "customer.name", "business_id": "company.business_id"}


def problem(status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer, with `errors` as field and message."""
    said = {"type": "about:blank", "title": str(_TITLES.get(status, _TITLES[400])), "status": status, "detail": detail, "errors": list(errors)}
    return HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type="application/problem+json", headers=headers)


def broken_rule(message: str, field: str | None) -> HttpResponse:
    """A rule of the desk's said no; its field's name as the sender knows it."""
    return problem(422, errors=[{"field": _FIELDS.get(field or "", field or ""), "message": message}])


def misshapen(errors: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """What the shape of the body says. JSON that cannot be read has no fields."""
    return problem(422, errors=[{"field": _place(each["loc"]), "message": _said(each)} for each in errors])


def _place(loc: Sequence[str | int]) -> str:
    """`customer.email` of the body, or the header's name."""
    return str(loc[-1]) if loc[0] == "header" else ".".join(str(part) for part in loc[2:])


def unreadable(_request: HttpRequest | None = None) -> HttpResponse:
    return problem(400, _("The body must be JSON in UTF-8."))


def no_key() -> HttpResponse:
    return problem(401, _("Send Authorization: Bearer and your organisation's key."), headers={"WWW-Authenticate": "Bearer"})


def _said(error: Mapping[str, Any]) -> str:
    kind, more = str(error.get("type", "")), error.get("ctx") or {}
    told = _KINDS.get("date" if kind.startswith("date") else kind)
    if told is None:
        return _("This is not of the right kind.")
    return str(told) % {"most": more.get("max_length"), "least": more.get("min_length"), "values": more.get("expected")}
