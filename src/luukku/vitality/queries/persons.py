"""Where a person is named as whom to contact in a company that might come."""

from typing import Any

from django.db import connection

from luukku.core.actor import Actor

FIELDS = ("day", "organisation", "company", "name", "role", "phone", "email")


def held_prospects(actor: Actor) -> list[dict[str, Any]]:
    """Of the signed-in customer, by her proven address. One statement."""
    if actor.kind != "customer":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(FIELDS)} from wall.vitality_of_person()")
        return [{name: value for name, value in zip(FIELDS, row, strict=True) if value not in (None, "")} for row in cursor.fetchall()]
