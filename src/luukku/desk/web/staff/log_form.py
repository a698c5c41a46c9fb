"""The form of a logged contact: who, what about, what was agreed. One screen, most of it filled in by what is already known."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import day_field, hour_field, words_field
from luukku.customers.access import get_customer
from luukku.customers.actions.inquiring import Identifiers
from luukku.customers.models import Customer
from luukku.customers.models.identifiers import phone_key
from luukku.desk.access import get_case
from luukku.desk.actions.e_services import HelpForm
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.log_contact import Agreed, Contact
from luukku.desk.enums import Channel
from luukku.desk.models import Case
from luukku.desk.queries.company_as_told import company_and_id
from luukku.desk.queries.logging_choices import LoggingChoices
from luukku.desk.web.door.forms import ways
from luukku.desk.web.staff.act_forms import moment_of
from luukku.desk.web.staff.e_services import fault_field, how_field, name_field, went_field
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Region

NEW, ANONYMOUS, CUSTOMER, CASE = "new", "anonymous", "customer-", "case-"
OF_COMPANY = "-of-"  # between a known customer and the matter of hers that names her company
_CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.MISSED_CALL, Channel.EMAIL, Channel.VIDEO, Channel.SOCIAL, Channel.APPOINTMENT)


class CallerForm(forms.Form):
    """Who it is, and what she says: what is written down of every contact that staff log."""

    caller = forms.CharField(
        label=gettext_lazy("Number, name or company"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    who = forms.CharField(required=False, initial=NEW, label=gettext_lazy("Who it is"))
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    email = forms.CharField(label=gettext_lazy("E-mail"), required=False, max_length=254, widget=forms.TextInput(attrs={"inputmode": "email"}))
    company = forms.CharField(label=gettext_lazy("Company or business ID"), required=False, max_length=220)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LanguageCode.choices)
    way = forms.ChoiceField(label=gettext_lazy("Wants to hear"), choices=ways, required=False)
    words = words_field(
        gettext_lazy("In the customer's words"), rows=3, error_messages={"required": gettext_lazy("Write what it is about. A sentence is enough.")}
    )
    needed_by = day_field(gettext_lazy("Needed by"), required=False, help_text=gettext_lazy("Empty: no day is known."))
    advice = words_field(
        gettext_lazy("What you advised"), rows=2, required=False, help_text=gettext_lazy("The customer gets these words. You may leave it empty.")
    )
    desk = forms.ChoiceField(label=gettext_lazy("Your desk"), required=False)

    def __init__(self, *args: Any, actor: Actor, choices: LoggingChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.offers = actor, choices
        self._choose("municipality", [(place.code, str(place.name)) for place in choices.municipalities], _("Choose"))
        self._choose("desk", [(str(desk.pk), str(desk.name)) for desk in choices.own])
        self.fields["language"].initial = (get_language() or "fi")[:2]
        if not self.is_bound:
            self.fields["caller"].widget.attrs["autofocus"] = True
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def _choose(self, name: str, pairs: Sequence[tuple[str, str]], empty: str = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *pairs] if empty else list(pairs)

    @property
    def one_desk(self) -> bool:
        return len(self.offers.own) == 1

    def clean(self) -> dict[str, Any]:
        """What was searched by is the new customer's own, where its field was left empty."""
        given = super().clean() or {}
        if given.get("who") not in ("", NEW):
            return given
        text = given.get("caller", "").strip()
        field = "phone" if phone_key(text) else "email" if "@" in text else "name"
        if text and not given.get(field):
            given[field] = text
        if not given.get("phone") and not given.get("email"):
            self.add_error("phone", _("Give a phone number or an e-mail address, or choose that the customer stays without a name."))
        return given

    @property
    def identifiers(self) -> Identifiers:
        """By what she is known, as typed so far."""
        typed = {name: str(self[name].value() or "").strip() for name in ("caller", "phone", "email", "company")}
        _name, business_id = company_and_id(typed["company"] or typed["caller"])
        return Identifiers(typed["email"] or typed["caller"], typed["phone"] or typed["caller"], business_id)

    @property
    def spoken_now(self) -> str:
        """The customer's language, as chosen so far."""
        chosen = str(self["language"].value() or "")
        return chosen if chosen in LanguageCode.values else "fi"

    @property
    def my_desk_now(self) -> Desk:
        """As chosen so far."""
        return self.desk_of(self.offers.own, str(self["desk"].value() or "")) or self.offers.own[0]

    @property
    def my_desk(self) -> Desk:
        return self.desk_of(self.offers.own, self.cleaned_data["desk"]) or self.offers.own[0]

    def known_case(self) -> Case | None:
        """The open matter to which this is more. Raises NotFound for one that is not the actor's to see."""
        who = self.cleaned_data["who"] or NEW
        return get_case(self.actor, who.removeprefix(CASE)) if who.startswith(CASE) else None

    def need(self, channel: str, service: Service | None, region: Region | None = None, *, routed: bool = False) -> NeedForm:
        """The need as it was told, for the region of one's own desk if no other is given. Call after is_valid().

        Raises NotFound for a customer who is not the actor's to see.
        """
        given, who = self.cleaned_data, self.cleaned_data["who"] or NEW
        is_new = who == NEW
        customer, name, business_id = self._known(who) if who.startswith(CUSTOMER) else (None, *company_and_id(given["company"] if is_new else ""))
        return NeedForm(
            region=region or self.my_desk.region,
            routed=routed,
            words=given["words"],
            language=given["language"],
            municipality=next((place for place in self.offers.municipalities if place.code == given["municipality"]), None),
            name=given["name"] if is_new else "",
            email=given["email"] if is_new else "",
            phone=given["phone"] if is_new else "",
            way=given["way"] if is_new else "",
            company_name=name,
            business_id=business_id,
            needed_by=given["needed_by"],
            channel=channel,
            service=service,
            customer=customer,
            anonymous=who == ANONYMOUS,
        )

    def _known(self, who: str) -> tuple[Customer, str, str]:
        """A known customer, with name and business ID of the company whose matter it is, if it is one. Raises NotFound."""
        key, _between, number = who.removeprefix(CUSTOMER).partition(OF_COMPANY)
        customer = get_customer(self.actor, key_of(key) or 0)
        case = get_case(self.actor, number) if number else None
        if case is not None and case.customer_id != customer.pk:
            raise NotFound
        return (customer, case.company_name, case.business_id) if case is not None else (customer, "", "")

    @staticmethod
    def desk_of(desks: Sequence[Desk], key: str) -> Desk | None:
        return next((desk for desk in desks if str(desk.pk) == key), None)


class LogForm(CallerForm):
    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=[(each.value, each.label) for each in _CHANNELS], initial=Channel.PHONE)
    service = forms.IntegerField(required=False, label=gettext_lazy("Service"))
    agreed = forms.ChoiceField(
        label=gettext_lazy("What you agreed"), choices=Agreed.choices, widget=forms.RadioSelect, initial=Agreed.MINE,
        error_messages={"required": gettext_lazy("Choose what you agreed.")},
    )  # fmt: skip
    other_desk = forms.ChoiceField(label=gettext_lazy("Which desk"), required=False)
    e_name = name_field()
    e_how = how_field(required=False)
    e_went = went_field(required=False)
    e_words = fault_field()
    next_step = forms.CharField(label=gettext_lazy("Next step"), required=False, max_length=200)
    day = day_field(gettext_lazy("Day"), required=False)
    hour = hour_field(gettext_lazy("Time"), required=False)

    def __init__(self, *args: Any, actor: Actor, choices: LoggingChoices, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, choices=choices, **kwargs)
        self._choose("other_desk", [(str(desk.pk), f"{desk.organisation.name}: {desk.name}") for desk in choices.others], _("Choose"))

    @property
    def is_new_here(self) -> bool:
        """Whether it is somebody whom the desk did not know, and keeps. Call after is_valid()."""
        return (self.cleaned_data["who"] or NEW) == NEW and self.cleaned_data["agreed"] != Agreed.OTHER

    def help(self) -> HelpForm | None:
        """The help with an e-service that was given besides; None when none was named. The card is the one that was chosen."""
        given = self.cleaned_data
        if not given["e_name"].strip():
            return None
        service = Service.objects.active().filter(pk=given["service"]).first() if given["service"] else None
        return HelpForm(given["e_how"], given["e_went"], service, given["e_name"], "", given["e_words"])

    def contact(self) -> Contact:
        """What the action takes. Call after is_valid(). Raises NotFound for a customer or case that is not the actor's to see."""
        given = self.cleaned_data
        service = Service.objects.active().filter(pk=given["service"]).first() if given["service"] else None
        other = self.desk_of(self.offers.others, given["other_desk"])
        when = moment_of(given["day"], given["hour"])
        return Contact(
            self.need(given["channel"], service), given["agreed"], self.my_desk, other, self.known_case(), given["next_step"], when, given["advice"]
        )  # fmt: skip
