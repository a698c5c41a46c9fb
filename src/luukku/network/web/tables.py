"""The network's lists for spreadsheets, with the choices of the page that they are taken from."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import actor_of, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import is_inside, require
from luukku.network.queries.tables import Table, municipality_table, organisation_table, people_table, premises_table
from luukku.network.web.municipalities import wanted_municipalities
from luukku.network.web.organisations import wanted_organisations
from luukku.network.web.public import wanted_people


@require_safe
@staff_only
def organisations(request: HttpRequest) -> HttpResponse:
    return _file(request, "organisaatiot", organisation_table(actor_of(request), wanted_organisations(request)))


@require_safe
@staff_only
def people(request: HttpRequest) -> HttpResponse:
    """Whom colleagues see; the public reads page by page."""
    return _file(request, "ihmiset", people_table(actor_of(request), wanted_people(request)[1]))


@require_safe
@staff_only
def premises(request: HttpRequest) -> HttpResponse:
    """Where the organisations of the list serve, and when."""
    return _file(request, "toimipaikat", premises_table(actor_of(request), wanted_organisations(request)))


@require_safe
@staff_only
def municipalities(request: HttpRequest) -> HttpResponse:
    return _file(request, "kunnat", municipality_table(wanted_municipalities(request)))


def _file(request: HttpRequest, name: str, table: Table) -> HttpResponse:
    require(is_inside(actor_of(request)))
    return table_file(request, f"{name}-{timezone.localdate().isoformat()}", *table)
