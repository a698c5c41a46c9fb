"""A row in every table of agreements, for the attack on the walls: a draft with all that hangs on one, and an application for the mark."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.agreements.actions.drafting import Terms, attach, begin_draft, comment, main_document
from luukku.agreements.actions.life import add_promise, do_step
from luukku.agreements.actions.signing import SignatoryForm, name_signatory
from luukku.agreements.models import MarkApplication, MarkCriterion, MarkRule, MarkUse, Notice, Party, Review
from luukku.core.actor import act_as
from tests.cast import Cast


def make_an_agreement(cast: Cast) -> None:
    """Of the cast's region; nobody outside it reads any of it."""
    with act_as(cast.coordinator.actor) as by:
        agreement = begin_draft(by=by, region=cast.here.region, terms=Terms("Sopimus", coordinating=cast.here.organisation))
        document = main_document(agreement)
        comment(by=by, document=document, words="Tarkennetaan.")
        attach(by=by, document=document, upload=SimpleUploadedFile("suunnitelma.txt", b"1"), kind="plan", title="Suunnitelma")
        form = SignatoryForm(outside_name="Johtaja", outside_email="johtaja@party.example")
        name_signatory(by=by, document=document, organisation=cast.here.organisation, form=form)
        do_step(by=by, agreement=agreement, code="kick-off", day=timezone.localdate(), words="Aloitettiin.")
        party = Party.objects.filter(agreement=agreement)[0]
        promise = add_promise(by=by, party=party, kind="people", words="Kaksi neuvojaa")
    Review.objects.create(agreement=agreement, promise=promise, year=2026, state="kept")
    Notice.objects.create(agreement=agreement, code="x", day=timezone.localdate())
    mark = MarkApplication.objects.create(agreement=agreement, rule=MarkRule.objects.all()[0])
    MarkCriterion.objects.create(agreement=agreement, application=mark, code="organised")
    MarkUse.objects.create(agreement=agreement, party=party, kind="web", place="Sivut", guide="1.0", since=timezone.localdate())
