"""Forms of agreements. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.agreements.access import signers_of
from luukku.agreements.actions.drafting import Terms
from luukku.agreements.actions.signing import SignatoryForm
from luukku.agreements.enums import AttachmentKind, CostSharing, PromiseKind, PromiseState, Visibility
from luukku.agreements.models import Agreement, Party, Signatory
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import day_field, words_field
from luukku.governance.access import visible_groups
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Organisation, Person, Region

DAY = {"required": _("Choose the day.")}


def by_name(organisations: "QuerySet[Organisation]") -> "QuerySet[Organisation]":
    return organisations.order_by(FinnishKey(best("name")), "id")


def choose(label: Any, **options: Any) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(Organisation.objects.none(), label=label, **options)


def narrow(form: forms.Form, name: str, found: "QuerySet[Any]") -> None:
    """What a choice is made from."""
    form.fields[name].queryset = found  # type: ignore[attr-defined]


class TermsFields(forms.Form):
    title = forms.CharField(label=_("Name of the agreement"), max_length=160, error_messages={"required": _("Give the agreement a name.")})
    language = forms.ChoiceField(label=_("Language of the text"), choices=LanguageCode.choices)
    first_day = day_field(_("In force from"), required=False)
    last_day = day_field(_("Last day"), required=False, help_text=_("Leave it empty for an agreement until further notice."))
    notice_months = forms.IntegerField(label=_("Notice, months"), min_value=1, max_value=36, initial=6)
    coordinating = choose(_("Coordinating organisation"), required=False, empty_label=_("Not agreed yet"))
    steering: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(None, label=_("Steering group"), required=False, empty_label=_("Not made yet"))
    chair_from_business = forms.BooleanField(label=_("Somebody from business leads the steering group"), required=False)
    cost_sharing = forms.ChoiceField(label=_("How the common costs are shared"), choices=CostSharing.choices, required=False)
    one_voice = forms.BooleanField(label=_("How the network communicates has been decided"), required=False)
    visibility = forms.ChoiceField(label=_("Who reads it once it is signed"), choices=Visibility.choices, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, actor: Actor, region: Region, agreement: Agreement | None = None) -> None:
        initial: dict[str, Any] = {"visibility": Visibility.PARTIES, "notice_months": 6}
        if agreement is not None:
            initial = {name: getattr(agreement, name) for name in Terms.__dataclass_fields__}
        super().__init__(data, initial=initial)
        narrow(self, "coordinating", by_name(Organisation.objects.active().in_region(region.pk).distinct()))
        narrow(self, "steering", visible_groups(actor).filter(region=region, ended_at=None).order_by("id"))
        if agreement is not None:
            del self.fields["language"]

    def made(self, language: str = "") -> Terms:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return Terms(**{name: given[name] for name in Terms.__dataclass_fields__ if name in given} | ({"language": language} if language else {}))


class PartyFields(forms.Form):
    organisation = choose(_("Party"), error_messages={"required": _("Choose the organisation.")})
    acts_through = choose(_("Who signs and acts for it"), required=False, empty_label=_("It does itself"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreement: Agreement) -> None:
        super().__init__(data)
        narrow(self, "organisation", by_name(Organisation.objects.active()))
        parties = Party.objects.standing(timezone.localdate()).filter(agreement=agreement)
        narrow(self, "acts_through", by_name(Organisation.objects.filter(pk__in=parties.values("organisation"))))


class SectionFields(forms.Form):
    body = words_field(_("Text"), 16, required=False, help_text=_("What stands in [[double brackets]] is still open. Write over it, brackets too."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CommentFields(forms.Form):
    words = words_field(_("Your comment"), 3)


class SettleFields(forms.Form):
    do = forms.CharField(widget=forms.HiddenInput)
    reply = forms.CharField(required=False)


class AttachmentFields(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=AttachmentKind.choices)
    title = forms.CharField(label=_("Name of the annex"), max_length=160, required=False)
    organisation = choose(_("Whose it is"), required=False, empty_label=_("Of all parties"))
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")})

    def __init__(self, data: Any = None, files: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data, files)
        narrow(self, "organisation", by_name(Organisation.objects.filter(agreement_parts__agreement=agreement).distinct()))


class SignatoryFields(forms.Form):
    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        Person.objects.none(), label=_("By a seat of theirs"), required=False, empty_label=_("Somebody without a sign-in")
    )
    outside_name = forms.CharField(label=_("Name, of somebody without a sign-in"), max_length=120, required=False)
    outside_title = forms.CharField(label=_("Title"), max_length=120, required=False)
    outside_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("A personal link goes there, by which the text is read and signed.")
    )
    language = forms.ChoiceField(label=_("The language in which we write to this person"), choices=LanguageCode.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisation: Organisation, before: Signatory | None = None) -> None:
        names = ("outside_name", "outside_title", "outside_email", "language")
        initial = {name: getattr(before, name) for name in names} | {"person": before.person_id} if before is not None else {}
        super().__init__(data, initial=initial)
        narrow(self, "person", Person.objects.filter(pk__in=signers_of(organisation.pk).values("person")).order_by(FinnishKey("name"), "id"))

    def made(self) -> SignatoryForm:
        """What the form says. Call after is_valid()."""
        return SignatoryForm(**self.cleaned_data)


class JoinFields(forms.Form):
    organisation = choose(_("Who joins"), error_messages={"required": _("Choose the organisation.")})
    acts_through = choose(_("Who signs and acts for it"), required=False, empty_label=_("It does itself"))
    first_day = day_field(_("First day"), error_messages=DAY)

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreement: Agreement) -> None:
        super().__init__(data)
        standing = Party.objects.standing(timezone.localdate()).filter(agreement=agreement)
        narrow(self, "organisation", by_name(Organisation.objects.active().exclude(pk__in=standing.values("organisation"))))
        narrow(self, "acts_through", by_name(Organisation.objects.filter(pk__in=standing.values("organisation"))))


class ReceiverFields(forms.Form):
    receiving_desk: "forms.ModelChoiceField[Desk]" = forms.ModelChoiceField(
        Desk.objects.none(), label=_("Where what is still open goes"), required=False, empty_label=_("To the region's front desk")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region, leaving: int | None = None, desk: Desk | None = None) -> None:
        super().__init__(data, initial={"receiving_desk": desk})
        desks = Desk.objects.filter(region=region, deactivated_at=None).exclude(organisation=leaving or 0)
        narrow(self, "receiving_desk", desks.order_by(FinnishKey(best("name")), "id"))


class LeaveFields(ReceiverFields):
    organisation = choose(_("Who leaves"), error_messages={"required": _("Choose the organisation.")})
    last_day = day_field(_("Last day"), error_messages=DAY)
    field_order = ("organisation", "last_day", "receiving_desk")

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreement: Agreement) -> None:
        super().__init__(data, region=agreement.region)
        parties = Party.objects.on(timezone.localdate()).filter(agreement=agreement, last_day=None)
        narrow(self, "organisation", by_name(Organisation.objects.filter(pk__in=parties.values("organisation"))))


class ExtendFields(forms.Form):
    last_day = day_field(_("New last day"), required=False, help_text=_("Leave it empty for an agreement until further notice."))


class StepFields(forms.Form):
    day = day_field(_("Day"), error_messages=DAY)
    words = words_field(_("What was found or agreed"), 5, required=False)
    organisation = choose(_("Party"), empty_label=None)

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreement: Agreement, by_party: bool, first: int | None = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate(), "organisation": first})
        if by_party:
            narrow(self, "organisation", by_name(Organisation.objects.filter(agreement_parts__agreement=agreement).distinct()))
        else:
            del self.fields["organisation"]


class PromiseFields(forms.Form):
    party: "forms.ModelChoiceField[Party]" = forms.ModelChoiceField(Party.objects.none(), label=_("Party"), empty_label=None)
    kind = forms.ChoiceField(label=_("What is promised"), choices=PromiseKind.choices)
    words = forms.CharField(label=_("In words"), max_length=300, error_messages={"required": _("Write what is promised.")})
    review_on = day_field(_("When it is looked at next"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreement: Agreement) -> None:
        super().__init__(data)
        parties = Party.objects.standing(timezone.localdate()).filter(agreement=agreement).select_related("organisation").order_by("id")
        narrow(self, "party", parties)
        self.fields["party"].label_from_instance = lambda party: party.organisation.name  # type: ignore[attr-defined]


class ReviewFields(forms.Form):
    state = forms.ChoiceField(
        label=_("How was it kept?"), choices=[each for each in PromiseState.choices if each[0] != PromiseState.OPEN], widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was kept.")},
    )  # fmt: skip
    remark = words_field(_("Remark"), 3, required=False)
    measure = forms.CharField(label=_("What is done so that it will be kept"), max_length=300, required=False)
    measure_due = day_field(_("By when"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["state"].help_text = str(_("The look of %(year)s. Said again, the later word stands.") % {"year": today.year})


class TemplateFields(forms.Form):
    """A section of the network's own text, in three languages."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for language, label in LanguageCode.choices:
            needed = language == LanguageCode.FI
            self.fields[f"title_{language}"] = forms.CharField(label=f"{_('Heading of the section')}, {label}", max_length=160, required=needed)
            self.fields[f"guidance_{language}"] = words_field(f"{_('Guidance')}, {label}", 3, required=False)
            self.fields[f"body_{language}"] = words_field(f"{_('Text')}, {label}", 8, required=needed)
