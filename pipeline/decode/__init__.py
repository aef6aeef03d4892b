"""Roles and links -> missions, their parts, and what stands around them."""
