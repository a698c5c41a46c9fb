"""Django's own form controls, the common ones said in Python: its templates take a quarter of a millisecond for each, and forms have a dozen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_FOLDER = "django/forms/widgets/"
_INPUTS = ("checkbox", "date", "email", "file", "hidden", "input", "number", "password", "search", "tel", "text", "time", "url")
_OPTIONS = ("checkbox_option", "radio_option")
Control = Mapping[str, Any]


class Renderer(DjangoTemplates):
    """Says the same, letter by letter, as Django's templates, which still say the rest."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        control, say = context.get("widget"), _SAID.get(template_name)
        if say is None or control is None or control.get("wrap_label") or control.get("is_initial"):
            return mark_safe(super().render(template_name, context, request))  # noqa: S308
        return mark_safe(say(control))  # noqa: S308


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attrs(control: Control) -> str:
    given = ((name, value) for name, value in control["attrs"].items() if value is not False)
    return "".join(f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in given)


def _input(control: Control) -> str:
    value = "" if control["value"] is None else f' value="{_text(control["value"])}"'
    return f'<input type="{_text(control["type"])}" name="{_text(control["name"])}"{value}{_attrs(control)}>'


def _upload(control: Control) -> str:
    return _input({**control, "value": None})


def _textarea(control: Control) -> str:
    value = _text(control["value"]) if control["value"] else ""
    return f'<textarea name="{_text(control["name"])}"{_attrs(control)}>\n{value}</textarea>'


def _select(control: Control) -> str:
    groups = []
    for name, options, _number in control["optgroups"]:
        inside = "".join(f"\n  {_option(option)}\n" for option in options)
        groups.append(f'\n  <optgroup label="{_text(name)}">{inside}\n  </optgroup>' if name else inside)
    return f'<select name="{_text(control["name"])}"{_attrs(control)}>{"".join(groups)}\n</select>'


def _option(control: Control) -> str:
    return f'<option value="{_text(control["value"])}"{_attrs(control)}>{conditional_escape(control["label"])}</option>'


_SAID: dict[str, Callable[[Control], str]] = {
    **{f"{_FOLDER}{name}.html": _input for name in (*_INPUTS, *_OPTIONS)},
    f"{_FOLDER}clearable_file_input.html": _upload,
    f"{_FOLDER}textarea.html": _textarea,
    f"{_FOLDER}select.html": _select,
}
