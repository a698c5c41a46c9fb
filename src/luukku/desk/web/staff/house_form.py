"""The form of a house: who walked in, what comes up widely, and to whom she is guided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.models import Service
from luukku.core.keys import key_of
from luukku.desk.actions.log_contact import Agreed, Contact
from luukku.desk.actions.walk_ins import Visit
from luukku.desk.enums import Channel, GuideWay, WalkInWay
from luukku.desk.models import BookableTimes
from luukku.desk.queries.free import bookable, parse_key
from luukku.desk.queries.who_is_in import WhoIs
from luukku.desk.web.staff.log_form import CASE, CUSTOMER, CallerForm
from luukku.network.models import Desk, Premises


class HouseForm(CallerForm):
    """`to` names a person of the house or a desk, and the service: `p12-s7`, `d3-s7`."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("What else comes up?"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    to = forms.CharField(label=gettext_lazy("To whom"), required=False, max_length=60)
    way = forms.ChoiceField(
        label=gettext_lazy("How you guide the customer on"), choices=WalkInWay.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you guide the customer on.")},
    )  # fmt: skip
    slot = forms.CharField(label=gettext_lazy("Time"), required=False, max_length=40)
    agrees = forms.BooleanField(label=gettext_lazy("The customer agrees that their name and what they told are passed on"), required=False)
    guide = forms.CharField(label=gettext_lazy("Service card given"), required=False, max_length=20)
    guide_way = forms.ChoiceField(label=gettext_lazy("How"), required=False, choices=[("", "–"), *GuideWay.choices])

    def __init__(self, *args: Any, premises: Premises, people: Sequence[WhoIs], themes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.premises, self.people, self.theme_names = premises, people, dict(themes)
        self._choose("themes", themes)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("guide") and not given.get("guide_way"):
            self.add_error("guide_way", _("Say how the service card was given."))
        return given

    def visit(self) -> Visit:
        """What the action takes. Call after is_valid(). Raises NotFound for a customer or case that is not the actor's to see."""
        given = self.cleaned_data
        service, who, desk = self._to(given["to"])
        slot = self._slot(given["slot"]) if given["way"] == WalkInWay.BOOK else None
        if slot is not None:
            who = next((each for each in self.people if each.person == slot[0].people.all()[0]), who)
        guide = Service.objects.active().filter(pk=key_of(given["guide"]) or 0).first()
        contact = Contact(self.need(Channel.WALK_IN, service), Agreed.MINE, self.my_desk, None, self.known_case(), advice=given["advice"])
        names = ", ".join(self.theme_names[code] for code in given["themes"] if code in self.theme_names)
        return Visit(
            premises=self.premises, contact=contact, way=given["way"], person=who.person if who else None, to_desk=desk, agrees=given["agrees"],
            slot=slot, themes=given["themes"], also=_("Also came up: %(themes)s.") % {"themes": names} if names else "", guide=guide,
            guide_way=given["guide_way"] if guide else "", was_known=given["who"].startswith((CUSTOMER, CASE)),
        )  # fmt: skip

    def _to(self, text: str) -> tuple[Service | None, WhoIs | None, Desk | None]:
        first, _dash, second = text.partition("-s")
        service = Service.objects.active().filter(pk=key_of(second) or 0).first()
        key = key_of(first[1:]) or 0
        if first[:1] == "p":
            who = next((each for each in self.people if each.person.pk == key), None)
            return service, who, who.desk if who else None
        return service, None, self.desk_of(self.offers.others, str(key))

    def _slot(self, text: str) -> tuple[BookableTimes, datetime] | None:
        key = parse_key(text)
        times = bookable(self.my_desk.region).filter(pk=key[0]).first() if key else None
        return (times, key[1]) if times is not None and key is not None else None
