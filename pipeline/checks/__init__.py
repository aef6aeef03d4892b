"""Checks: what a careful reader would question, in a mission and across the edition."""
