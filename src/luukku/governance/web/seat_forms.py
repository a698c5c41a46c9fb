"""What is asked of a member when she is named, and once a year."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.governance.actions.seats import SeatAnswer
from luukku.governance.enums import SeatMandate
from luukku.governance.models import Membership
from luukku.governance.queries.pages import people_for
from luukku.network.models import Person


def share_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Share of working time for this, per cent"), min_value=1, max_value=100, required=False,
        help_text=_("As agreed with the employer. A day a month is about 5."),
    )  # fmt: skip


def mandate_field(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Mandate to decide"), choices=[("", _("Not asked yet")), *SeatMandate.choices], **options)


def limits_field() -> forms.CharField:
    return forms.CharField(label=_("Its limits"), max_length=200, required=False, help_text=_("Such as: up to 5,000 euros a year."))


def kilometres_field(label: Any) -> forms.IntegerField:
    help_text = _("One way. What meetings by video save is counted from it.")
    return forms.IntegerField(label=label, min_value=0, max_value=2000, required=False, help_text=help_text)


class SeatFields(forms.Form):
    """One member's share of time, mandate and deputy."""

    time_share = share_field()
    mandate = mandate_field(error_messages={"required": _("Say how far the mandate goes.")})
    mandate_limits = limits_field()
    deputy = forms.ModelChoiceField(Person.objects.none(), label=_("Deputy"), required=False, empty_label=_("None"))
    kilometres = kilometres_field(_("Kilometres to where the group meets"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, member: Membership) -> None:
        names = ("time_share", "mandate", "mandate_limits", "kilometres")
        super().__init__(data, initial={**{name: getattr(member, name) for name in names}, "deputy": member.deputy_id})
        self.fields["deputy"].queryset = people_for(member.group).exclude(pk=member.person_id or 0)  # type: ignore[attr-defined]

    def made(self) -> SeatAnswer:
        """What the form says. Call after is_valid()."""
        return SeatAnswer(**self.cleaned_data)
