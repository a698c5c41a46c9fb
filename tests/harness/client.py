"""The test client: enforces CSRF, looks at every page for what must not be there, and fills in forms as a person would."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client as DjangoClient
from django.test import RequestFactory

from luukku.accounts.access import KEPT, SESSION_KEY
from luukku.accounts.models import User
from luukku.core.ui.sought import ASKS

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>|<style\b|<[^>]+\s(?:style|on[a-z]+)=\"", re.IGNORECASE)
_VOID_TYPES = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """A form of a page: where it goes, its method ("look" when it only looks for something), and what it holds before anybody types."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    ident: str = ""
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    """Collects the forms of a page, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: tuple[str, bool] | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action", "")
            looks = action.partition("#")[0].endswith(f"?{ASKS}")
            self._open = Form(action, "look" if looks else given.get("method", "get").lower(), ident=given.get("id", ""))
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text" if tag == "input" else "submit")
        if tag == "button" and kind == "submit" and name:
            self._form.buttons.append((name, given.get("value", "")))
        elif tag == "input" and name and kind not in _VOID_TYPES and (kind not in ("checkbox", "radio") or "checked" in given):
            self._add(name, given.get("value", "on" if kind in ("checkbox", "radio") else ""))
        elif tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "select" and name:
            self._select = (name, False)
        elif tag == "option" and self._select:
            self._option(given)

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        name, seen = self._select
        if "selected" in given:
            self._form.fields[name] = [given.get("value", "")]
        elif not seen and name not in self._form.fields:
            self._add(name, given.get("value", ""))
        self._select = (name, True)

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    @property
    def _form(self) -> Form:
        assert self._open is not None
        return self._open

    def _add(self, name: str, value: str) -> None:
        self._form.fields.setdefault(name, []).append(value)


def forms_of(response: HttpResponse | Any) -> list[Form]:
    """The forms of a page in order."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


class Client(DjangoClient):
    """Django's client with a browser's manners. `post` brings the token a page would have given; forms without one fail the test."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            check_page(response)
        return response

    def get(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().get(path, data, *args, **kwargs)

    def post(self, path: str, data: Any = None, *args: Any, csrf: bool = True, **kwargs: Any) -> Any:  # type: ignore[override]
        if csrf and "content_type" not in kwargs and (data is None or "csrfmiddlewaretoken" not in data):
            data = {**(data or {}), "csrfmiddlewaretoken": self._token()}
        return super().post(path, data, *args, **kwargs)

    def submit(self, response: Any, data: dict[str, Any] | None = None, *, form: int | str = 0, **kwargs: Any) -> Any:
        """Send a form of a page, by place among its POST forms (those of the header apart) or by id, with what a person typed over what it held."""
        posts = [each for each in forms_of(response) if each.method == "post"]
        own = [each for each in posts if each.ident != "in-now"]
        chosen = own[form] if isinstance(form, int) else next(each for each in posts if each.ident == form)
        held: dict[str, Any] = {name: values if len(values) > 1 else values[0] for name, values in chosen.fields.items()}
        asked = response.request["QUERY_STRING"]
        here = response.request["PATH_INFO"] + (f"?{asked}" if asked else "")
        return self.post(urljoin(here, chosen.action), held | (data or {}), csrf=False, **kwargs)

    def sign_in(self, user: User) -> None:
        """She has signed in with both factors."""
        self.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = self.session
        session[SESSION_KEY] = KEPT
        session.save()

    def _token(self) -> str:
        request = RequestFactory().get("/")
        present = self.cookies.get(settings.CSRF_COOKIE_NAME)
        if present is not None:
            request.META["CSRF_COOKIE"] = present.value
        token = get_token(request)
        self.cookies[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
        return token


def check_page(response: HttpResponse | Any) -> None:
    """Every POST form has its token, and nothing on the page would be stopped by the Content-Security-Policy."""
    for form in forms_of(response):
        assert form.method != "post" or "csrfmiddlewaretoken" in form.fields, f"a form to {form.action!r} has no CSRF token"
    inline = _INLINE.search(response.content.decode())
    assert inline is None, f"inline script or style: {inline.group(0)[:120]!r}"
