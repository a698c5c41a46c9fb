"""A paper as an answer to a request."""

from django.http import HttpResponse
from django.utils.text import slugify

from luukku.core.pdf.blocks import Paper
from luukku.core.pdf.making import pdf_of


def pdf_response(paper: Paper) -> HttpResponse:
    """Shown in the browser, and saved under the paper's title."""
    response = HttpResponse(pdf_of(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(paper.title) or "paper"}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
