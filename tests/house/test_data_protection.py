"""docs/data-protection.md names every table with personal data: found from the models and the wall, so that none is forgotten."""

import re

from django.apps import apps
from django.db.models import EmailField, Model, TextField

from tests.house.test_repository import ROOT
from tests.house.test_walls import BY_SEAT, CONFIDENTIAL, HISTORIES, HOUSE_ONLY, SIGN_IN, TRAIL

PEOPLE = {"network.person", "accounts.user", "customers.customer"}
OF_A_PERSON = re.compile(r"email|phone")
# Hold a key of allauth's own machinery, and nobody's data.
NOBODYS = {
    "socialaccount_socialapp",
    "socialaccount_socialapp_sites",
    "socialaccount_socialtoken",
    "django_session",
    "network_nationrules",  # the number of the nation's advice
    "plans_plankind",
    "plans_strategyline",
}


# Written for everybody to read, or by the product itself.
PUBLISHED = {
    "agreements_templatesection",  # the network's own model of an agreement
    "customers_nameword",  # words of companies' names in the open register
    "demo_outboxmail",  # mails of the sample network, whose people do not exist
    "desk_readytext",  # sent to many, with places to fill in
    "procrastinate_jobs",  # names of tasks; they are given ids
    "surveys_questionnaire",  # what is asked, of nobody by name
}


def is_personal(model: type[Model]) -> bool:
    """Whether its rows are people, belong to one, or hold a way to reach one."""
    fields = [field for field in model._meta.get_fields() if field.concrete]
    tied = {field.related_model._meta.label_lower for field in fields if field.is_relation and isinstance(field.related_model, type)}
    reached = any(isinstance(field, EmailField) or OF_A_PERSON.search(field.name) for field in fields)
    return model._meta.label_lower in PEOPLE or bool(tied & PEOPLE) or reached


def test_every_table_with_personal_data_is_named() -> None:
    histories = {model._meta.db_table for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) is not None}
    personal = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if is_personal(model)} - histories
    walled = CONFIDENTIAL | HISTORIES | HOUSE_ONLY | BY_SEAT | TRAIL
    named = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/data-protection.md").read_text()))
    missing = (personal | walled | SIGN_IN) - NOBODYS - named
    assert not missing, (
        "docs/data-protection.md does not name these tables: add them to a row of its first table, which says what is kept, who reads it"
        f" and how it ends (or, of a table with nothing of people's, to NOBODYS here): {', '.join(sorted(missing))}"
    )


def test_every_table_in_which_people_write_freely_is_named() -> None:
    """Whoever writes freely names people, whatever the field is called."""
    free = {
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None) is None
        and any(type(field) is TextField and not field.choices for field in model._meta.concrete_fields)
    }
    named = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/data-protection.md").read_text()))
    missing = free - NOBODYS - PUBLISHED - named
    assert not missing, (
        "docs/data-protection.md does not name these tables in which people write freely: add them to a row of its first table (or, of a table"
        f" whose words are published by whoever writes them or by the product, to PUBLISHED here): {', '.join(sorted(missing))}"
    )


def test_every_table_that_is_named_exists() -> None:
    """A row that outlives its table tells people of data that nobody keeps."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    modules = "|".join(sorted({table.partition("_")[0] for table in tables}))
    named = set(re.findall(rf"`((?:{modules})_[a-z_]+)`", (ROOT / "docs/data-protection.md").read_text()))
    assert named <= tables, f"named in docs/data-protection.md, but there is no such table: {', '.join(sorted(named - tables))}"
