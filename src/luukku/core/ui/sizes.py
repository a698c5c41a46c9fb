"""How big a file is, said the same way to everybody."""

from django.utils.formats import number_format

from luukku.core.ui.times import NBSP


def size_text(size: int) -> str:
    """`240 kB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{number_format(size / 1_000_000, 1)}{NBSP}MB"
