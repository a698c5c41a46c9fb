"""Forms of those who make questionnaires and surveys. They check shape; field names are those by which actions name what is wrong."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import day_field, words_field
from luukku.network.enums import LanguageCode
from luukku.surveys.access import invitations_of
from luukku.surveys.actions.inviting import Invitee
from luukku.surveys.actions.questionnaires import QuestionnaireForm
from luukku.surveys.actions.surveys import SurveyForm
from luukku.surveys.enums import CODED, LISTED, SCALED, Kind, Way
from luukku.surveys.models import Invitation, Questionnaire, Survey
from luukku.surveys.models.questions import Option, Question, Rule, Texts
from luukku.surveys.queries.lists import people_of

_CODE = re.compile(r"[a-z0-9]{1,20}")
_LINE = re.compile(r"^\s*(?P<name>[^<>;]*?)\s*<?(?P<email>[^\s<>;]+@[^\s<>;]+)>?\s*(?:;\s*(?P<language>fi|sv|en))?\s*$")


class QuestionnaireFields(forms.Form):
    title_fi = forms.CharField(label=gettext_lazy("Name, in Finnish"), max_length=160, required=False)
    title_sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=160, required=False)
    title_en = forms.CharField(label=gettext_lazy("In English"), max_length=160, required=False)
    intro_fi = words_field(gettext_lazy("What it is for, in Finnish"), 3, required=False)
    intro_sv = words_field(gettext_lazy("In Swedish"), 3, required=False)
    intro_en = words_field(gettext_lazy("In English"), 3, required=False)
    privacy = forms.ChoiceField(
        label=gettext_lazy("Whose answer is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("anonymous", gettext_lazy("Anonymous: nobody can tell who answered what")),
            ("named", gettext_lazy("Named: those who keep the survey see who answered what")),
        ],
    )
    hide_below = forms.IntegerField(label=gettext_lazy("Show nothing of fewer answers than"), min_value=1, max_value=100)
    for_customers = forms.BooleanField(
        label=gettext_lazy("It is asked of customers"),
        required=False,
        help_text=gettext_lazy("Then nobody is asked who has been asked something by the network in the last three months."),
    )
    asks_organisation = forms.BooleanField(label=gettext_lazy("Whoever comes by the open link is asked for the organisation"), required=False)

    takes_needs = forms.BooleanField(
        label=gettext_lazy("Whoever answers may ask to be contacted about what they need"),
        required=False,
        help_text=gettext_lazy("What they write becomes a matter at the region’s door at once. Only where the answer is named."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, questionnaire: Questionnaire | None = None) -> None:
        initial: dict[str, Any] = {"privacy": "anonymous", "hide_below": 5}
        if questionnaire is not None:
            names = [f"{stem}_{code}" for stem in ("title", "intro") for code in LANGUAGES]
            initial = {name: getattr(questionnaire, name) for name in (*names, "hide_below", "for_customers", "asks_organisation", "takes_needs")}
            initial["privacy"] = "anonymous" if questionnaire.is_anonymous else "named"
        super().__init__(data, initial=initial)

    def made(self) -> QuestionnaireForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        titles, intros = ({code: given[f"{stem}_{code}"] for code in LANGUAGES} for stem in ("title", "intro"))
        return QuestionnaireForm(
            titles,
            intros,
            given["privacy"] == "anonymous",
            given["hide_below"],
            given["for_customers"],
            given["asks_organisation"],
            given["takes_needs"],
        )


def _lines(options: Sequence[Option]) -> str:
    return "\n".join(" | ".join([each.code, *(each.text.get(code, "") for code in LANGUAGES)]).rstrip(" |") for each in options)


def options_of(text: str, field: str) -> tuple[Option, ...]:
    """Lines of `code | Finnish | Swedish | English`. Raises RuleBroken for one that cannot be read."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        code, *texts = (part.strip() for part in line.split("|"))
        if not _CODE.fullmatch(code) or not texts or len(texts) > 3 or not any(texts):
            raise RuleBroken(_("This line cannot be read: %(line)s") % {"line": line[:60]}, field=field)
        found.append(Option(code, dict(zip(LANGUAGES, texts, strict=False))))
    return tuple(found)


class QuestionFields(forms.Form):
    """All kinds on one form: what a kind does not need is left alone."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=Kind.choices)
    text_fi = words_field(gettext_lazy("Question, in Finnish"), 2, required=False)
    text_sv = words_field(gettext_lazy("In Swedish"), 2, required=False)
    text_en = words_field(gettext_lazy("In English"), 2, required=False)
    help_fi = forms.CharField(label=gettext_lazy("Advice under the question, in Finnish"), max_length=300, required=False)
    help_sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=300, required=False)
    help_en = forms.CharField(label=gettext_lazy("In English"), max_length=300, required=False)
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    options = words_field(
        gettext_lazy("What can be chosen"),
        5,
        required=False,
        help_text=gettext_lazy("A line for each: code | Finnish | Swedish | English. The code is short, of small letters and numbers."),
    )
    rows = words_field(
        gettext_lazy("Things that are put on the scale, for several on one scale"),
        5,
        required=False,
        help_text=gettext_lazy("Written in the same way."),
    )
    low = forms.IntegerField(label=gettext_lazy("Scale from"), min_value=-10, max_value=100, required=False)
    high = forms.IntegerField(label=gettext_lazy("Scale to"), min_value=-10, max_value=100, required=False)
    low_label = forms.CharField(
        label=gettext_lazy("What the lower end means"), max_length=200, required=False, help_text=gettext_lazy("Finnish | Swedish | English")
    )
    high_label = forms.CharField(
        label=gettext_lazy("What the upper end means"), max_length=200, required=False, help_text=gettext_lazy("Finnish | Swedish | English")
    )
    rule_question = forms.ChoiceField(label=gettext_lazy("Show it only by the answer to"), required=False)
    rule_codes = forms.CharField(
        label=gettext_lazy("At these answers"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Codes with commas between them, such as 1, 2, 3"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, before: Sequence[Question], question: Question | None = None) -> None:
        super().__init__(data, initial=_initial(question) if question is not None else {"kind": Kind.SCALE, "low": 1, "high": 5})
        self.key = question.key if question is not None else ""
        asked = [(each.key, f"{each.words} ({', '.join(each.codes)})") for each in before if each.kind in CODED]
        self.fields["rule_question"].choices = [("", gettext_lazy("Always shown")), *asked]  # type: ignore[attr-defined]

    def made(self) -> Question:
        """What the form says. Call after is_valid(). Raises RuleBroken for a line that cannot be read."""
        given = self.cleaned_data
        kind = given["kind"]
        texts, helps = ({code: given[f"{stem}_{code}"].strip() for code in LANGUAGES if given[f"{stem}_{code}"].strip()} for stem in ("text", "help"))
        codes = tuple(code.strip() for code in given["rule_codes"].split(",") if code.strip())
        low, high = (given[name] if given[name] is not None else otherwise for name, otherwise in (("low", 1), ("high", 5)))
        return Question(
            self.key,
            kind,
            texts,
            helps,
            given["is_required"],
            options_of(given["options"], "options") if kind in LISTED else (),
            options_of(given["rows"], "rows") if kind == Kind.MATRIX else (),
            low,
            high,
            _texts(given["low_label"]) if kind in SCALED else {},
            _texts(given["high_label"]) if kind in SCALED else {},
            Rule(given["rule_question"], codes) if given["rule_question"] else None,
        )


def _texts(line: str) -> Texts:
    return {code: text for code, text in zip(LANGUAGES, (part.strip() for part in line.split("|")), strict=False) if text}


def _initial(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": question.kind, "is_required": question.is_required, "low": question.low, "high": question.high}
    found |= {f"text_{code}": question.text.get(code, "") for code in LANGUAGES} | {f"help_{code}": question.help.get(code, "") for code in LANGUAGES}
    ends = {
        name: " | ".join(texts.get(code, "") for code in LANGUAGES)
        for name, texts in (("low_label", question.low_label), ("high_label", question.high_label))
    }
    rule = {"rule_question": question.rule.question, "rule_codes": ", ".join(question.rule.codes)} if question.rule is not None else {}
    return found | ends | rule | {"options": _lines(question.options), "rows": _lines(question.rows)}


class SurveyFields(forms.Form):
    questionnaire = forms.ModelChoiceField(Questionnaire.objects.none(), label=gettext_lazy("Questionnaire"), empty_label=None)
    closes_on = day_field(gettext_lazy("Last day to answer"), error_messages={"required": gettext_lazy("Choose the day.")})
    title_fi = forms.CharField(label=gettext_lazy("Its name this time, if it has another, in Finnish"), max_length=160, required=False)
    title_sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=160, required=False)
    title_en = forms.CharField(label=gettext_lazy("In English"), max_length=160, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, among: Any, chosen: int | None = None) -> None:
        super().__init__(data, initial={"questionnaire": chosen, "closes_on": timezone.localdate() + timedelta(days=21)})
        self.fields["questionnaire"].queryset = among  # type: ignore[attr-defined]
        self.fields["questionnaire"].label_from_instance = lambda each: str(each.title)  # type: ignore[attr-defined]

    def made(self) -> SurveyForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return SurveyForm(given["closes_on"], {code: given[f"title_{code}"] for code in LANGUAGES})


class InviteFields(forms.Form):
    people = words_field(
        gettext_lazy("Whom to invite"),
        8,
        help_text=gettext_lazy("A line for each: Maija Mallila <maija@firm.example>; sv. The language may be left out."),
        required=False,
    )
    network = forms.BooleanField(label=gettext_lazy("Everybody who works in the network of the region"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language, where the line names none"), choices=LanguageCode.choices)

    def made(self, survey: Survey) -> list[Invitee]:
        """What the form says. Call after is_valid(). Raises RuleBroken for a line that cannot be read, and for nobody."""
        found = [Invitee(person.pk) for person in people_of(survey.region_id)] if self.cleaned_data["network"] else []
        for line in filter(None, (line.strip() for line in self.cleaned_data["people"].splitlines())):
            read = _LINE.match(line)
            if read is None:
                raise RuleBroken(_("This line cannot be read: %(line)s") % {"line": line[:60]}, field="people")
            found.append(Invitee(None, read["name"], read["email"], read["language"] or self.cleaned_data["language"]))
        if not found:
            raise RuleBroken(_("Write at least one address."), field="people")
        return found


class MoveFields(forms.Form):
    closes_on = day_field(gettext_lazy("Last day to answer"), error_messages={"required": gettext_lazy("Choose the day.")})


class TypedFields(forms.Form):
    """How an answer came that staff type in, and from whom, where she was invited."""

    way = forms.ChoiceField(label=gettext_lazy("How it came"), choices=[(Way.PAPER.value, Way.PAPER.label), (Way.PHONE.value, Way.PHONE.label)])
    invitation = forms.ModelChoiceField(
        Invitation.objects.none(),
        label=gettext_lazy("Who answered, where invited by name"),
        required=False,
        empty_label=gettext_lazy("Not invited, or not known"),
        help_text=gettext_lazy("No reminder is sent then. Where the survey is anonymous, answers are not tied to the person."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, survey: Survey) -> None:
        super().__init__(data)
        self.fields["invitation"].queryset = invitations_of(survey)  # type: ignore[attr-defined]
        self.fields["invitation"].label_from_instance = lambda each: each.who  # type: ignore[attr-defined]
