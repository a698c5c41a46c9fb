"""Tags of the desk's pages."""

from django import template

from luukku.customers.models import Contact
from luukku.desk.models import Outcome
from luukku.desk.queries.outcome_words import came_words
from luukku.desk.web.contact_words import call_words

register = template.Library()


@register.simple_tag
def call_times(contact: Contact | None) -> str:
    """`Call Tue–Thu 9–11, in Swedish`: what she has asked for, shown beside her number; empty when she has asked for nothing."""
    return call_words(contact) if isinstance(contact, Contact) else ""


@register.filter
def came(outcome: Outcome) -> str:
    """`Finance obtained, loan, 12,000 €`."""
    return came_words(outcome)
