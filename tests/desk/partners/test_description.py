"""The interface's description, and requests made from it."""

import json
import subprocess
import sys
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.desk.models import Case
from tests.desk.partners.conftest import Sends
from tests.harness.client import Client


def schema() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(Client().get("/api/v1/openapi.json").content)
    return said


def test_description_is_openapi_with_problem_details() -> None:
    said = schema()
    assert said["openapi"].startswith("3.1")
    assert set(said["paths"]) == {"/contacts", "/contacts/{number}"}
    post = said["paths"]["/contacts"]["post"]
    assert "application/problem+json" in post["responses"]["422"]["content"]
    assert [(each["name"], each["required"]) for each in post["parameters"]] == [("Idempotency-Key", True)]
    assert said["components"]["securitySchemes"]["Key"]["scheme"] == "bearer"


def test_docs_name_every_field_that_is_needed() -> None:
    page = Client().get("/api/v1/").content.decode()
    assert [name for name in schema()["components"]["schemas"]["ContactIn"]["required"] if name not in page] == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def made_from(part: dict[str, Any], parts: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that the schema allows, or nearly."""
    if "$ref" in part:
        part = parts[part["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in part:
        return st.one_of([made_from(each, parts) for each in part["anyOf"]])
    if "const" in part or "enum" in part:
        return st.sampled_from(part.get("enum") or [part["const"]])
    if part.get("type") == "object":
        fields = {name: made_from(each, parts) | ANYTHING for name, each in part["properties"].items()}
        return st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(
            {name: made_from(each, parts) for name, each in part["properties"].items()}
        )
    if part.get("format") == "date":
        return st.dates().map(str)
    if part.get("type") == "null":
        return st.none()
    examples = st.sampled_from(part["examples"]) if part.get("examples") else st.nothing()
    return examples | st.text(st.characters(), min_size=part.get("minLength", 0), max_size=min(part.get("maxLength", 40), 60))


def test_nothing_that_is_sent_breaks_it(sends: Sends, cast: Any) -> None:
    parts = schema()["components"]["schemas"]
    count = 0

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(body=made_from(parts["ContactIn"], parts), right=st.booleans())
    def attack(body: dict[str, Any], right: bool) -> None:
        nonlocal count
        count += 1
        if right:
            body |= {"region": cast.here.region.code, "customer_agreed": True}
        before = Case.objects.count()
        answer = sends(key=f"fuzz-{count:05}", raw=json.dumps(body).encode())
        assert answer.status_code in (201, 400, 422), (body, answer.content)
        assert Case.objects.count() - before == (answer.status_code == 201)
        if answer.status_code != 201:
            assert all(set(each) == {"field", "message"} for each in answer.json()["errors"])

    attack()


def test_interface_is_loaded_when_its_first_request_comes() -> None:
    """Ten megabytes that most processes never need."""
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns; print([m for m in ('ninja', 'pydantic') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"
