"""The second wall: row-level security that holds when a query forgets its scope.

A confidential row carries `readers`, the principals that may see it, kept by triggers. Every policy is the same test,
`readers && wall.principals()`; measured at .05 to 1 ms a query (docs/adr/0003). What must see past the wall goes through a
*window*: a definer function with a reason, listed by `register_window`.
"""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PrincipalField(models.BigIntegerField):  # type: ignore[type-arg]
    """A number from the one sequence of principals, given by the database."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_default", NextPrincipal())
        super().__init__(**kwargs)  # type: ignore[arg-type]


class NextPrincipal(models.Func):
    template = "nextval('wall.principal')"
    output_field = models.BigIntegerField()


def readers_field() -> "ArrayField[list[int], list[int]]":
    """The `readers` column of a confidential table: never set from Python, triggers compute it."""
    return ArrayField(models.BigIntegerField(), default=list, editable=False)


def withheld_field() -> "ArrayField[list[int], list[int]]":
    """Principals that do not read this row though they read what it belongs to; the trigger that computes `readers` leaves them out."""
    return ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)


@dataclass(frozen=True)
class Window:
    """A definer function that sees past the wall, and why it must."""

    function: str
    reason: str


_windows: dict[str, Window] = {}


def register_window(function: str, reason: str) -> None:
    _windows[function] = Window(function, reason)


def windows() -> list[Window]:
    return sorted(_windows.values(), key=lambda w: w.function)
