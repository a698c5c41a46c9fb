"""Filters of the network's pages."""

from collections.abc import Iterable

from django import template

from luukku.network.queries.labels import language_name

register = template.Library()


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """`["fi", "sv"]` → `Finnish, Swedish` in the reader's language."""
    return ", ".join(language_name(code) for code in codes)
