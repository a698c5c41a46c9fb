"""What is looked for comes to its page whole, and stands in no address that a history or a server on the way could keep."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

import luukku
from luukku.core.ui.sought import LONGEST, SoughtMiddleware, opened, sealed, sought

_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_WRITTEN = re.compile(r'<textarea|type="search"|<input class="govuk-input"(?![^>]*type="(?:date|number|month)")')


@pytest.mark.parametrize("words", ["Maija Meikäläinen", "040 123 4567", "~jo aaltoviiva", "haluan & pitää=kahvilaa? #1", "ж" * LONGEST])
def test_words_come_back_as_they_were_and_do_not_show_in_the_address(words: str) -> None:
    answer = Client().post("/haku?etsi", {"q": words, "tila": "avoimet", "csrfmiddlewaretoken": "x"})
    address = urlsplit(answer["Location"])
    query = parse_qs(address.query)
    assert (answer.status_code, address.path, set(query), query["tila"]) == (303, "/haku", {"q", "tila"}, ["avoimet"])
    assert words not in query["q"][0]
    assert words.split(maxsplit=1)[0] not in answer["Location"]
    assert sought(RequestFactory().get(answer["Location"]), "q") == words


def test_form_that_looks_leads_to_no_other_site() -> None:
    request = RequestFactory().post("/?etsi", {"q": "x"})
    request.path = "//elsewhere.example/"
    assert SoughtMiddleware(HttpResponse)(request)["Location"].startswith("/%2Felsewhere.example/?")


def test_words_of_another_sites_link_are_taken_as_they_are() -> None:
    assert opened("haluan perustaa yrityksen") == "haluan perustaa yrityksen"


def test_words_sealed_by_another_installation_are_none() -> None:
    with override_settings(SECRET_KEY="another"):
        strange = sealed("Maija")
    assert opened(strange) == ""


@pytest.mark.parametrize("nothing", ["", "   ", None])
def test_nothing_is_sealed_as_nothing(nothing: str | None) -> None:
    assert sealed(nothing) == ""


_OF_PLACES = ("municipality_list.html", "sites.html")  # names of municipalities, square metres


def _forms() -> list[tuple[str, str]]:
    root = Path(luukku.__file__).parent
    return [(f"{path.name}: {form[:120]}", form) for path in sorted(root.rglob("*.html")) for form in _FORM.findall(path.read_text())]


def test_no_form_puts_what_is_written_into_an_address() -> None:
    found = _forms()
    assert len(found) > 100
    found = [(name, form) for name, form in found if not name.startswith(_OF_PLACES)]
    # The page of parts is a sample: its forms lead nowhere.
    assert [name for name, form in found if 'method="get"' in form and _WRITTEN.search(form) and 'action="#o-' not in form] == []
