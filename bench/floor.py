"""The floor: what any page of 50 rows costs with this server, database and framework. Session, user, one indexed query, 50 rows."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from luukku.core.models import Event

TEMPLATE = """<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Floor</title></head><body><p>{{ email }}</p><table>
{% for e in events %}<tr><td>{{ e.at|date:"j.n.Y H.i" }}</td><td>{{ e.action }}</td><td>{{ e.subject_id }}</td><td>{{ e.person_id }}</td>
<td>{{ e.organisation_id }}</td></tr>{% endfor %}</table></body></html>"""


@cache
def _template() -> Any:
    return engines["django"].from_string(TEMPLATE)


def floor(request: HttpRequest) -> HttpResponse:
    """A page that does nothing more than it must."""
    events = Event.objects.order_by("-id")[:50]
    email = request.user.email if request.user.is_authenticated else ""
    return HttpResponse(_template().render({"events": events, "email": email}))
