"""Roles and links by a small network, fitted on drawn brochures: P(role | fragment), P(mission | fragment)."""
