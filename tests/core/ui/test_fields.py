"""Fields: label, hint, error and control are tied together, whatever the widget."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.utils import translation

from luukku.accounts.models import User
from luukku.core.ui.fields import field_html, summary_html
from luukku.core.ui.samples import SampleForm


class Page(HTMLParser):
    """Ids, and what points to them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(str(given["id"]))
        self.pointers += str(given.get("for") or "").split() + str(given.get("aria-describedby") or "").split()
        if str(given.get("href", "")).startswith("#"):
            self.pointers.append(str(given["href"])[1:])


def sent(**data: str) -> SampleForm:
    return SampleForm(data)


@pytest.mark.parametrize("name", list(SampleForm.base_fields))
def test_what_labels_hints_and_errors_point_to_is_there(name: str) -> None:
    page = Page(field_html(sent()[name]))
    assert page.pointers
    assert set(page.pointers) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_error_summary_links_to_each_broken_field() -> None:
    form = sent()
    summary = summary_html(form)
    whole = Page(summary + "".join(field_html(form[name]) for name in form.fields))
    assert summary.count("<li>") == len(form.errors) > 1
    assert set(whole.pointers) <= set(whole.ids)


def test_a_form_nobody_sent_shows_no_errors() -> None:
    assert summary_html(SampleForm()) == ""


def test_what_was_typed_comes_back_escaped() -> None:
    html = field_html(sent(words="<b>ruoka</b> & kärry")["words"])
    assert "&lt;b&gt;ruoka&lt;/b&gt; &amp; kärry" in html


def test_an_error_is_said_in_words_and_marked_on_the_control() -> None:
    with translation.override("fi"):
        html = field_html(sent()["name"])
    assert "Virhe:" in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    with translation.override("fi"):
        assert "vapaaehtoinen" in field_html(sent()["company"])
        assert "vapaaehtoinen" not in field_html(sent()["name"])


def test_choices_are_a_named_group() -> None:
    html = field_html(SampleForm()["who"], "s", "tiles three")
    assert html.count('type="radio"') == 3
    assert "<legend" in html
    assert html.count('lu-tile"') == 3


def test_a_hidden_field_is_only_itself() -> None:
    class Hidden(forms.Form):
        back = forms.CharField(widget=forms.HiddenInput, initial="x")

    assert field_html(Hidden()["back"]) == '<input type="hidden" name="back" value="x" id="id_back">'


def test_missing_answer_is_named_where_only_its_lack_is_known() -> None:
    class Asked(forms.Form):
        email = forms.EmailField(label="Sähköpostiosoite")

    class Offered(forms.Form):
        person = forms.ModelChoiceField(User.objects.none(), label="Kuka")

    form = Asked({})
    assert "Täytä kohta: Sähköpostiosoite." in field_html(form["email"])
    assert "Täytä kohta: Sähköpostiosoite." in summary_html(form)
    assert "---" not in field_html(Offered()["person"])


@pytest.mark.parametrize("many", [3, 12])
def test_ticks_are_drawn_as_boxes_and_long_words_of_many_may_break(many: int) -> None:
    class Form(forms.Form):
        parties = forms.MultipleChoiceField(choices=[(str(n), f"Kehittämisyhdistys {n}") for n in range(many)], widget=forms.CheckboxSelectMultiple)

    with translation.override("fi"):
        html = field_html(Form()["parties"])
    assert html.count('class="govuk-checkboxes__input"') == many
    assert ("\N{SOFT HYPHEN}" in html) == (many > 8)
