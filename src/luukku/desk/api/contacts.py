"""Contacts by a partner's system. Loaded lazily (see `door`): ninja and its parts are some ten megabytes in each process."""

import json
from functools import cache
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolvers, reverse
from ninja import Body, HeaderEx, NinjaAPI, Status
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ui.forms import actor_of
from luukku.desk.access.links import first_token
from luukku.desk.actions.partner_contact import Sending, SentOtherwise, earlier_sending, take_contact
from luukku.desk.api.problems import broken_rule, misshapen, problem
from luukku.desk.api.reading import need_of
from luukku.desk.api.words import ContactIn, ContactOut, Problem, StandingOut
from luukku.desk.enums import CaseState
from luukku.desk.models import SentContact
from luukku.desk.queries.partners import standing_of

_KEY = "Yours, one for each contact: the same sent again makes no second one."
_WRONG = dict.fromkeys((400, 401, 409, 413, 422, 429), Problem)


class Key(HttpBearer):
    """Your organisation's key."""

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        return actor_of(request).kind == "partner"  # found by the middleware's loader


api = NinjaAPI(
    title="Luukku: contacts of partners",
    version="1.0.0",
    description="A partner organisation's system sends its customers' needs to a region's one door, and asks how they stand.",
    auth=Key(),
    urls_namespace="partner-api",
    servers=[{"url": f"{settings.LUUKKU_BASE_URL}/api/v1"}],
    docs_url=None,
    openapi_url=None,
)


@api.post("/contacts", response={201: ContactOut, **_WRONG}, operation_id="send_contact", summary="Send a contact")
def send_contact(
    request: HttpRequest,
    response: HttpResponse,
    contact: Body[ContactIn],
    idempotency_key: Annotated[str, HeaderEx(alias="Idempotency-Key", min_length=8, max_length=120, pattern=r"^[\x21-\x7e]+$", description=_KEY)],
) -> Status[ContactOut]:
    """The contact becomes a matter at the region's door, and the promise's clock starts. She gets a receipt if she has an e-mail address."""
    actor = actor_of(request)
    sending = Sending(request.partner_key, idempotency_key, request.body)  # type: ignore[attr-defined]
    earlier = earlier_sending(by=actor, sending=sending)
    sent = earlier or take_contact(by=actor, need=need_of(contact), sending=sending)
    if earlier is not None:
        response.headers["Idempotent-Replayed"] = "true"
    response.headers["Location"] = reverse("partner_api:contact", args=[sent.case.number])
    return Status(201, _answer(sent))


def _answer(sent: SentContact) -> ContactOut:
    link = f"{settings.LUUKKU_BASE_URL}{reverse('desk:status', args=[first_token(sent.case)])}" if sent.gave_link else None
    return ContactOut(number=sent.case.number, received_at=sent.case.contacted_at, promised_at=sent.promised_at, status_link=link)


@api.get("/contacts/{number}", response={200: StandingOut, 404: Problem, **_WRONG}, operation_id="contact_standing", summary="How a contact stands")
def contact_standing(request: HttpRequest, number: str) -> StandingOut:
    """Only of contacts that your own organisation's systems have sent."""
    found = standing_of(actor_of(request), number)
    case = found.case
    return StandingOut(
        number=case.number, state=CaseState(case.state), is_open=case.is_open, received_at=case.contacted_at, promised_at=found.promised_at,
        taken_up_at=found.taken_up_at, ended_at=case.settled_at, organisation=found.organisation,
    )  # fmt: skip


@api.exception_handler(RuleBroken)
def _broken(_request: HttpRequest, error: RuleBroken) -> HttpResponse:
    return broken_rule(str(error.message), error.field)


@api.exception_handler(SentOtherwise)
def _conflict(_request: HttpRequest, _error: SentOtherwise) -> HttpResponse:
    return problem(409)


@api.exception_handler(ValidationError)
def _misshapen(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return misshapen(error.errors)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code)


@api.exception_handler(NotFound)
def _unknown(_request: HttpRequest, _error: NotFound) -> HttpResponse:
    return problem(404)


@cache
def _addresses() -> resolvers.URLResolver:
    return resolvers.URLResolver(resolvers.RegexPattern(r"^"), list(api.urls[0]))


def run(path: str, request: HttpRequest) -> HttpResponse:
    """Answer one request. Raises BadRequest for a body that is no JSON in UTF-8, Http404 for an unknown address."""
    if request.method == "POST":
        _check_json(request.body)
    try:
        match = _addresses().resolve(path)
    except Resolver404:
        raise Http404 from None
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return problem(405, headers={"Allow": answer.headers.get("Allow", "")}) if answer.status_code == 405 else answer


def _check_json(body: bytes) -> None:
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        raise BadRequest from None


def description() -> dict[str, Any]:
    """OpenAPI 3.1."""
    said = dict(OpenAPISchema(api, path_prefix="/"))
    for operation in (each for path in said["paths"].values() for each in path.values()):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
    return said
