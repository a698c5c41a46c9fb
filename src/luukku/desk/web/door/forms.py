"""Forms of the door. They check shape; whether a need or message can be taken is the actions' rule."""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.ui.forms import day_field
from luukku.customers.enums import ContactWay
from luukku.desk.actions.intake import NeedForm
from luukku.desk.enums import Channel, Face
from luukku.desk.queries.company_as_told import company_and_id
from luukku.desk.web.door.fields import ManyFilesField, keep_files
from luukku.network.models import Desk, Municipality, Region
from luukku.network.queries.regions import municipalities_elsewhere

ELSEWHERE = "other"
_LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))
_FIELD_OF_RULE = {"business_id": "company"}


def ways() -> list[tuple[str, str]]:
    """By what she may want to be reached, as a form offers it."""
    return [("", gettext("Either will do")), *ContactWay.offered()]


def break_rule(form: forms.Form, broken: RuleBroken) -> None:
    """Show the rule's sentence at its field, or above the form."""
    name = _FIELD_OF_RULE.get(broken.field or "", broken.field)
    form.add_error(name if name in form.fields else None, broken.message)
    keep_files(form)


class PlaceField(forms.ChoiceField):
    """A municipality out of hundreds: their names are written only where the field is shown."""

    codes: Container[str] = ()

    def valid_value(self, value: Any) -> bool:
        return str(value) in self.codes


class SendForm(forms.Form):
    """A need, and how to reach her who has it. A customer who has signed in is known already."""

    words = forms.CharField(
        label=_("Your matter"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tell in your own words what you need. A sentence is enough.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that we know whom to ask for.")},
    )
    municipality = PlaceField(label=_("Municipality"), error_messages={"required": _("Choose your municipality.")})
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}))
    company = forms.CharField(
        label=_("Company’s name or business ID"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    needed_by = day_field(_("By when do you need this?"), required=False, error_messages={"invalid": _("Write the day like this: 31.12.2026.")})
    language = forms.ChoiceField(label=_("In which language may we contact you?"), choices=_LANGUAGES)
    way = forms.ChoiceField(
        label=_("How would you rather hear from us?"),
        choices=ways,
        widget=forms.RadioSelect,
        required=False,
    )
    files = ManyFilesField()  # type: ignore[assignment]  # the class of fields takes it out of the form's own attributes
    website = forms.CharField(required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(
        self,
        *args: Any,
        region: Region | None,
        municipalities: Iterable[Municipality],
        known: bool = False,
        own_door: Desk | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.region, self.own_door = region, own_door
        self.doors: list[Region] = []  # of which the sender chooses one, where none serves her municipality
        self.fields["words"].help_text = gettext("Add what you like. Do not write personal identity codes.")
        here, others = list(municipalities), municipalities_elsewhere(region) if region else []
        self.by_code = {each.code: each for each in (*here, *others)}
        self._place({ELSEWHERE, *self.by_code}, lambda: [
            ("", _("Choose")), *_named(here), (gettext("Another municipality"), _named(others)), (ELSEWHERE, _("Not in Finland, or not known yet")),
        ])  # fmt: skip
        self._field("language").initial = (get_language() or "fi")[:2]
        for name in ("email", "phone"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]
        if known:
            for name in ("name", "email", "phone", "way"):
                del self.fields[name]
        elif self.is_bound and not (self.data.get("email", "").strip() or self.data.get("phone", "").strip()):
            self.fields["email"].required = True
            self.fields["email"].error_messages["required"] = _("Give an e-mail address or a phone number, so that we can reach you.")

    def _place(self, codes: Container[str], choices: Callable[[], list[Any]]) -> None:
        """Which municipalities can be chosen, and how they are shown."""
        field = self.fields["municipality"]
        assert isinstance(field, PlaceField)
        field.codes, field.choices = codes, choices

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def suggest_from(self, address: str) -> None:
        """While she writes, what may help is asked there and shown below her words."""
        self.fields["words"].help_text = gettext("Write in your own words. Do not write personal identity codes.")
        self.fields["words"].widget.attrs |= {
            "hx-post": address, "hx-params": "words,municipality,csrfmiddlewaretoken",
            "hx-trigger": "input changed delay:450ms, change from:#id_municipality",
            "hx-target": "#live", "hx-swap": "outerHTML", "hx-sync": "this:replace",
        }  # fmt: skip

    @property
    def has_more(self) -> bool:
        """Whether the part that is folded away holds something."""
        more = ("company", "needed_by", "way", "files")
        typed = any(self.data.get(name) or self.errors.get(name) for name in more)
        return self.is_bound and (typed or bool(getattr(self.fields["files"], "good", ())))

    def clean_website(self) -> str:
        given = str(self.cleaned_data["website"])
        if given:
            raise forms.ValidationError(_("Leave the last field empty: it is there to catch machines."))
        return given

    def need(self) -> NeedForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        name, business_id = company_and_id(given["company"])
        assert self.region is not None
        return NeedForm(
            region=self.region,
            words=given["words"],
            language=given["language"],
            municipality=self.by_code.get(given["municipality"]),
            name=given.get("name", ""),
            email=given.get("email", ""),
            phone=given.get("phone", ""),
            company_name=name,
            business_id=business_id,
            needed_by=given["needed_by"],
            channel=Channel.WEB,
            way=given.get("way", ""),
            files=given["files"],
            own_door=self.own_door,
        )


def _named(places: Iterable[Municipality]) -> list[tuple[str, str]]:
    return [(each.code, str(each.name)) for each in places]


class MessageForm(forms.Form):
    """A message from the customer."""

    body = forms.CharField(label=_("Your message"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    files = ManyFilesField()  # type: ignore[assignment]  # the class of fields takes it out of the form's own attributes

    def __init__(self, *args: Any, readers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].says_optional = False  # type: ignore[attr-defined]  # a file alone is a message too
        self.fields["body"].help_text = gettext("Read by %(names)s.") % {"names": ", ".join(readers)} if readers else ""


class ReopenForm(forms.Form):
    words = forms.CharField(label=_("What is still open?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class FeedbackForm(forms.Form):
    """One face, and if she likes a few words."""

    face = forms.TypedChoiceField(
        label=_("How did it go?"),
        coerce=int,
        choices=[(face.value, face.label) for face in reversed(Face)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four faces."), "invalid_choice": _("Choose one of the four faces.")},
    )
    comment = forms.CharField(label=_("Would you like to say more?"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    may_contact = forms.BooleanField(label=_("You may contact me about this"), required=False)


class AnswerForm(forms.Form):
    """Whether what we did because of her low mark was right, by a face."""

    answer_face = forms.TypedChoiceField(
        label=_("Was this right?"), coerce=int, choices=[(face.value, face.label) for face in reversed(Face)], widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four faces."), "invalid_choice": _("Choose one of the four faces.")},
    )  # fmt: skip


def by_of(actor: Actor) -> Actor:
    """Who sends a need by the public form: a customer who has signed in as herself, everybody else as anybody."""
    return actor if actor.kind == "customer" else Actor()
