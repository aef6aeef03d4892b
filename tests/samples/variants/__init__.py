"""Brochures in other layouts than the two that are shipped; the tests draw them into a temporary folder."""
