"""Collecting translations: every word is found, translations are kept, gaps are told."""

from pathlib import Path

import polib
import pytest

from luukku.core import messages

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
A = _("Plain")
B = gettext_lazy("Lazy")
C = ngettext("%(n)s matter", "%(n)s matters", 2)
D = pgettext("month", "May")
E = _("in "
      "two parts")
F = f"{A} {_('Inside')}"
"""
TEMPLATE = """{% load i18n %}<h1>{% translate "Heading" %}</h1>{% translate "Of a filter"|upper %}
{% blocktranslate trimmed count n=3 %}one thing{% plural %}{{ n }} things{% endblocktranslate %}
{% blocktranslate trimmed with name=x %}
  Hello
  {{ name }}
{% endblocktranslate %}
    {% translate "Far in" as label %}<b></b>
  {% translate "Near" as label %}<b></b>"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "templates/m").mkdir(parents=True)
    (tmp_path / "words.py").write_text(PYTHON)
    (tmp_path / "migrations/0001.py").write_text('_("of a migration")')
    (tmp_path / "templates/m/page.html").write_text(TEMPLATE)
    return tmp_path


def test_words_are_found_in_python_and_templates(module: Path) -> None:
    assert set(messages.collect(module)) == {
        (None, "Plain", ""),
        (None, "Lazy", ""),
        (None, "%(n)s matter", "%(n)s matters"),
        ("month", "May", ""),
        (None, "in two parts", ""),
        (None, "Inside", ""),
        (None, "Far in", ""),
        (None, "Near", ""),
        (None, "Heading", ""),
        (None, "Of a filter", ""),
        (None, "one thing", "%(n)s things"),
        (None, "Hello %(name)s", ""),
    }


def _translate(module: Path) -> polib.POFile:
    messages.update(module, "fi")
    file = polib.pofile(str(messages.po_path(module, "fi")))
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
    file.save()
    return file


def test_a_complete_file_has_no_problems_and_stays_as_it_is(module: Path) -> None:
    assert messages.problems(module, "fi")
    _translate(module)
    before = messages.po_path(module, "fi").read_text()
    assert messages.problems(module, "fi") == []
    assert messages.update(module, "fi") == (12, 0)
    assert messages.po_path(module, "fi").read_text() == before


def test_new_and_gone_words_and_gaps_are_told(module: Path) -> None:
    _translate(module)
    (module / "words.py").write_text(PYTHON.replace('_("Plain")', '_("Other")'))
    told = "\n".join(messages.problems(module, "fi"))
    assert "'Other' is not in the file" in told
    assert "'Plain' is no longer used" in told
    messages.update(module, "fi")
    assert [sentence.split(": ")[1] for sentence in messages.problems(module, "fi")] == ["'Other' has no translation"]


def test_a_translation_that_names_an_unknown_value_is_told(module: Path) -> None:
    file = _translate(module)
    next(entry for entry in file if entry.msgid == "Hello %(name)s").msgstr = "Hei %(nimi)s"
    file.save()
    assert "names a value that is not there" in messages.problems(module, "fi")[0]
