"""Words of a template are looked up once a language, and are still those of the reader's."""

from django.template import Context, Template
from django.utils.translation import override


def said(source: str, language: str, **context: object) -> str:
    with override(language):
        return Template(source).render(Context(context))


def test_each_language_has_its_own_words_whoever_came_first() -> None:
    template = Template('{% translate "Search" %}')
    for language, words in (("fi", "Hae"), ("sv", "Sök"), ("en", "Search"), ("fi", "Hae")):
        with override(language):
            assert template.render(Context()) == words


def test_words_that_something_else_changes_are_looked_up_each_time() -> None:
    template = Template('{% translate words %} {% translate "Search" as kept %}{{ kept }} {% translate "Search"|upper %}')
    for words in ("Search", "Menu"):
        with override("en"):
            assert template.render(Context({"words": words})) == f"{words} Search SEARCH"


def test_signs_of_the_page_stand_as_django_writes_them() -> None:
    assert said("{% translate '<b>100 %</b>' %}", "fi") == "<b>100 %</b>"
    assert said("{% translate words %}", "fi", words="<b>") == "&lt;b&gt;"
