"""E-mail addresses in text: where they are, and how well printed. `email_repair.py` makes broken ones whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.email_repair import RUN, EmailPart, domain_part, local_part
from carnet.pipeline.values.email_signs import is_acceptable, plain_signs, signs
from carnet.pipeline.values.found import Found

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
_SOUND = re.compile(rf"[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True)
class EmailReading:
    """`address` in lower case. `malformed`: misprinted in the text; `repaired`: we changed it, and surely so."""

    address: str
    repaired: bool
    malformed: bool


def find_emails(text: str) -> list[Found[EmailReading]]:
    """All addresses of `text`, whose lines may cut them.

    >>> find_emails("Sylvie B\\nsylvie.b@oyonnax.exa\\nmple")[0].value.address
    'sylvie.b@oyonnax.example'
    """
    found: list[Found[EmailReading]] = []
    plain = plain_signs(text)
    from_ = 0
    for mark in signs().at.finditer(plain):
        if mark.start() < from_:
            continue
        reading = _read_around(plain, mark.start(), mark.end(), from_)
        if reading:
            found.append(reading)
            from_ = reading.end
    return found


# --- one address


def _read_around(text: str, at_start: int, at_end: int, floor: int) -> Found[EmailReading] | None:
    """The address whose sign stands at `text[at_start:at_end]`, if there is one; nothing before `floor` is taken."""
    sign = text[at_start:at_end]
    local = local_part(text, at_start, floor)
    domain = domain_part(text, at_end, stand_in="@" not in sign or len(sign.strip()) > 1 and "@@" not in sign)
    if local is None or domain is None:
        return None
    printed_well = not (local.odd or domain.odd or sign.count("@") > 1)
    if local.spaced and not is_acceptable(domain.text):
        return None
    if sign.strip() != "@" and sign.count("@") < 2 and not is_acceptable(domain.text):
        return None
    if text[domain.end : domain.end + 1] == "@":
        domain = _with_second_at(text, domain)
    address = f"{local.text}@{domain.text}".lower()
    repaired = domain.mended or local.mended or sign != "@"
    if not address.isascii():
        address, repaired, printed_well = fold(address).replace("œ", "oe").replace("æ", "ae"), True, False
    while ".." in address:
        address, repaired, printed_well = address.replace("..", "."), True, False
    sound = bool(_SOUND.fullmatch(address)) and is_acceptable(address)
    reading = EmailReading(address, repaired and sound, not (printed_well and sound))
    return Found(reading, local.start, domain.end, f"emails.{_rule(reading, local, domain)}", domain.note or local.note)


def _with_second_at(text: str, domain: EmailPart) -> EmailPart:
    """ "a@b@c.fr": nobody knows which half is meant; kept as printed."""
    rest = RUN.match(text, domain.end + 1)
    end = rest.end() if rest else domain.end + 1
    while text[end - 1] in ".-_@" and end > domain.end:
        end -= 1
    return replace(domain, text=domain.text + text[domain.end : end], end=end)


def _rule(reading: EmailReading, local: EmailPart, domain: EmailPart) -> str:
    if reading.malformed:
        return "mended" if reading.repaired else "malformed"
    return "wrapped" if local.wrapped or domain.wrapped else "plain"
