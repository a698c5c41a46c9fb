"""Who may come to the shepherds' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from luukku.core.errors import NotAllowed
from luukku.core.ui.forms import actor_of, staff_only
from luukku.customers.access import can_keep

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def keepers_only(view: View[P]) -> View[P]:
    """Let in those whose role keeps customers; other staff are told no, the rest sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not can_keep(actor_of(request)):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return staff_only(guarded)
