"""Addresses of modules that stand side by side at the root: the first word tells at once whose an address can be.

Django tries every pattern of every module in turn, and remembers each that did not fit: with some nine hundred that took longer than many an answer.
"""

from functools import cached_property
from typing import Any

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, include
from django.urls.resolvers import RoutePattern

Address = URLPattern | URLResolver


class Module(URLResolver):
    """Addresses without a prefix of their own, passed by where none begins with the word that was asked for."""

    @classmethod
    def at_root(cls, name: str) -> "Module":
        """The addresses of a Python module, as `path("", include(name))` would give them."""
        patterns, app_name, namespace = include(name)
        return cls(RoutePattern("", is_endpoint=False), patterns, None, app_name=app_name, namespace=namespace)

    @cached_property
    def url_patterns(self) -> list[Address]:
        """Those of the module; what it takes in without a prefix is passed by in the same way."""
        return [self._own(pattern) for pattern in super().url_patterns]

    @staticmethod
    def _own(pattern: Address) -> Address:
        if not isinstance(pattern, URLResolver) or str(pattern.pattern) or not isinstance(pattern.pattern, RoutePattern):
            return pattern
        return Module(pattern.pattern, pattern.urlconf_name, pattern.default_kwargs, app_name=pattern.app_name, namespace=pattern.namespace)

    @cached_property
    def first_words(self) -> frozenset[str] | None:
        """What its addresses begin with; None where one may begin with anything."""
        words: set[str] = set()
        for pattern in self.url_patterns:
            inner = pattern.first_words if isinstance(pattern, Module) else _first_word(pattern)
            if inner is None:
                return None
            words |= inner
        return frozenset(words)

    def resolve(self, path: Any) -> ResolverMatch:
        if self.first_words is not None and str(path).partition("/")[0] not in self.first_words:
            raise Resolver404({"path": path, "tried": []})
        return super().resolve(path)


def _first_word(pattern: Address) -> frozenset[str] | None:
    """None for what is no plain word up to a slash."""
    route, slash, _ = str(pattern.pattern).partition("/")
    whole = slash or isinstance(pattern, URLPattern)
    return frozenset({route}) if whole and isinstance(pattern.pattern, RoutePattern) and "<" not in route else None
