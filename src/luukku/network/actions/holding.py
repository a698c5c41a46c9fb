"""What keeps something from being ended."""

from luukku.core.errors import RuleBroken
from luukku.core.registries import holds


def check_holds(kind: str, pk: int) -> None:
    """Raise RuleBroken with what higher modules say must be done before this thing may end."""
    reasons = [reason for hold in holds.all() for reason in hold.find(kind, pk)]
    if reasons:
        raise RuleBroken(" ".join(reasons))
