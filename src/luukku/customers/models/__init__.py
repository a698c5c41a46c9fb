from luukku.customers.models.companies import Company, CompanyFact, CompanyName, Establishment, NameWord, RegisterCode
from luukku.customers.models.customers import Contact, Customer
from luukku.customers.models.imports import ImportChange, ImportRow, ImportRun
from luukku.customers.models.proofs import AddressProof
from luukku.customers.models.shepherds import Shepherd, ShepherdContract, ShepherdHours, ShepherdMandate

__all__ = (
    "AddressProof",
    "Company",
    "CompanyFact",
    "CompanyName",
    "Contact",
    "Customer",
    "Establishment",
    "ImportChange",
    "ImportRow",
    "ImportRun",
    "NameWord",
    "RegisterCode",
    "Shepherd",
    "ShepherdContract",
    "ShepherdHours",
    "ShepherdMandate",
)
