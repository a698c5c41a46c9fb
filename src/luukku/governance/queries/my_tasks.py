"""What is due from somebody, from every part of the product, in the order in which it presses."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import pgettext

from luukku.core.actor import Actor
from luukku.core.registries import DueThing, due_things


def my_tasks(actor: Actor) -> list[tuple[str, str, list[DueThing]]]:
    """Key, heading and things: what is late, due today, within the week that runs, and later; empty ones left out."""
    things = sorted((each for source in due_things.all() for each in source(actor)), key=lambda each: (each.day, each.words))
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    groups = (
        ("late", pgettext("tasks", "Late"), [each for each in things if each.day < today]),
        ("today", pgettext("tasks", "Today"), [each for each in things if each.day == today]),
        ("week", pgettext("tasks", "This week"), [each for each in things if today < each.day <= sunday]),
        ("later", pgettext("tasks", "Later"), [each for each in things if each.day > sunday]),
    )
    return [group for group in groups if group[2]]
