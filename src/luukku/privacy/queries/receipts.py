"""A consent as a receipt that machines read: JSON-LD in the terms of W3C's Data Privacy Vocabulary (2.x), by its profile of ISO/IEC TS 27560:2023.

It tells what was agreed to, in which words, when, how and by whom it was written down, to whom it opens what, and when it ended. It names
the customer by a number only: whoever holds the receipt knows whose it is.
"""

from typing import Any

from luukku.customers.enums import ConsentKind, ConsentScope, FieldGroup
from luukku.customers.models import Consent

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "schema": "https://schema.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CONFORMS_TO = "https://w3id.org/dpv/schema/dpv-27560#receipt"
_DATA: dict[FieldGroup, str] = {
    FieldGroup.RELATION: "pd:ServiceConsumptionBehavior", FieldGroup.CONTACT: "pd:Contact", FieldGroup.SUMMARY: "pd:Communication",
    FieldGroup.OUTCOMES: "pd:Professional",
}  # fmt: skip


def receipt(consent: Consent, *, recipients: list[str], site: str) -> dict[str, Any]:
    """The receipt; `recipients` are names of organisations, `site` the installation's address."""
    own, network = f"{site}/suostumus/{consent.pk}", str(consent.region.name)
    return {
        "@context": CONTEXT,
        "@id": f"{own}#kuitti",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": f"receipt-{consent.pk}-{'ended' if consent.withdrawn_at else 'given'}",
        "dct:conformsTo": CONFORMS_TO,
        "dct:created": _moment(consent.withdrawn_at or consent.recorded_at),
        "dct:language": consent.language,
        "dct:publisher": {"@type": "schema:Organization", "schema:name": network},
        "schema:recipient": "dpv:DataSubject",
        "dpv:hasRecordOfActivity": _record(consent, own, recipients, network),
    }


def _record(consent: Consent, own: str, recipients: list[str], network: str) -> dict[str, Any]:
    return {
        "@id": own,
        "@type": "dpv:ConsentRecord",
        "dct:identifier": str(consent.pk),
        "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#record",
        "dpv:hasDataSubject": {"@id": f"customer-{consent.customer_id}", "@type": "dpv:Customer"},
        "dpv:hasDataController": {"@type": "dpv:DataController", "dpv:hasName": network},
        "dpv:hasJurisdiction": "loc:FI",
        "dpv:hasApplicableLaw": "legal-eu:law-GDPR",
        "dpv:hasLegalBasis": "eu-gdpr:A6-1-a",
        "dpv:hasProcess": [_process(consent, recipients)],
        "dpv:hasNotice": [_notice(consent)],
        "dpv:hasConsentStatus": _states(consent),
        "dpv:hasRight": [{"@type": "eu-gdpr:A7-3", "dct:title": "Right to withdraw consent"}],
    }


def _process(consent: Consent, recipients: list[str]) -> dict[str, Any]:
    passing = consent.kind == ConsentKind.PASSING
    found: dict[str, Any] = {
        "@type": "dpv:Process",
        "dct:title": str(consent.get_kind_display()),
        "dpv:hasPurpose": {"@type": "dpv:ServiceProvision"} if passing else {"@type": "dpv:PublicBenefit", "dct:title": "Figures that name nobody"},
        "dpv:hasPersonalData": [{"@type": _DATA[group], "dct:title": str(group.label)} for group in FieldGroup] if passing else [],
        "dpv:hasRecipient": [{"@type": "dpv:Recipient", "dpv:hasName": name} for name in recipients],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "dpv:hasDuration": {"@type": "dpv:UntilEventDuration", "rdf:value": "withdrawal"}}
        ],
    }
    if consent.scope:
        found["dpv:hasScope"] = {"@type": "dpv:Scope", "rdf:value": consent.scope, "dct:title": str(ConsentScope(consent.scope).label)}
    return found


def _notice(consent: Consent) -> dict[str, Any]:
    words = getattr(consent.text, f"text_{consent.language}")
    return {
        "@type": "dpv:ConsentNotice", "dct:identifier": str(consent.text), "dct:hasVersion": consent.text.version,
        "dct:description": {"@value": words, "@language": consent.language},
    }  # fmt: skip


def _states(consent: Consent) -> list[dict[str, Any]]:
    """One for each thing that was said, in order."""
    states = [_state("dpv:ConsentGiven", consent.given_at, consent.way, by_staff=consent.recorded_by_id is not None)]
    states[0]["@type"] = ["dpv:ConsentGiven", "dpv:ExpressedConsent"]
    if consent.recorded_by is not None:
        states[0]["dct:contributor"] = {"@type": "schema:Person", "schema:name": consent.recorded_by.name}
    if consent.withdrawn_at is not None:
        states.append(_state("dpv:ConsentWithdrawn", consent.withdrawn_at, consent.withdrawal_way, by_staff=consent.withdrawal_by_id is not None))
    return states


def _state(kind: str, at: Any, way: str, *, by_staff: bool) -> dict[str, Any]:
    return {
        "@type": [kind], "dpv:isIndicatedBy": "dpv:DataSubject", "dpv:isIndicatedAtTime": _moment(at), "dpv:hasIndicationMethod": way,
        "dct:accrualMethod": "written down by staff" if by_staff else "by the data subject",
    }  # fmt: skip


def _moment(at: Any) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.isoformat(timespec="seconds")}
