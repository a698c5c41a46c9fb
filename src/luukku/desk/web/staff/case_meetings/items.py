"""What is done with a listed matter: proposed from its case, its customer asked, written of, decided, moved on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, saved, staff_only
from luukku.desk.access import case_meetings as doors
from luukku.desk.access import get_case
from luukku.desk.actions.case_meetings import consent, listing, running
from luukku.desk.models import ItemCase, MeetingConsent, MeetingItem
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.case_meetings.consent import CONSENT_TEXTS, CONSENT_VERSION
from luukku.desk.queries.reaching import not_asked_on_page
from luukku.desk.web.staff.case_meetings.acts import home, meanwhile
from luukku.desk.web.staff.case_meetings.forms import ConsentForm, ItemForm, ProposeForm, StepForm
from luukku.desk.web.staff.case_meetings.phrases import meeting_label
from luukku.desk.web.staff.case_meetings.show import Sent, page_of
from luukku.desk.web.staff.frame import desk_only
from luukku.network.enums import Right
from luukku.network.models import Organisation


@desk_only
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """From the page of a case: to which meeting, with what question, and in which words for those who may not know whose it is."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    meetings = doors.meetings_to_list_on(actor, case.region_id)
    form = ProposeForm(request.POST or None, meetings=meetings, label=meeting_label)

    def work() -> MeetingItem:
        given = form.cleaned_data
        return listing.propose(by=actor, case=case, submit_key=request.POST.get("submit_key"), **given)

    made = attempt(form, work)
    if made is not None:
        return on_the_list(request, made)
    context = {"case": case, "form": form, "meetings": meetings, "back": case_url(case.number)}
    return render(request, "desk/staff/case_meetings/propose.html", context, status=422 if form.errors else 200)


def on_the_list(request: HttpRequest, made: MeetingItem) -> HttpResponse:
    """A matter has been listed: next its customer is asked."""
    words = _("It is on the list. Ask the customer next whether they may be named.")
    return saved(request, words, reverse("desk:meeting_consent_ask", kwargs={"pk": made.meeting_id, "item": made.pk}))


def _item(request: HttpRequest, pk: int, item: int) -> MeetingItem:
    found = doors.get_item(actor_of(request), item)
    if found.meeting_id != pk:
        raise NotFound
    return found


@require_POST
@staff_only
def write(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Minutes and decision; with the button for it also "discussed", which writes it onto the case."""
    actor, found, form = actor_of(request), _item(request, pk, item), ItemForm(request.POST)
    theirs: list[str] = []

    def work() -> object:
        written = meanwhile(form, theirs, lambda: running.write_item(by=actor, item=found, **form.cleaned_data))
        return running.handle_item(by=actor, item=found) if request.POST.get("do") == "handle" else written

    if attempt(form, work):
        done = request.POST.get("do") == "handle"
        words = _("Written onto the case, and the customer sees that it was discussed.") if done else _("The minutes are saved.")
        return saved(request, words, home(pk, "matters") if done else f"{home(pk)}?item={item}#item-{item}")
    return page_of(request, pk, Sent("item", item, form, "".join(theirs)))


@require_POST
@staff_only
def step(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    actor, found = actor_of(request), _item(request, pk, item)
    organisations = [each.pk for each in doors.member_organisations(found.meeting)]
    form = StepForm(request.POST, organisations=organisations, series_id=found.meeting.series_id)
    if attempt(form, lambda: running.add_step(by=actor, item=found, submit_key=request.POST.get("submit_key"), **form.cleaned_data)):
        return saved(request, _("The step is on the case."), f"{home(pk)}?item={item}#item-{item}")
    return page_of(request, pk, Sent("step", item, form))


@require_POST
@staff_only
def postpone(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    actor, found = actor_of(request), _item(request, pk, item)
    words = _("It is on the list of the next meeting.")
    return do_now(request, lambda: running.postpone_item(by=actor, item=found), done=words, to=home(pk, "matters"))


@require_POST
@staff_only
def up(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    actor, found = actor_of(request), _item(request, pk, item)
    return do_now(request, lambda: listing.move_up(by=actor, item=found), done=_("Moved up."), to=home(pk, "matters"))


@staff_only
def remove(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    actor, found = actor_of(request), _item(request, pk, item)
    if found.organisation_id not in actor.organisation_ids and not doors.can_run(actor, found.meeting):
        raise NotAllowed
    return confirm_page(
        request, lambda: listing.take_off(by=actor, item=found), title=_("Take the matter off the list?"), button=_("Take it off"), back=home(pk),
        text=_("If the customer had opened it to the meeting, it closes at once."), done=_("It is off the list."),
    )  # fmt: skip


@desk_only
def ask(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The customer's word: ask her by mail, or write down what she said."""
    actor, found = actor_of(request), _item(request, pk, item)
    listed = ItemCase.objects.select_related("case__customer__contact").filter(item=found, case__readers__overlap=list(actor.principals)).first()
    if listed is None:
        raise NotFound
    get_case(actor, listed.case_id, need=Right.HANDLE_CASES)
    given = MeetingConsent.objects.filter(item=found).first()
    form = ConsentForm(request.POST if request.POST.get("do") == "write" else None, organisations=_to_ask(found, listed))
    if request.POST.get("do") == "ask":
        return do_now(
            request, lambda: consent.ask_consent(by=actor, item=found), to=case_url(listed.case.number),
            done=_("The customer has got a mail with a link to their page, where they answer."),
        )  # fmt: skip
    if request.POST.get("do") == "withdraw" and given is not None:
        return do_now(
            request, lambda: consent.withdraw_consent(by=actor, consent=given), to=case_url(listed.case.number),
            done=_("Written down. Nobody reads the matter by the meeting any more."),
        )  # fmt: skip
    if attempt(form, lambda: consent.write_down(by=actor, item=found, **form.cleaned_data)):
        return saved(request, _("The customer's word is written down, and shows on the customer's page."), case_url(listed.case.number))
    context = {
        "item": found, "meeting": found.meeting, "case": listed.case, "consent": given, "form": form, "text": CONSENT_TEXTS[CONSENT_VERSION],
        "back": case_url(listed.case.number), "not_by_mail": not_asked_on_page(listed.case),
    }  # fmt: skip
    return render(request, "desk/staff/case_meetings/consent.html", context, status=422 if form.errors else 200)


def _to_ask(item: MeetingItem, listed: ItemCase) -> list[Organisation]:
    """The organisations that meet and do not work on the matter already."""
    working = set(listed.case.legs.values_list("desk__organisation_id", flat=True))
    return [each for each in doors.member_organisations(item.meeting) if each.pk not in working]
