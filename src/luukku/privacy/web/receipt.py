"""A consent's receipt: a page to read and print, or JSON-LD to keep."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from luukku.core.actor import Actor
from luukku.customers.access import get_consent
from luukku.customers.enums import ConsentKind
from luukku.desk.models import Case
from luukku.privacy.queries.my_data import consents_of
from luukku.privacy.queries.passing import reached_by
from luukku.privacy.queries.receipts import receipt


def receipt_of(request: HttpRequest, actor: Actor, case: Case, pk: int, *, base: str, back: str, as_file: bool) -> HttpResponse:
    """The receipt of a consent of the case's customer. Raises NotFound."""
    consent = get_consent(actor, pk)
    line = next(each for each in consents_of(actor, case).lines if each.consent.pk == consent.pk)
    recipients = line.named or (reached_by(consent) if consent.kind == ConsentKind.PASSING else [])
    if as_file:
        found = receipt(consent, recipients=recipients, site=settings.LUUKKU_BASE_URL)
        answer = JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="suostumus-{consent.pk}.jsonld"'
        return answer
    words = getattr(consent.text, f"text_{consent.language}")
    return render(
        request, "privacy/receipt.html", {"base": base, "back": back, "consent": consent, "line": line, "recipients": recipients, "words": words}
    )
