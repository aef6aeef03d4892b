"""The two ways in which we stop: our rules are wrong, or a document can't be read."""

from __future__ import annotations


class RuleError(Exception):
    """The rule files are wrong: the run stops, all mistakes are reported together."""


class UnreadableDocument(Exception):
    """This file is refused, with one sentence that says why and what to do; other files go on."""
