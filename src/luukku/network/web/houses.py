"""Staff screens of a house: who shares the premises, who sits where, who is a host; and one's own word of whether one is in."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.finnish import FinnishKey
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, hour_field, saved, staff_only
from luukku.network import access
from luukku.network.access.houses import can_keep_house, can_seat
from luukku.network.actions.houses import join_house, leave_house, leave_place, sit_in_house
from luukku.network.actions.presence import forget_presence, mark_presence
from luukku.network.enums import PresenceState
from luukku.network.models import HousePlace, Organisation, Person, Premises
from luukku.network.queries.houses import house_page, houses_of, people_to_seat, presence_of, who_may_join


def address(premises: Premises) -> str:
    """The page of the house's upkeep."""
    return reverse("network:house", args=[premises.pk])


class MemberForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Organisation"), empty_label=gettext_lazy("Choose"))

    def __init__(self, *args: Any, premises: Premises, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = who_may_join(premises)  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Who sits where. `is_host` is asked of those who keep the house."""

    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Person"), empty_label=gettext_lazy("Choose"))
    room = forms.CharField(
        label=gettext_lazy("Room"), max_length=60, required=False, help_text=gettext_lazy("As you would say it: room 2, ground floor.")
    )  # fmt: skip
    is_host = forms.BooleanField(
        label=gettext_lazy("Meets those who walk in"), required=False,
        help_text=gettext_lazy("A host receives visitors on the house's own screen and guides them on."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, keeps: bool, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_to_seat(organisation).order_by(FinnishKey("name"), "pk")  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["person"]
        if not keeps:
            del self.fields["is_host"]


@staff_only
def house(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    premises = access.get_premises(actor, pk)
    page = house_page(actor, premises)
    context = {
        "premises": premises, "page": page, "keeps": can_keep_house(actor, premises),
        "mine": {each.pk for each in page.organisations if can_seat(actor, premises, each.pk)},
    }  # fmt: skip
    return render(request, "network/house.html", context)


@staff_only
def join(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    premises = access.get_premises(actor, pk)
    access.require(can_keep_house(actor, premises))
    form = MemberForm(request.POST or None, premises=premises)
    if attempt(form, lambda: join_house(by=actor, premises=premises, organisation=form.cleaned_data["organisation"])):
        return saved(request, _("It is in the house now. Say next who sits where."), address(premises))
    return form_page(request, form, title=_("Who else serves here?"), button=_("Add to the house"), back=address(premises))


@staff_only
def leave(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    actor = actor_of(request)
    premises, organisation = access.get_premises(actor, pk), access.get_organisation(actor, code)
    access.require(can_seat(actor, premises, organisation.pk) and organisation.pk != premises.organisation_id)
    return confirm_page(
        request, lambda: leave_house(by=actor, premises=premises, organisation=organisation), button=_("Take out of the house"),
        title=_("Does %(name)s leave the house?") % {"name": organisation.name}, back=address(premises), done=_("It has left the house."),
        text=_("Its people's rooms end with it. Matters and times are not touched."),
    )  # fmt: skip


@staff_only
def seat(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Somebody of an organisation of the house gets a room there."""
    actor = actor_of(request)
    premises, organisation = access.get_premises(actor, pk), access.get_organisation(actor, code)
    access.require(can_seat(actor, premises, organisation.pk))
    form = PlaceForm(request.POST or None, organisation=organisation, keeps=can_keep_house(actor, premises))
    if attempt(form, lambda: sit_in_house(by=actor, premises=premises, organisation=organisation, **form.cleaned_data)):
        return saved(request, _("Saved."), address(premises))
    title = _("Who of %(name)s sits here?") % {"name": organisation.name}
    return form_page(request, form, title=title, button=_("Save"), back=address(premises))


@staff_only
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Another room, or the end of it."""
    actor, found = actor_of(request), _place(request, pk)
    given = {"room": found.room, "is_host": found.is_host}
    keeps = can_keep_house(actor, found.premises)
    form = PlaceForm(request.POST or None, organisation=found.organisation, keeps=keeps, person=found.person, initial=given)
    if attempt(form, lambda: _move(actor, found, form)):
        return saved(request, _("Saved."), address(found.premises))
    return form_page(request, form, title=found.person.name, button=_("Save"), back=address(found.premises))


@staff_only
def leave_room(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _place(request, pk)
    return confirm_page(
        request, lambda: leave_place(by=actor, place=found), title=_("Does %(name)s sit here no more?") % {"name": found.person.name},
        text=_("This person is not shown among those of the house any more."), button=_("Take out of the house"), back=address(found.premises),
        done=_("Saved."),
    )  # fmt: skip


def _place(request: HttpRequest, pk: int) -> HousePlace:
    actor = actor_of(request)
    found = HousePlace.objects.filter(pk=pk, valid_until=None).select_related("premises__organisation", "person", "organisation").first()
    if found is None:
        raise NotFound
    access.require(can_seat(actor, found.premises, found.organisation_id))
    return found


def _move(actor: Actor, found: HousePlace, form: PlaceForm) -> HousePlace:
    given = form.cleaned_data
    host = given.get("is_host", found.is_host)
    return sit_in_house(by=actor, premises=found.premises, organisation=found.organisation, person=found.person, room=given["room"], is_host=host)


class PresenceForm(forms.Form):
    """In, back at an hour, away."""

    state = forms.ChoiceField(
        choices=PresenceState.choices, label=gettext_lazy("Are you in?"), error_messages={"required": gettext_lazy("Choose whether you are in.")}
    )  # fmt: skip
    back = hour_field(gettext_lazy("Back at"), required=False)


@staff_only
def presence(request: HttpRequest) -> HttpResponse:
    """My own page of today: the buttons of the header send here too, and lead back to where they were pressed."""
    actor = actor_of(request)
    form = PresenceForm(request.POST or None)
    if attempt(form, lambda: mark_presence(by=actor, **form.cleaned_data)):
        return saved(request, _("Your colleagues in the house see it until midnight."), _next(request))
    context = {"form": form, "said": presence_of(actor), "houses": houses_of(actor)}
    return render(request, "network/presence.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def forget(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return do_now(request, lambda: forget_presence(by=actor), done=_("Taken back."), to=reverse("network:presence"))


def _next(request: HttpRequest) -> str:
    given = request.POST.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("network:presence")
