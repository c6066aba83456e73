"""Customers: people and organisations, their contacts, and who somebody is."""
