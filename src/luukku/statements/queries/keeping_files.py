"""Which of a case's files stay when it is made nameless."""

from collections.abc import Sequence

from luukku.statements.models import PlanFile


def shown_files(cases: Sequence[int]) -> set[int]:
    """Attachments that went along with a plan on which statements were asked: a statement that was signed rests on them."""
    return set(PlanFile.objects.filter(plan__case__in=cases).values_list("attachment", flat=True))
