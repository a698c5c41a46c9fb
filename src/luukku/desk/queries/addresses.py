"""Where a case's page is. Lists show it on every row, so it is not looked for anew each time."""

from functools import cache
from urllib.parse import quote

from django.urls import reverse

_NUMBER = "0"


@cache
def _before_number() -> str:
    return reverse("desk:case", kwargs={"number": _NUMBER}).removesuffix(f"{_NUMBER}/")


def case_url(number: str) -> str:
    """`/asia/SU-26-0412/`."""
    return f"{_before_number()}{quote(number)}/"
