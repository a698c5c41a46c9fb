"""Two records of one person are compared side by side, merged, and parted again."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, saved
from luukku.desk.access import get_case
from luukku.desk.actions.joining.merging import against_merging, merge, undo_merging
from luukku.desk.models import CustomerMerging
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.merged import Record, merging_of, records_of
from luukku.desk.web.staff.frame import desk_only
from luukku.network.enums import Right


class MergeForm(forms.Form):
    """Which record stays, and that they are one person."""

    stays = forms.TypedChoiceField(
        label=gettext_lazy("Which record stays"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which one stays.")},
    )
    is_one = forms.BooleanField(required=False, label=gettext_lazy("I have made sure that they are one person"))

    def __init__(self, data: object = None, *, options: list[Record]) -> None:
        super().__init__(data, initial={"stays": options[0].contact.customer_id if options else None})  # type: ignore[arg-type]
        names = {each.contact.customer_id: ", ".join([_called(each), *(case.number for case in each.cases[:1])]) for each in options}
        field = self.fields["stays"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(key, _("%(name)s, written down %(day)s") % {"name": name, "day": _day(options, key)}) for key, name in names.items()]


def _called(record: Record) -> str:
    return record.contact.name or record.contact.email or record.contact.phone


def _day(options: list[Record], key: int) -> str:
    made = next(each.contact.customer.created_at for each in options if each.contact.customer_id == key)
    return f"{made.day}.{made.month}.{made.year}"


@desk_only
def compare(request: HttpRequest, number: str, other: str) -> HttpResponseBase:
    """The record that was made first stays, unless somebody chooses otherwise."""
    actor = actor_of(request)
    if get_case(actor, number).customer_id == get_case(actor, other).customer_id:
        return part(request, number)
    sides = sorted(records_of(actor, number, other), key=lambda each: each.contact.customer_id)
    first, second = (each.contact.customer for each in sides)
    against = {stays.pk: against_merging(actor, gone, stays) for stays, gone in ((first, second), (second, first))}
    options = [each for each in sides if not against[each.contact.customer_id]]
    form = MergeForm(request.POST or None, options=options)
    made = attempt(form, lambda: _merge(actor, sides, form)) if options else None
    if made is not None:
        return saved(request, _("The customer has one record now. You can undo it where you correct contact data."), case_url(number))
    context = {
        "sides": sides, "form": form, "options": options, "against": list(dict.fromkeys(each for found in against.values() for each in found)),
        "back": case_url(number), "number": number, "other": other,
    }  # fmt: skip
    return render(request, "desk/staff/merge.html", context, status=422 if form.errors else 200)


def _merge(actor: Actor, sides: list[Record], form: MergeForm) -> CustomerMerging:
    stays = form.cleaned_data["stays"]
    gone = next(each.contact.customer_id for each in sides if each.contact.customer_id != stays)
    return merge(by=actor, gone_id=gone, stays_id=stays, is_one=form.cleaned_data["is_one"])


@desk_only
def part(request: HttpRequest, number: str) -> HttpResponse:
    """The merging that moved this matter, or one of its customer's, is undone."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    merging = merging_of(actor, case.pk)
    if merging is None:
        raise NotFound
    return confirm_page(
        request, lambda: undo_merging(by=actor, merging=merging), title=_("Make them two customers again"),
        text=_("The matters that were moved go back to the record they came from, and so do the contact data that were filled in."),
        button=_("Make them two again"), back=case_url(number), done=_("They are two customers again."),
    )  # fmt: skip
