from luukku.customers.models.companies import Company
from luukku.customers.models.customers import Contact, Customer
from luukku.customers.models.shepherds import Shepherd, ShepherdContract, ShepherdHours, ShepherdMandate

__all__ = ("Company", "Contact", "Customer", "Shepherd", "ShepherdContract", "ShepherdHours", "ShepherdMandate")
