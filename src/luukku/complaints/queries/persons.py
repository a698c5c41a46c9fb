"""Complaints that somebody made by the open page, with her e-mail address and without a matter of hers."""

from typing import Any

from django.db import connection

from luukku.core.actor import Actor

FIELDS = ("day", "organisation", "words", "wish", "answer")


def held_complaints(actor: Actor) -> list[dict[str, Any]]:
    """Of the signed-in customer, by her proven address. One statement."""
    if actor.kind != "customer":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(FIELDS)} from wall.complaints_of_person()")
        return [{name: value for name, value in zip(FIELDS, row, strict=True) if value not in (None, "")} for row in cursor.fetchall()]
