"""Days and hours as people write them into a form."""

import pytest
from django import forms
from django.utils import translation

from luukku.core.ui.forms import day_field, hour_field


class Times(forms.Form):
    day = day_field("Day", required=False)
    hour = hour_field("Hour", required=False)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("text", ["2026-04-03", "3.4.2026", "03.04.26"])
def test_day_is_read_alike_in_each_language(text: str, language: str) -> None:
    with translation.override(language):
        form = Times({"day": text})
        assert form.is_valid()
        assert f"{form.cleaned_data['day']:%d.%m.%Y}" == "03.04.2026"


@pytest.mark.parametrize("text", ["4/3/2026", "9999-12-31", "0001-01-01"])
def test_day_that_cannot_be_counted_on_is_refused(text: str) -> None:
    assert "day" in Times({"day": text}).errors


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_day_that_is_known_stands_in_the_calendar(language: str) -> None:
    with translation.override(language):
        read = Times({"day": "3.4.2026"})
        assert read.is_valid()
        assert 'value="2026-04-03"' in str(Times(initial=read.cleaned_data)["day"])


@pytest.mark.parametrize("text", ["9", "9.05", "9:05", "09:05:00"])
def test_hour_is_read_as_people_write_it(text: str) -> None:
    form = Times({"hour": text})
    assert form.is_valid()
    assert form.cleaned_data["hour"].hour == 9
