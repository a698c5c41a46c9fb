"""What keeps something from being ended."""

from luukku.core.errors import RuleBroken
from luukku.network.queries.holding import what_holds


def check_holds(kind: str, pk: int) -> None:
    """Raise RuleBroken with what higher modules say must be done before this thing may end."""
    reasons = what_holds(kind, pk)
    if reasons:
        raise RuleBroken(" ".join(reasons))
