"""HTML said in Python, for lists so long that a template or `format_html` takes most of the page's time."""

from html import escape

from django.utils.safestring import SafeString, mark_safe


def filled(template: str, **parts: str) -> SafeString:
    """Like `format_html`, for texts only and in half the time: each part that is not safe already is escaped."""
    return mark_safe(template.format_map({name: text if isinstance(text, SafeString) else escape(text) for name, text in parts.items()}))  # noqa: S308


def joined(parts: list[SafeString]) -> SafeString:
    """One after another."""
    return mark_safe("".join(parts))  # noqa: S308
