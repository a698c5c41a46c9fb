"""A statement is asked for: first the form, then of whom, on what plan, and the customer's word."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only, words_field
from luukku.customers.enums import ConsentWay
from luukku.desk.access import get_leg
from luukku.desk.models import Attachment, Leg
from luukku.desk.queries.addresses import case_url
from luukku.network.enums import LanguageCode, Right
from luukku.statements.access import get_plan, visible_statements
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.enums import CLOSED, Filler
from luukku.statements.models import FormVersion, Plan
from luukku.statements.models.forms import MOST_DAYS
from luukku.statements.queries.choices import form_choices, giver_desks, giver_people
from luukku.statements.queries.ready_made import READY_MADE
from luukku.statements.web.answer_fields import add_questions, answers_of


class AskForm(forms.Form):
    """Title, basics, answers and files only where the plan is a new one."""

    title = forms.CharField(
        label=gettext_lazy("What is planned, in a line"), max_length=160,
        error_messages={"required": gettext_lazy("Write what is planned, in a line.")},
    )  # fmt: skip
    basics = words_field(
        gettext_lazy("The plan in short"), 5, error_messages={"required": gettext_lazy("Write the plan in short.")},
        help_text=gettext_lazy("Whoever is asked reads this, the files and the answers, and nothing else of the matter."),
    )  # fmt: skip
    attached = forms.MultipleChoiceField(label=gettext_lazy("Files that go along"), required=False, widget=forms.CheckboxSelectMultiple)
    desks = forms.MultipleChoiceField(label=gettext_lazy("Of whom"), required=False, widget=forms.CheckboxSelectMultiple)
    person = forms.ChoiceField(label=gettext_lazy("Addressed to a person"), required=False)
    outside_name = forms.CharField(label=gettext_lazy("Organisation outside the network"), max_length=160, required=False)
    outside_email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("Its e-mail address"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the address like name@example.fi.")},
    )
    outside_language = forms.ChoiceField(label=gettext_lazy("In which language they are written to"), choices=LanguageCode.choices, required=False)
    asks = words_field(gettext_lazy("What is asked"), 3, error_messages={"required": gettext_lazy("Write what is asked.")})
    working_days = forms.IntegerField(
        label=gettext_lazy("In how many working days"), min_value=1, max_value=MOST_DAYS,
        error_messages={"required": gettext_lazy("Give the number of working days.")},
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=gettext_lazy("The customer's word"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the customer agrees to this.")},
        choices=[
            (ConsentWay.PAGE.value, gettext_lazy("Ask the customer on their own page: it leaves when they have agreed")),
            (ConsentWay.PHONE.value, gettext_lazy("The customer agreed on the phone: it leaves now")),
            (ConsentWay.IN_PERSON.value, gettext_lazy("The customer agreed face to face: it leaves now")),
            (ConsentWay.WRITTEN.value, gettext_lazy("The customer agreed in writing: it leaves now")),
        ],
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg, version: FormVersion, plan: Plan | None = None) -> None:
        super().__init__(data, initial={"working_days": version.working_days, "outside_language": leg.case.language, "title": leg.case.subject})
        self.version, self.plan = version, plan
        desks = giver_desks(leg.desk.region, leg.desk.organisation_id)
        self.desk_of = {str(each.pk): each for each in desks}
        self.person_of = {f"{person.pk}": (person, organisation) for person, organisation in giver_people(desks)}
        names = {each.organisation_id: each.organisation.name for each in self.desk_of.values()}
        self.choose("desks", [(key, each.organisation.name) for key, each in self.desk_of.items()])
        self.choose("person", [("", _("The desk decides who writes it")), *((k, f"{p.name}, {names[o]}") for k, (p, o) in self.person_of.items())])
        self.questions: list[str] = []
        if plan is not None:
            for name in ("title", "basics", "attached"):
                del self.fields[name]
        else:
            attachments = Attachment.objects.filter(case=leg.case_id, note=None).select_related("file").order_by("id")
            self.choose("attached", [(str(each.pk), each.file.name) for each in attachments])
            self.questions = add_questions(self, version, Filler.CUSTOMER)
        for name in ("desks", "outside_name", "outside_email", "outside_language"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A person goes with her own organisation's desk."""
        given = super().clean() or {}
        person = self.person_of.get(given.get("person") or "")
        chosen = {self.desk_of[key].organisation_id for key in given.get("desks", ())}
        if person is not None and person[1] not in chosen:
            self.add_error("person", _("Choose the organisation above too."))
        return given

    def asking(self) -> Asking:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        person = self.person_of.get(given["person"])
        givers = []
        for key in given["desks"]:
            desk = self.desk_of[key]
            givers.append(Giver(desk, person[0] if person is not None and person[1] == desk.organisation_id else None))
        if given["outside_name"] or given["outside_email"]:
            givers.append(Giver(outside=Outside(given["outside_name"], given["outside_email"], given["outside_language"] or LanguageCode.FI)))
        return Asking(
            form=self.version, asks=given["asks"], givers=givers, consent=given["consent"], working_days=given["working_days"], plan=self.plan,
            title=given.get("title", ""), basics=given.get("basics", ""), answers=answers_of(self.version, Filler.CUSTOMER, given),
            attachments=[int(key) for key in given.get("attached", ())],
        )  # fmt: skip


@staff_only
def ask_for(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The form is chosen first; `plan` names one that others have been asked on."""
    actor = actor_of(request)
    leg = get_leg(actor, pk, need=Right.HANDLE_CASES)
    if leg.case.number != number.upper():
        raise NotFound
    key, back = request.GET.get("lomake", ""), case_url(number)
    plan = _plan_of(request, leg)
    version = plan.form if plan is not None else _version_of(request, leg, key)
    if version is None:
        context = {"leg": leg, "case": leg.case, "choices": form_choices(leg.desk.region), "back": back}
        return render(request, "statements/staff/choose.html", context)
    form = AskForm(request.POST or None, leg=leg, version=version, plan=plan)
    made = attempt(form, lambda: ask(by=actor, leg=leg, asking=form.asking(), submit_key=request.POST.get("submit_key")))
    if made is not None:
        asked = form.cleaned_data["consent"] == ConsentWay.PAGE
        words = _("The customer has been asked. The statements are asked for when they agree.") if asked else _("The statements have been asked for.")
        return saved(request, words, back)
    context = {
        "leg": leg, "case": leg.case, "form": form, "version": version, "plan": plan, "back": back,
        "before": visible_statements(actor).filter(plan=plan).exclude(state__in=CLOSED).select_related("to_desk__organisation") if plan else (),
        "questions": [form[name] for name in form.questions],
    }  # fmt: skip
    return render(request, "statements/staff/ask.html", context, status=422 if form.errors else 200)


def _plan_of(request: HttpRequest, leg: Leg) -> Plan | None:
    key = key_of(request.GET.get("suunnitelma"))
    if key is None:
        return None
    plan = get_plan(actor_of(request), key)
    if plan.case_id != leg.case_id or plan.desk_id != leg.desk_id:
        raise NotFound
    return plan


def _version_of(request: HttpRequest, leg: Leg, key: str) -> FormVersion | None:
    """The newest version of the form in the address; a ready-made one becomes the region's own when something is sent on it.

    What is sent comes back with its words also when the form has been taken out of use meanwhile: `ask` says so.
    """
    sent = request.method == "POST"
    if key in READY_MADE:
        if sent:
            return take_ready_made(by=actor_of(request), region=leg.desk.region, code=key)
        chosen = next((each for each in form_choices(leg.desk.region) if each.key == key), None)
        if chosen is None:  # the region has it already
            return FormVersion.objects.filter(form__region=leg.desk.region, form__code=key, form__retired_at=None).order_by("-number").first()
        ready = READY_MADE[key]
        titles = {f"title_{language}": words for language, words in ready.title.items()}
        return FormVersion(working_days=ready.working_days, is_shown=ready.is_shown, fields=[each.stored() for each in ready.questions], **titles)
    return next((each.version for each in form_choices(leg.desk.region, with_retired=sent) if each.key == key), None)
