"""Service cards, their groups and the matching of needs to services."""
