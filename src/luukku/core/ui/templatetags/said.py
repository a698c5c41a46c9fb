"""`{% translate "Some words" %}` is looked up once a language: a page says some hundred of them, and Django makes each anew every time."""

from typing import Any

from django.template import Context, Library
from django.template.base import Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = Library()


class Said(TranslateNode):
    """Words that nothing but the language changes."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop)
        self._by_language: dict[str | None, str] = {}

    def render(self, context: Context) -> Any:
        language = get_language()
        if language not in self._by_language:
            self._by_language[language] = super().render(context)
        return self._by_language[language]


@register.tag
def translate(parser: Parser, token: Token) -> TranslateNode:
    """Django's own, quicker where it is given plain words."""
    node: TranslateNode = do_translate(parser, token)
    given = node.filter_expression
    is_plain = getattr(given.var, "literal", None) is not None and not given.filters and node.asvar is None and node.message_context is None
    return Said(node) if is_plain else node
