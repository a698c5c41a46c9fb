"""How it went: the half-yearly summary of an organisation, and its tablets."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, chosen, do_now, form_page, saved
from luukku.core.ui.tables import table_file
from luukku.desk.access import get_kiosk
from luukku.desk.access.desks import desks_led, leads_desk
from luukku.desk.access.links import kiosk_token
from luukku.desk.actions.follow_ups import finish_follow_up
from luukku.desk.actions.kiosks import end_kiosk, renew_kiosk, set_up_kiosk
from luukku.desk.enums import Face
from luukku.desk.models import Kiosk
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.after import feedback_of, get_follow_up, open_follow_ups
from luukku.desk.queries.faces import FACES, Faces, KioskLine, feedback_organisations, half_years, kiosk_lines
from luukku.desk.web.staff.frame import desk_only
from luukku.network.access import may, require
from luukku.network.enums import Right
from luukku.network.models import Desk

THIN = 10  # below this a mean says little, and is shown pale
SOURCES = {"case": gettext_lazy("After a matter"), "kiosk": gettext_lazy("On a tablet")}


class KioskForm(forms.Form):
    """Where a new tablet stands."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"))
    place = forms.CharField(label=gettext_lazy("Where it stands"), max_length=80, help_text=gettext_lazy("Such as Main hall or Reception."))

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        desks = desks_led(actor)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        if len(desks) == 1:
            self.initial["desk"] = desks[0]


@dataclass(frozen=True)
class FaceRow:
    """One half-year of one source as it is shown: a cell for each face, best first, with count and share."""

    faces: Faces

    @property
    def source(self) -> str:
        return str(SOURCES[self.faces.source])

    @property
    def half(self) -> str:
        half = self.faces.half
        words = _("January–June %(year)s") if half.half == 1 else _("July–December %(year)s")
        return words % {"year": half.year}

    @property
    def thin(self) -> bool:
        return self.faces.answers < THIN

    @property
    def mean(self) -> str:
        return number_format(self.faces.mean, 1) if self.faces.mean is not None else "–"

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        return [(str(Face(face).label), self.faces.of.get(face, 0), round(self.faces.share(face) * 100)) for face in FACES]

    @property
    def n(self) -> str:
        return ngettext("%(n)s answer", "%(n)s answers", self.faces.answers) % {"n": self.faces.answers}


@dataclass(frozen=True)
class KioskRow:
    line: KioskLine
    url: str
    can_lead: bool


@require_safe
@desk_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    organisations = feedback_organisations(actor)
    organisation = chosen(request, "organisation", organisations)
    leads = may(actor, Right.LEAD_DESK, organisation_id=organisation.pk)
    rows = [FaceRow(each) for each in half_years(actor, organisation)]
    kiosks = [_kiosk_row(each, leads) for each in kiosk_lines(actor, organisation)]
    labels = [str(Face(face).label) for face in FACES]
    low, now = open_follow_ups(actor, organisation.pk), timezone.now()
    context = {
        "low": low,
        "now": now,
        "organisations": organisations,
        "organisation": organisation,
        "rows": rows,
        "kiosks": kiosks,
        "leads": leads,
        "labels": labels,
    }
    return render(request, "desk/staff/faces.html", context)


def _kiosk_row(line: KioskLine, leads: bool) -> KioskRow:
    url = settings.LUUKKU_BASE_URL + reverse("desk:kiosk", kwargs={"token": kiosk_token(line.kiosk)}) if leads and line.kiosk.ended_at is None else ""
    return KioskRow(line, url, leads)


@require_safe
@desk_only
def table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    organisation = chosen(request, "organisation", feedback_organisations(actor))
    heads = [_("Half-year"), _("Source"), *(str(Face(face).label) for face in FACES), _("Answers"), _("Mean, 1–4")]
    rows = [
        [row.half, row.source, *(str(n) for _label, n, _share in row.cells), str(row.faces.answers), row.mean]
        for row in (FaceRow(each) for each in half_years(actor, organisation))
    ]
    return table_file(request, f"palaute-{organisation.code}", heads, rows)


@desk_only
def new_kiosk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(leads_desk(actor))
    form = KioskForm(request.POST or None, actor=actor)

    def work() -> int:
        return set_up_kiosk(by=actor, desk=form.cleaned_data["desk"], place=form.cleaned_data["place"]).pk

    if attempt(form, lambda: once(request.POST.get("submit_key"), work, "kiosk")) is not None:
        return saved(
            request, _("The tablet's page is ready. Open its address on the tablet and leave it there."), _address(form.cleaned_data["desk"])
        )
    intro = _("Four faces, one touch. The page works without network and asks nothing of who answers.")
    return form_page(request, form, title=_("New tablet"), button=_("Make the page"), back=reverse("desk:faces"), intro=intro)


class FollowUpForm(forms.Form):
    """What was done about a low mark."""

    words = forms.CharField(
        label=gettext_lazy("What was done"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Seen inside only, never by the customer."),
        error_messages={"required": gettext_lazy("Write something first.")},
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("What the customer is told"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The customer reads this on their page, and says by a face whether it was right."),
        error_messages={"required": gettext_lazy("Write what the customer is told.")},
    )  # fmt: skip


@desk_only
def follow_up(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The low mark with her words, and what was done about it."""
    actor, found = actor_of(request), get_follow_up(actor_of(request), number, pk)
    form = FollowUpForm(request.POST or None)
    if attempt(form, lambda: finish_follow_up(by=actor, follow_up=found, **form.cleaned_data)) is not None:
        return saved(request, _("Thank you. It stands in the notes of the case."), case_url(found.case.number))
    context = {"form": form, "follow_up": found, "feedback": feedback_of(found), "now": timezone.now()}
    return render(request, "desk/staff/follow_up.html", context, status=422 if form.errors else 200)


@require_POST
@desk_only
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    actor, kiosk = actor_of(request), get_kiosk(actor_of(request), pk)
    done = _("The tablet has a new address. The old one shows nothing any more.")
    return do_now(request, lambda: renew_kiosk(by=actor, kiosk=kiosk), done=done, to=_address(kiosk))


@require_POST
@desk_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, kiosk = actor_of(request), get_kiosk(actor_of(request), pk)
    return do_now(request, lambda: end_kiosk(by=actor, kiosk=kiosk), done=_("The tablet is out of use. Its answers stay."), to=_address(kiosk))


def _address(of: Kiosk | Desk) -> str:
    desk = of.desk if isinstance(of, Kiosk) else of
    return f"{reverse('desk:faces')}?organisation={desk.organisation.code}"
