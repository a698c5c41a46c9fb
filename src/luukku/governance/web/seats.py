"""A member says what her seat is worth, or the coordinator who has asked her."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.governance.access import can_answer_seat, get_group
from luukku.governance.actions.seats import answer_seat
from luukku.governance.models import Membership
from luukku.governance.web.seat_forms import SeatFields
from luukku.network.access import require


@staff_only
def answer(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor = actor_of(request)
    group = get_group(actor, pk)
    found = Membership.objects.select_related("group", "person").filter(pk=which, group=group).first()
    if found is None:
        raise NotFound
    require(can_answer_seat(actor, found))
    form, back = SeatFields(request.POST or None, member=found), reverse("governance:group", kwargs={"pk": pk})
    if attempt(form, lambda: answer_seat(by=actor, membership=found, answer=form.made())) is not None:
        return saved(request, _("Thank you. This is asked again in a year."), back)
    intro = _("The group plans its work by these. Ask your employer when you are not sure.")
    title = _("Time and mandate: %(name)s") % {"name": found.who}
    return form_page(request, form, title=title, button=_("Save"), back=back, intro=intro)
