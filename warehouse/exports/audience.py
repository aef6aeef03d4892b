"""Who a data set is for. It stands alone, for the command line offers it before anything is loaded."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who a data set is for: `public` holds no personal data, `internal` all there is."""

    public = "public"
    internal = "internal"
