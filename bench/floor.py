"""The floor: what any page of 50 rows costs with this server, database and framework. Session, user, one indexed query, 50 rows."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from luukku.network.models import Organisation

ROWS = 50
TEMPLATE = """<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Floor</title></head><body><p>{{ email }}</p><table>
{% for o in organisations %}<tr><td>{{ o.created_at|date:"j.n.Y H.i" }}</td><td>{{ o.code }}</td><td>{{ o.pk }}</td><td>{{ o.principal }}</td>
<td>{{ o.type_id }}</td></tr>{% endfor %}</table></body></html>"""


@cache
def _template() -> Any:
    return engines["django"].from_string(TEMPLATE)


def floor(request: HttpRequest) -> HttpResponse:
    """A page that does nothing more than it must, on a table without a wall."""
    organisations = Organisation.objects.only("created_at", "code", "principal", "type_id").order_by("-id")[:ROWS]
    email = request.user.email if request.user.is_authenticated else ""
    return HttpResponse(_template().render({"organisations": organisations, "email": email}))
