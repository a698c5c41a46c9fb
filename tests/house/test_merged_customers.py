"""When two records of a customer become one nothing is forgotten: each column that names a customer follows her matters, or stays for a reason.

A company needs no such merging: it is one row by its business ID, and the database refuses a second.
"""

from django.apps import apps

from luukku.customers.models import Company, Customer

# Moved by the action itself, or by the triggers of what it moves.
FOLLOWS = {"desk.Case.customer", "desk.CaseSummary.customer", "customers.Relation.customer"}
STAYS = {
    "customers.Contact.customer": "each record keeps its own; what only the one that goes tells is filled in on the other, and taken out when undone",
    "customers.Consent.customer": "she gave it as who she was written down then; another record is not covered by it",
    "customers.Inquiry.customer": "who asked about which record is told to the customer as it was",
    "customers.InquiryTurn.customer": "the question reached those who knew that record",
    "customers.Look.customer": "who looked at which record is told to the customer as it was",
    "customers.Shepherd.customer": "a record that a shepherd keeps is the one that stays: merging it away is refused",
    "desk.CustomerMerging.gone": "says itself what was merged",
    "desk.CustomerMerging.stays": "says itself what was merged",
    "privacy.Erasure.customer": "the report of an erasure is of the record that was erased",
}


def test_every_column_that_names_a_customer_follows_a_merging_or_stays_for_a_reason() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "pgh_tracked_model", None) is None
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Customer
    }
    assert found - FOLLOWS - set(STAYS) == set(), "let desk/actions/joining/merging.py carry these, or say here why they stay"
    assert FOLLOWS | set(STAYS) <= found, "there are no such columns"
    assert not FOLLOWS & set(STAYS)


def test_company_is_one_row_by_its_business_id() -> None:
    assert Company._meta.get_field("business_id").unique
