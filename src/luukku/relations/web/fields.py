"""Fields that several forms here share."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

LAST_DAY = date(2100, 12, 31)


def words(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **{"required": False, **options})


def line(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **{"required": False, **options})


def day(label: Any, **options: Any) -> forms.DateField:
    given = {"required": False, "validators": [MaxValueValidator(LAST_DAY)], **options}
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def hour(label: Any) -> forms.TimeField:
    formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]
    return forms.TimeField(label=label, required=False, input_formats=formats, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
