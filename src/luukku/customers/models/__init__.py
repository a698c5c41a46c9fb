from luukku.customers.models.companies import Company, CompanyFact, CompanyName, Establishment, NameWord, RegisterCode
from luukku.customers.models.consents import Consent, ConsentText
from luukku.customers.models.customers import Contact, Customer
from luukku.customers.models.grounds import Circle, LegalGround, Relation
from luukku.customers.models.imports import ImportChange, ImportRow, ImportRun
from luukku.customers.models.inquiries import Inquiry, InquiryTurn, KnownCheck
from luukku.customers.models.looks import Look
from luukku.customers.models.proofs import AddressProof
from luukku.customers.models.segments import CompanyMark, CompanySegment, SegmentBook, SegmentRule, SegmentSaid
from luukku.customers.models.shepherds import Shepherd, ShepherdContract, ShepherdHours, ShepherdMandate

__all__ = (
    "AddressProof",
    "Circle",
    "Company",
    "CompanyFact",
    "CompanyMark",
    "CompanyName",
    "CompanySegment",
    "Consent",
    "ConsentText",
    "Contact",
    "Customer",
    "Establishment",
    "ImportChange",
    "ImportRow",
    "ImportRun",
    "Inquiry",
    "InquiryTurn",
    "KnownCheck",
    "LegalGround",
    "Look",
    "NameWord",
    "RegisterCode",
    "Relation",
    "SegmentBook",
    "SegmentRule",
    "SegmentSaid",
    "Shepherd",
    "ShepherdContract",
    "ShepherdHours",
    "ShepherdMandate",
)
