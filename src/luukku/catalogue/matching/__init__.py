"""Matching of needs to services. (Interface documented below.)"""
