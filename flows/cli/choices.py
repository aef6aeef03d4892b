"""Closed lists: what must be one of few words, and which one was meant where it is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carnet.flows.cli.errors import CommandError
from carnet.warehouse.disk.errors import did_you_mean

FEW = 12
"""Of a longer list only what is close is told; help and `sql --schema` hold all of it."""
_WRONG_CHOICE = re.compile(r"Invalid value for '(.+?)': (?:Value error, )?'(.*)' is not one of (.+?)\.?", re.DOTALL)


def one_of(option: str, word: str, allowed: Iterable[str]) -> str:
    """The word, if it is one of the list.

    >>> one_of("--client-type", "comune", ["commune", "epci"])
    Traceback (most recent call last):
    carnet.flows.cli.errors.CommandError: --client-type: 'comune' is not one of commune, epci; did you mean 'commune'?
    """
    known = [str(one) for one in allowed]
    if word in known:
        return word
    raise CommandError(not_one_of(option, word, known), usage=True)


def not_one_of(option: str, word: str, known: list[str]) -> str:
    """
    >>> not_one_of("stage", "x", ["lines", "roles"])
    "stage: 'x' is not one of lines, roles"
    """
    meant = did_you_mean(word, known)
    listed = f" is not one of {', '.join(known)}" if len(known) <= FEW or not meant else ": there is none of this name"
    return f"{option}: {word!r}{listed}{meant}"


def plainly(message: str) -> str:
    """What typer says of a choice, in our words.

    >>> plainly("Invalid value for '--format': Value error, 'cvs' is not one of 'table', 'csv'.")
    "--format: 'cvs' is not one of table, csv; did you mean 'csv'?"
    """
    found = _WRONG_CHOICE.fullmatch(message)
    if not found:
        return message
    option, word, listed = found.groups()
    return not_one_of(option, word, re.findall(r"'(.+?)'", listed))
