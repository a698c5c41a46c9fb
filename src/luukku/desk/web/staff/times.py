"""An adviser's times: her week, what is published, busy hours. The desk's lead sees the whole desk's."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved
from luukku.desk.access import can_publish
from luukku.desk.access.desks import desks_led
from luukku.desk.actions.appointments.editing import Told, booked_of, change_times, take_back_times
from luukku.desk.actions.appointments.publishing import be_busy, be_free, publish_times
from luukku.desk.models import BookableTimes, BusyTime
from luukku.desk.queries.logging_choices import logging_choices
from luukku.desk.queries.week import monday_of, week
from luukku.desk.web.staff.frame import desk_only, handles_cases
from luukku.desk.web.staff.times_forms import AwayForm, PublishForm, TakeBackForm, initial_of
from luukku.desk.web.staff.times_lines import published_lines, today_of
from luukku.network.access import get_person
from luukku.network.models import Desk


@require_safe
@desk_only
def mine(request: HttpRequest) -> HttpResponse:
    """My booked times of a week; with `tiski` those of the desks that I lead."""
    actor = actor_of(request)
    led = list(desks_led(actor))
    whole = bool(led) and request.GET.get("nayta") == "tiski"
    first = monday_of(_day(request) or timezone.localdate())
    page = week(actor, first, desks=[desk.pk for desk in led]) if whole else week(actor, first, people=[actor.person_id or 0])
    context = {
        "week": page, "whole": whole, "led": led, "before": first - timedelta(days=7), "after": first + timedelta(days=7),
        "published": published_lines(page), "now": timezone.now(), "is_now": first == monday_of(timezone.localdate()), "today": today_of(page),
        "can_publish": handles_cases(actor),
    }  # fmt: skip
    return render(request, "desk/staff/times.html", context)


@desk_only
def publish(request: HttpRequest) -> HttpResponse:
    actor, desks = actor_of(request), _desks(request)
    if not desks:
        raise NotAllowed
    form = PublishForm(request.POST or None, desks=desks, me=actor.person_id)
    if attempt(form, lambda: publish_times(by=actor, form=form.times())):
        return saved(request, _("The times can be booked now."), reverse("desk:my_times"))
    return render(request, "desk/staff/times_publish.html", {"form": form, "back": reverse("desk:my_times")}, status=422 if form.errors else 200)


@desk_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move, shorten or lengthen; what no longer fits is told to those who have booked."""
    actor, times = actor_of(request), _times(request, pk)
    booked = booked_of(actor, times)
    form = PublishForm(request.POST or None, desks=[times.desk], me=actor.person_id, initial=initial_of(times))
    told = attempt(form, lambda: change_times(by=actor, times=times, form=form.times()))
    if told is not None:
        return saved(request, _told(told), reverse("desk:my_times"))
    context = {"form": form, "back": reverse("desk:my_times"), "times": times, "booked": booked}
    return render(request, "desk/staff/times_publish.html", context, status=422 if form.errors else 200)


@desk_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor, times = actor_of(request), _times(request, pk)
    count = len(booked_of(actor, times))
    form = TakeBackForm(request.POST or None, initial={"booked": "stays"})
    told = attempt(form, lambda: take_back_times(by=actor, times=times, cancels=form.cleaned_data["booked"] == "off"))
    if told is not None:
        return saved(request, _told(told, _("The times are taken back.")), reverse("desk:my_times"))
    intro = _("Nobody can book them any more.")
    if count:
        intro += " " + ngettext("One time is booked.", "%(n)s times are booked.", count) % {"n": count}
    return form_page(request, form, title=_("Take these times back?"), button=_("Take back"), back=reverse("desk:my_times"), intro=intro)


def _times(request: HttpRequest, pk: int) -> BookableTimes:
    times = BookableTimes.objects.select_related("desk__organisation", "desk__region").filter(pk=pk).first()
    if times is None:
        raise NotFound
    if not can_publish(actor_of(request), times.desk, list(times.people.values_list("pk", flat=True))):
        raise NotAllowed
    return times


def _told(told: Told, words: str = "") -> str:
    """What has become of what was booked, in sentences."""
    said = [words or _("The changes are saved.")]
    if told.moved:
        said.append(ngettext("One customer is told of the new place.", "%(n)s customers are told of the new place.", told.moved) % {"n": told.moved})
    if told.cancelled:
        some = ngettext("One time is taken off and the customer told.", "%(n)s times are taken off and the customers told.", told.cancelled)
        said.append(some % {"n": told.cancelled})
    if told.others:
        some = ngettext("One belongs to another organisation's matter: ask its handler.", "%(n)s belong to others: ask the handlers.", told.others)
        said.append(some % {"n": told.others})
    return " ".join(said)


@desk_only
def away(request: HttpRequest) -> HttpResponse:
    """My busy; the desk's lead may tell a colleague's by `kuka`."""
    actor = actor_of(request)
    person = get_person(actor, key_of(request.GET.get("kuka")) or actor.person_id or 0)
    form = AwayForm(request.POST or None)
    if form.is_valid():
        start, end = form.span()
        if attempt(form, lambda: be_busy(by=actor, person=person, starts_at=start, ends_at=end)):
            return saved(request, _("Nothing can be booked then. What is booked already is shown above."), reverse("desk:my_times"))
    intro = _("No times are given out then. What is booked already stays, and is shown to be moved. For whole days, enter an absence with a deputy.")
    return form_page(request, form, title=_("Busy hours"), button=_("Save"), back=reverse("desk:my_times"), intro=intro)


@require_POST
@desk_only
def back(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    busy = BusyTime.objects.select_related("person").filter(pk=pk).first()
    if busy is None:
        raise NotFound
    return do_now(
        request, lambda: be_free(by=actor, busy=busy), done=_("The busy hours are taken off."), to=reverse("desk:my_times")
    )  # fmt: skip


def _desks(request: HttpRequest) -> list[Desk]:
    return list(logging_choices(actor_of(request)).own)


def _day(request: HttpRequest) -> date | None:
    try:
        day = parse_date(request.GET.get("viikko", ""))
    except ValueError:
        return None
    return day if day is not None and 1900 < day.year < 3000 else None
