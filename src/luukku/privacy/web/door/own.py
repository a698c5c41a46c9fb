"""A customer takes her data along, and has an ended matter forgotten."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.gathering import person_records
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import confirm_page
from luukku.privacy.actions.erasing import ask_erasure
from luukku.privacy.queries.exporting import everything
from luukku.privacy.web.door.place import Place, on_own_data

KINDS = {
    "contact": gettext_lazy("Contact data"), "matters": gettext_lazy("Matters"), "parts": gettext_lazy("Who has worked on them"),
    "messages": gettext_lazy("Messages"), "files": gettext_lazy("Files"), "meetings": gettext_lazy("Booked times"),
    "outcomes": gettext_lazy("What came of them"), "feedback": gettext_lazy("Your feedback"), "later answers": gettext_lazy("What you said later"),
    "handovers": gettext_lazy("Handovers"), "trusted persons": gettext_lazy("Trusted persons"), "consents": gettext_lazy("Consents"),
    "who has looked": gettext_lazy("Who has looked"),
    "complaints": gettext_lazy("Complaints"), "complaint answers": gettext_lazy("What was said of your complaints"),
    "plans": gettext_lazy("What you showed for statements"), "statements": gettext_lazy("Statements"),
    "stated": gettext_lazy("What was stated"), "guests": gettext_lazy("Whom you let into your matter"),
}  # fmt: skip
FIELDS = {
    "name": gettext_lazy("Name"), "email": gettext_lazy("E-mail"), "phone": gettext_lazy("Phone"), "number": gettext_lazy("Number"),
    "case number": gettext_lazy("Number"), "contacted at": gettext_lazy("Came in"), "settled at": gettext_lazy("Ended on"),
    "state": gettext_lazy("State"), "subject": gettext_lazy("Subject"), "own words": gettext_lazy("Your words"), "body": gettext_lazy("Words"),
    "words": gettext_lazy("Words"), "text": gettext_lazy("Words"), "comment": gettext_lazy("Words"), "company name": gettext_lazy("Company"),
    "business id": gettext_lazy("Business ID"), "language": gettext_lazy("Language"), "wish language": gettext_lazy("Language"),
    "desk organisation name": gettext_lazy("Organisation"), "organisation name": gettext_lazy("Organisation"),
    "to desk organisation name": gettext_lazy("Organisation"), "outside name": gettext_lazy("Organisation"), "handler name": gettext_lazy("Handler"),
    "person name": gettext_lazy("Person"), "author name": gettext_lazy("Person"),
    "file name": gettext_lazy("File"), "created at": gettext_lazy("When"),
    "received at": gettext_lazy("When"), "starts at": gettext_lazy("When"), "sent at": gettext_lazy("When"), "given at": gettext_lazy("Given"),
    "day": gettext_lazy("When"), "ended at": gettext_lazy("Ended on"), "ends at": gettext_lazy("Ended on"), "withdrawn at": gettext_lazy("Ended on"),
    "kind": gettext_lazy("What"), "what": gettext_lazy("What"), "scope": gettext_lazy("Passed on to"), "region name": gettext_lazy("Region"),
    "complaint case number": gettext_lazy("Number"), "statement number": gettext_lazy("Number"), "wish": gettext_lazy("Words"),
    "title": gettext_lazy("Subject"), "basics": gettext_lazy("Words"), "grounds": gettext_lazy("Words"), "conditions": gettext_lazy("Words"),
    "signed name": gettext_lazy("Person"), "signed at": gettext_lazy("When"), "answered at": gettext_lazy("Ended on"),
    "invited at": gettext_lazy("Given"),
    "channel": gettext_lazy("How"), "way": gettext_lazy("How"), "direction": gettext_lazy("Direction"),
    "organisation": gettext_lazy("Organisation"), "answer": gettext_lazy("What was answered"),
    "company": gettext_lazy("Company"), "role": gettext_lazy("Task in the company"),
}  # fmt: skip


@require_safe
@on_own_data
def export(request: HttpRequest, place: Place) -> HttpResponse:
    """All that we hold about her and she may read, as a page or as a file for machines."""
    found = everything(place.actor, place.case)
    if "json" in request.GET:
        answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="{place.case.number}.json"'
        return answer
    told = [
        (KINDS.get(kind) or person_records[kind].label, [[(FIELDS.get(name, name), value) for name, value in row.items()] for row in rows])
        for kind, rows in found.items()
        if rows
    ]
    return render(request, "privacy/door/export.html", {"place": place, "found": told})


@limited("erase", limit=10, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_own_data
def erase(request: HttpRequest, place: Place) -> HttpResponse:
    """Asked once before it is done: what goes, and what stays."""
    return confirm_page(
        request, lambda: ask_erasure(by=place.actor, case=place.case), title=_("Have this matter forgotten"),
        text=_(
            "Your words, messages, files, contact data and what was written about you are removed from here for good."
            " What stays: that there was a matter, when, who worked on it and what kind of thing came of it, without your name, for the figures;"
            " and statements that were signed, for they are official documents of whoever gave them. It cannot be undone."
        ),
        button=_("Have it forgotten"), back=place.url(), done=_("Your wish is noted, and it is done within minutes. The report comes to this page."),
    )  # fmt: skip
