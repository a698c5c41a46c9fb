"""An address leads where it would without the first words, and a module that cannot know it is passed by."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_resolver, include, path, re_path
from django.urls.resolvers import RegexPattern, URLResolver

from luukku.core.addresses import Module

INNER = "tests.core.inner_addresses"
ASKED = (
    "", "jono/", "jono/ota", "haku", "hakuun", "haku/", "asia/SU-1/", "asia/SU-1/aika", "asia/", "asia", "mailla/", "mailla/tarve/", "suoja-5/", "sisalla/",
)  # fmt: skip


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_plain = [path("jono/", view, name="queue"), path("haku", view, name="search"), path("asia/<str:number>/", include([path("", view, name="case")]))]
_deep = [path("", include([path("sisalla/", view, name="inside")])), path("jono/ota", view, name="take")]


@pytest.fixture(
    params=[[], [path("<slug:region>/tarve/", view, name="need")], [path("", view, name="home")], [re_path(r"^suoja-\d/", view, name="old")]]
)
def module(request: pytest.FixtureRequest) -> Iterator[str]:
    held = ModuleType(INNER)
    held.app_name = "inner"  # type: ignore[attr-defined]
    held.urlpatterns = [*_deep, *request.param, *_plain]  # type: ignore[attr-defined]
    sys.modules[INNER] = held
    yield INNER
    del sys.modules[INNER]


def found(resolver: URLResolver, asked: str) -> object:
    try:
        match = resolver.resolve(f"/{asked}")
    except Resolver404:
        return None
    return match.view_name, match.kwargs, match.route


def test_first_words_change_nothing_of_where_an_address_leads(module: str) -> None:
    last = path("<slug:region>/", view, name="region")
    quick = URLResolver(RegexPattern(r"^/"), [Module.at_root(module), last])
    plain = URLResolver(RegexPattern(r"^/"), [path("", include(module)), last])
    assert [found(quick, asked) for asked in ASKED] == [found(plain, asked) for asked in ASKED]
    assert found(quick, "asia/SU-1/") == ("inner:case", {"number": "SU-1"}, "asia/<str:number>/")


def test_modules_say_what_their_addresses_begin_with_unless_one_may_begin_with_anything() -> None:
    held = ModuleType(INNER)
    held.urlpatterns = [*_deep, *_plain]  # type: ignore[attr-defined]
    assert Module.at_root(held).first_words == frozenset({"sisalla", "jono", "haku", "asia"})  # type: ignore[arg-type]
    held.urlpatterns = [*_deep, path("<slug:region>/tarve/", view)]  # type: ignore[attr-defined]
    assert Module.at_root(held).first_words is None  # type: ignore[arg-type]


def test_most_modules_of_the_product_know_their_first_words() -> None:
    modules = [each for each in get_resolver("luukku.config.urls").url_patterns if isinstance(each, Module)]
    assert sum(each.first_words is None for each in modules) <= 3
    assert len(modules) > 12
