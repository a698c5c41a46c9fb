"""Fields that several forms here share."""

from typing import Any

from django import forms

from luukku.core.ui.forms import words_field


def words(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    return words_field(label, rows, **{"required": False, **options})


def line(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **{"required": False, **options})
