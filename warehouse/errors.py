"""What the warehouse can't do, said in one sentence for the person at the terminal."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse can't be opened, or not now; the message says what to do."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse and did not let go in time; trying again later may work."""


class QueryError(WarehouseError):
    """A question that the warehouse refuses or can't answer."""


class WarehouseDamaged(WarehouseError):
    """The file is there, and is no warehouse any more: cut short, overwritten, or of another kind."""
