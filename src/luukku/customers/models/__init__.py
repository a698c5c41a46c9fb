from luukku.customers.models.companies import Company
from luukku.customers.models.customers import Contact, Customer

__all__ = ("Company", "Contact", "Customer")
