"""Errors that reach people. Each carries a translated sentence that says what is wrong and how to mend it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class RuleBroken(Exception):
    """A rule of the product says no. `field` names the form field the sentence belongs to, if one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowed(PermissionDenied):
    """The actor may see the thing but not do this to it (403)."""


class NotFound(Http404):
    """There is no such thing, or the actor may not know of it (404)."""
