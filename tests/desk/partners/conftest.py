"""A partner's system with a key, which sends to the interface."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from luukku.core.actor import act_as
from luukku.desk.actions.partners import make_key
from luukku.network.enums import Role
from luukku.network.models import Organisation
from tests.cast import Cast, Member, member
from tests.harness.client import Client

Sends = Callable[..., Any]  # gives the test client's answer


@pytest.fixture
def head(cast: Cast) -> Member:
    """The head of the second organisation here."""
    return member("head", "Helmi Head", Role.ORGANISATION_HEAD, organisation=cast.partners)


@pytest.fixture
def secret(cast: Cast) -> str:
    return secret_of(cast, cast.partners)


def secret_of(cast: Cast, organisation: Organisation) -> str:
    with act_as(cast.admin.actor) as admin:
        return make_key(by=admin, organisation=organisation, name="Customer register")[1]


def body_of(cast: Cast, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "region": cast.here.region.code, "words": "Haluan avata kahvilan ja tarvitsen laitteita.", "language": "fi", "customer_agreed": True,
        "customer": {"name": "Kaisa Kahvila", "email": "kaisa@customer.example", "phone": "040 555 0199"},
    }  # fmt: skip
    return given | fields


@pytest.fixture
def sends(cast: Cast, secret: str) -> Sends:
    """`sends(words="…")`: the system posts a contact; `key` is its idempotency key, `by` the secret it shows, `raw` a body as it is."""

    def send(*, key: str | None = "contact-0001", by: str = secret, raw: bytes | None = None, speaks: str = "en", **fields: Any) -> Any:
        headers = {"Authorization": f"Bearer {by}", "Accept-Language": speaks}
        if key is not None:
            headers["Idempotency-Key"] = key
        data = raw if raw is not None else json.dumps(body_of(cast, **fields)).encode()
        return Client(raise_request_exception=False).post("/api/v1/contacts", data, content_type="application/json", headers=headers)

    return send
