"""What higher modules say must be done before something may end."""

from collections.abc import Sequence

from luukku.core.registries import holds


def what_holds(kind: str, pk: int) -> Sequence[str]:
    """Sentences for people, none when nothing holds it."""
    return [reason for hold in holds.all() for reason in hold.find(kind, pk)]
