"""Forms of a handover. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name, services_given_by
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import words_field
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.handover.sending import Outside, Passing
from luukku.desk.models import Leg
from luukku.desk.models.handover import HandoverCause
from luukku.desk.queries.package import Draft
from luukku.desk.queries.receivers import doors, people_of
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person

WHOLE, BESIDE = "whole", "beside"


class PassForm(forms.Form):
    """A handover to a desk of the network, or outside it: why, what goes along, and how the customer agreed."""

    outside_name = forms.CharField(label=_("Organisation"), max_length=160, error_messages={"required": _("Write the organisation's name.")})
    outside_email = forms.EmailField(
        max_length=254,
        label=_("E-mail to which the link is sent"),
        error_messages={"required": _("Write the e-mail address to which the link is sent.")},
    )
    outside_language = forms.ChoiceField(label=_("In which language they are written to"), choices=LanguageCode.choices)
    to_person = forms.ModelChoiceField(
        Person.objects.none(), label=_("To a person of the desk"), required=False, empty_label=_("The desk decides who takes it")
    )
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service"), required=False, empty_label=_("Not chosen yet"))
    what = forms.ChoiceField(
        label=_("What you hand over"), choices=[(WHOLE, _("My whole part")), (BESIDE, _("A part beside mine: I go on with my own"))],
        widget=forms.RadioSelect, initial=WHOLE,
    )  # fmt: skip
    need = words_field(_("What is asked of them"), 2, required=False, help_text=_("Needed when a part is asked beside yours."))
    cause = forms.ChoiceField(
        label=_("Why to them, as the customer is told by mail"),
        choices=HandoverCause.choices, widget=forms.RadioSelect, initial=HandoverCause.EXPERTISE,
        error_messages={"required": _("Choose why it goes to them.")},
    )  # fmt: skip
    reason = words_field(
        _("Why to them"), 2, help_text=_("The customer reads this too."), error_messages={"required": _("Write why: the customer reads it too.")}
    )
    done = words_field(_("What has been done already"), 3, required=False, help_text=_("So that the customer never has to tell their story again."))
    passed = forms.MultipleChoiceField(label=_("What is passed on"), required=False)
    consent = forms.ChoiceField(
        label=_("The customer's word"), widget=forms.RadioSelect, error_messages={"required": _("Choose how the customer agrees to this.")},
        choices=[
            (ConsentWay.PAGE.value, _("Ask the customer on their own page: it leaves when they have agreed")),
            (ConsentWay.PHONE.value, _("The customer agreed on the phone: it leaves now")),
            (ConsentWay.IN_PERSON.value, _("The customer agreed face to face: it leaves now")),
            (ConsentWay.WRITTEN.value, _("The customer agreed in writing: it leaves now")),
        ],
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        leg: Leg,
        desk: Desk | None,
        drafts: Sequence[Draft],
        service: int | None,
        person: int | None = None,
    ) -> None:
        keys = list(dict.fromkeys(draft.key for draft in drafts if not draft.fixed))
        super().__init__(
            data, initial={"passed": keys, "service": service or leg.service_id, "to_person": person, "outside_language": leg.case.language}
        )
        self.desk, self.keys = desk, keys
        self.fields["passed"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self._offer_services(desk)
        if desk is None:
            del self.fields["to_person"]
        else:
            at_once = {"hx-get": "", "hx-trigger": "change", "hx-params": "service", "hx-target": "#busy", "hx-swap": "outerHTML"}
            self.fields["service"].widget.attrs.update(at_once)
            for name in ("outside_name", "outside_email", "outside_language"):
                del self.fields[name]
            people = people_of(desk)
            self.fields["to_person"].queryset = Person.objects.filter(pk__in=[each.pk for each in people]).order_by(FinnishKey("name"))  # type: ignore[attr-defined]

    def _offer_services(self, desk: Desk | None) -> None:
        """Every card; what the receiver gives in its region stands first, in a group of its own."""
        field = self.fields["service"]
        services = services_by_name()
        field.queryset = services  # type: ignore[attr-defined]
        given = services_given_by(desk.organisation_id, desk.region_id) if desk is not None else frozenset()
        if desk is not None and given:
            named = [(each.pk, str(each)) for each in services]
            field.choices = [  # type: ignore[attr-defined]
                ("", field.empty_label),  # type: ignore[attr-defined]
                (desk.organisation.name, [each for each in named if each[0] in given]),
                (_("Other services"), [each for each in named if each[0] not in given]),
            ]

    @property
    def chosen_keys(self) -> list[str]:
        """What is ticked now."""
        return [str(key) for key in self["passed"].value() or []]

    def passing(self) -> Passing:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        outside = None if self.desk else Outside(given["outside_name"], given["outside_email"], given["outside_language"])
        return Passing(
            reason=given["reason"], cause=given["cause"], to_desk=self.desk, to_person=given.get("to_person"), outside=outside,
            service=given["service"],
            beside=given["what"] == BESIDE, need=given["need"], done=given["done"],
            leave_out=frozenset(self.keys) - frozenset(given["passed"]), consent=given["consent"],
        )  # fmt: skip


class AskForm(forms.Form):
    words = words_field(_("Your question"), 3, error_messages={"required": _("Write what you want to know.")})


class AnswerForm(forms.Form):
    words = words_field(_("Your answer"), 3, error_messages={"required": _("Write your answer.")})


class DeclineForm(forms.Form):
    """Never without the next door."""

    reason = words_field(
        _("Why not here"), 3, help_text=_("The passer reads this, the customer does not."), error_messages={"required": _("Write why.")}
    )
    next_desk = forms.ModelChoiceField(Desk.objects.none(), label=_("The next door to try"), required=False, empty_label=_("In words, below"))
    next_words = forms.CharField(label=_("The next door in words"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, leave_out: Sequence[int | None]) -> None:
        super().__init__(data)
        found = [desk.pk for desk in doors(leave_out)]
        desks = Desk.objects.filter(pk__in=found).select_related("organisation", "region").order_by("region__name_fi", FinnishKey(best("name")))
        field = self.fields["next_desk"]
        field.queryset = desks  # type: ignore[attr-defined]
        field.label_from_instance = desk_label  # type: ignore[attr-defined]
        for name in ("next_desk", "next_words"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]


def desk_label(desk: Desk) -> str:
    """`Suupohja: Finnvera`."""
    return f"{desk.region.name}: {desk.organisation.name}"


class AddressForm(forms.Form):
    """Where an outside organisation's link is sent anew."""

    email = forms.EmailField(
        max_length=254,
        label=_("E-mail to which the link is sent"), help_text=_("A new link is sent. The old one no longer opens anything."),
        error_messages={"required": _("Write the e-mail address to which the link is sent.")},
    )  # fmt: skip
