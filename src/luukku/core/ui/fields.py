"""Form fields in our look: label, hint, error and control tied together, whatever the widget."""

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luukku.core.ui import hyphens

IN_COLUMNS = 8  # choices; more than that stand in columns, which on a phone are narrow
DASHES = "---------"  # what Django writes where nothing is chosen yet
_CLASS_OF: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.ClearableFileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)


def field_html(bound: BoundField, size: str = "s", look: str = "") -> SafeString:
    """One form field. `size` of the label: s, m, l or empty for plain; `look`: words of `tiles` (with `two`, `three`, `four`),
    `inline` for radios in a row, `bare` hides the label."""
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return bound.as_hidden()
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, size, look)
    if isinstance(bound.field, forms.ModelChoiceField) and bound.field.empty_label == DASHES:
        bound.field.empty_label = _("Choose")
    kind = next(name for base, name in _CLASS_OF if isinstance(widget, base))
    attrs = _described(bound) | {"class": f"{kind} {kind}--error" if bound.errors else kind}
    if isinstance(widget, forms.Textarea):
        attrs.setdefault("rows", str(widget.attrs.get("rows", 4)))
    label_class = "govuk-visually-hidden" if look == "bare" else f"govuk-label govuk-label--{size}" if size else "govuk-label"
    label = format_html('<label class="{}" for="{}">{}{}</label>', label_class, bound.id_for_label, bound.label, _optional(bound))
    return _group(bound, format_html("{}{}{}{}", label, _hint(bound), _error(bound), bound.as_widget(attrs=attrs)))


def _group(bound: BoundField, inside: SafeString) -> SafeString:
    error = " govuk-form-group--error" if bound.errors else ""
    return format_html('<div class="govuk-form-group{}">{}</div>', error, inside)


def _optional(bound: BoundField) -> SafeString | str:
    """Optional fields say so; required ones do not shout."""
    show = not bound.field.required and getattr(bound.field, "says_optional", True) and bound.field.label
    return format_html(' <span class="lu-soft lu-optional">({})</span>', _("optional")) if show else ""


def _described(bound: BoundField) -> dict[str, str | bool]:
    ids = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    ids += [f"{bound.id_for_label}-error"] if bound.errors else []
    given = bound.field.widget.attrs.get("aria-describedby")
    ids += [given] if given else []
    found: dict[str, str | bool] = {}
    if ids:
        found["aria-describedby"] = " ".join(ids)
    if bound.errors:
        found["aria-invalid"] = "true"
    return found


def _hint(bound: BoundField) -> SafeString | str:
    if not bound.help_text:
        return ""
    return format_html('<div class="govuk-hint" id="{}-hint">{}</div>', bound.id_for_label, bound.help_text)


def errors_of(bound: BoundField) -> list[str]:
    """What is wrong with the field; where Django only says that some field is required, which one."""
    bare = str(forms.Field.default_error_messages["required"])
    named = _("Fill in: %(field)s.") % {"field": str(bound.label).rstrip("?:.")}
    return [named if str(error) == bare else str(error) for error in bound.errors]


def _error(bound: BoundField) -> SafeString | str:
    if not bound.errors:
        return ""
    words = format_html_join(mark_safe("<br>"), "{}", ((e,) for e in errors_of(bound)))
    prefix = _("Error:")
    return format_html(
        '<p class="govuk-error-message" id="{}-error"><span class="govuk-visually-hidden">{}</span> {}</p>', bound.id_for_label, prefix, words
    )


def _checkbox(bound: BoundField) -> SafeString:
    box = bound.as_widget(attrs=_described(bound) | {"class": "govuk-checkboxes__input"})
    item = format_html(
        '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">{}'
        '<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label></div></div>',
        box, bound.id_for_label, bound.label,
    )  # fmt: skip
    return _group(bound, format_html("{}{}{}", _hint(bound), _error(bound), item))


def _choices(bound: BoundField, size: str, look: str) -> SafeString:
    kind = "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"  # the first is a kind of the second
    looks = look.split()
    if "tiles" in looks:
        items = format_html_join(
            "", '<label class="lu-tile">{} <span>{}</span></label>', ((s.tag(), _soft(s.choice_label)) for s in bound.subwidgets)
        )
        css = " ".join(f"lu-tiles--{each}" for each in looks if each not in ("tiles", "bare"))
        body = format_html('<div class="lu-tiles {}">{}</div>', css, items)
    elif kind == "checkboxes" and isinstance(offered := bound.field.widget.choices, list) and any(isinstance(each[1], list) for each in offered):
        body = _grouped(bound)
    else:
        parts = _with_class(bound, f"govuk-{kind}__input")
        words = _soft if kind == "checkboxes" and len(parts) > IN_COLUMNS else str
        items = format_html_join("", '<div class="govuk-{0}__item">{1}<label class="govuk-label govuk-{0}__label" for="{2}">{3}</label></div>',
            ((kind, s.tag(), s.id_for_label, words(s.choice_label)) for s in parts))  # fmt: skip
        inline = f" govuk-{kind}--inline" if "inline" in looks else ""
        body = format_html('<div class="govuk-{0} govuk-{0}--small{1}">{2}</div>', kind, inline, items)
    hidden = "govuk-visually-hidden" if "bare" in looks else f"govuk-fieldset__legend govuk-fieldset__legend--{size or 's'}"
    described = _described(bound).get("aria-describedby", "")
    inside = format_html(
        '<fieldset class="govuk-fieldset" id="{}"{}><legend class="{}">{}{}</legend>{}{}{}</fieldset>',
        bound.auto_id, format_html(' aria-describedby="{}"', described) if described else "", hidden, bound.label, _optional(bound),
        _hint(bound), _error(bound), body,
    )  # fmt: skip
    return _group(bound, inside)


def _soft(label: object) -> str:
    """A tile's words with places where a narrow one may break them."""
    return hyphens.soften(str(label), hyphens.TILE) if get_language() == "fi" else str(label)


def _grouped(bound: BoundField) -> SafeString:
    """Boxes of a long list under the headings of its groups, each closed until something in it is chosen: the whole of it fits a phone."""
    boxes = iter(_with_class(bound, "govuk-checkboxes__input"))
    folds = []
    for name, options, _index in bound.field.widget.optgroups(bound.html_name, []):
        here = [next(boxes) for _option in options]
        chosen = sum(bool(box.data["selected"]) for box in here)
        told = ngettext("%(n)s chosen", "%(n)s chosen", chosen) % {"n": chosen} if chosen else str(len(here))
        items = format_html_join(
            "", '<div class="govuk-checkboxes__item">{}<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label></div>',
            ((box.tag(), box.id_for_label, box.choice_label) for box in here),
        )  # fmt: skip
        folds.append(
            format_html(
                '<details class="govuk-details"{}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">{} ({})'
                '</span></summary><div class="govuk-details__text"><div class="govuk-checkboxes govuk-checkboxes--small">{}</div></div></details>',
                " open" if chosen or getattr(bound.field, "groups_open", False) else "",
                name or _("Others"),
                told,
                items,
            )
        )
    return format_html_join("", "{}", ((fold,) for fold in folds))


def _with_class(bound: BoundField, css: str) -> list[forms.boundfield.BoundWidget]:
    bound.field.widget.attrs["class"] = css
    return list(bound.subwidgets)


def summary_html(form: forms.BaseForm) -> SafeString | str:
    """All errors of a bound form in one box that links to the fields; empty without errors."""
    if not form.is_bound or not form.errors:
        return ""
    rows: list[tuple[str, str]] = []
    for name, errors in form.errors.items():
        if name in form.fields:
            rows += [(form[name].id_for_label or str(form[name].auto_id), error) for error in errors_of(form[name])]
        else:
            rows += [("sisalto", str(error)) for error in errors]
    items = format_html_join("", '<li><a href="#{}">{}</a></li>', rows)
    return format_html(
        '<div class="govuk-error-summary" role="alert" tabindex="-1"><h2 class="govuk-error-summary__title">{}</h2>'
        '<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">{}</ul></div></div>',
        _("Some things need mending"), items,
    )  # fmt: skip
