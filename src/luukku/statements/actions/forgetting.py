"""What she showed for a statement goes with her matter, unless one was signed: a signed statement rests on the plan as it was. As the house."""

from collections.abc import Sequence

from luukku.core import files as file_store
from luukku.core.models import StoredFile
from luukku.statements.models import Plan, PlanFile, Statement, StatementText

GONE = "-"  # in the place of a reason: that there was one stays


def forget_with_cases(keys: Sequence[int]) -> set[int]:
    """Plans of these matters on which nothing was signed, with what was asked and drafted; that it was asked, of whom and when, stays.

    Returns the attachments that stay: those of plans on which something was signed.
    """
    here = StatementText.objects.filter(statement__case__in=keys)
    here.filter(signed_at=None).delete()
    standing = sorted(set(here.values_list("statement__plan", flat=True)))
    plans = list(Plan.objects.filter(case__in=keys).exclude(pk__in=standing).order_by("pk").values_list("pk", flat=True))
    asked = Statement.objects.filter(plan__in=plans)
    asked.exclude(reason="").update(reason=GONE)
    asked.update(asks="", next_words="", outside_person="")
    _remove_copies(plans)
    Plan.objects.filter(pk__in=plans).update(title="", basics="", answers={})
    return set(PlanFile.objects.filter(plan__in=standing).values_list("attachment", flat=True))


def _remove_copies(plans: Sequence[int]) -> None:
    copies = PlanFile.objects.filter(plan__in=plans)
    files = list(copies.values_list("file", flat=True))
    copies.delete()
    file_store.remove(StoredFile.objects.filter(pk__in=files))
