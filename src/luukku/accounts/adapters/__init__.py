"""How allauth behaves here (settings name these)."""

from luukku.accounts.adapters.account import AccountAdapter
from luukku.accounts.adapters.external import SocialAccountAdapter
from luukku.accounts.adapters.factors import MFAAdapter

__all__ = ("AccountAdapter", "MFAAdapter", "SocialAccountAdapter")
