"""The two sides of an @, made whole where the end of a line, a space or a misprint broke them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from carnet.pipeline.values.email_signs import ending_of, is_acceptable, is_complete, signs

_LOCAL = re.compile(r"[\w.%+'’-]{1,64}\Z")
RUN = re.compile(r"[\w.-]{0,120}")
_TOKEN = re.compile(r"[\w.-]{1,120}")
_MAX_LINES = 4


@dataclass(frozen=True)
class EmailPart:
    """One side of the @. `odd`: not printed as it should be; `mended`: changed by us; `spaced`: parted from the @."""

    text: str
    start: int
    end: int
    odd: bool = False
    mended: bool = False
    wrapped: bool = False
    spaced: bool = False
    note: str | None = None


# --- left of the @


def local_part(text: str, end: int, floor: int) -> EmailPart | None:
    """What stands before the sign at `end` and after `floor`, and what was mended: blanks, a line's end."""
    stop, spaced, wrapped = end, False, False
    if stop > floor and text[stop - 1] == "\n":  # "quitterie.l\n@ville.fr"
        stop, wrapped = stop - 1, True
    while stop > floor and text[stop - 1] == " ":
        stop, spaced = stop - 1, True
    match = _LOCAL.search(text, max(floor, stop - 64), stop)
    if not match:
        return None
    start, word = match.start(), match.group()
    while word and word[0] in ".'-%+":
        start, word = start + 1, word[1:]
    kept = word.rstrip("'")
    if not kept or ((spaced or wrapped) and not _looks_local(kept)):
        return None
    if not wrapped:
        first = _line_before(text, start, floor)
        if first is not None:
            return EmailPart(text[first:stop].replace("\n", ""), first, stop, odd=spaced, mended=spaced, wrapped=True)
    return EmailPart(kept, start, stop, spaced or "'" in kept, spaced, wrapped, spaced, _doubt_before(text, start))


def _looks_local(word: str) -> bool:
    """'jean.d', 'accueil': a word that may stand before an @ though a space parts them."""
    return word.isascii() and (word == word.lower() or "." in word)


def _line_before(text: str, start: int, floor: int) -> int | None:
    """Where the address starts when its part before the @ was cut: "jean-claude.du\\npont@ville.fr"."""
    if start <= floor or text[start - 1] != "\n":
        return None
    match = _LOCAL.search(text, max(floor, start - 65), start - 1)
    if not match:
        return None
    word = match.group().lstrip(".'-")
    inner = re.search(r"[a-z0-9][._-]", word)
    if not inner or word != word.lower() or not word.isascii() or not re.search("[a-z]{2}", word):
        return None
    if "'" in word or word.startswith("www.") or is_complete(word):
        return None
    if word.endswith(".") and word.count(".") == 1 and len(word) > 2 and start - 1 - len(word) > floor:
        before = text[start - 2 - len(word)]
        if before not in "\n(<:":  # "directrice adj.\nx@ville.fr": an abbreviation at the end of a sentence
            return None
    if word.endswith("-") or "." in word.rstrip(".") or "_" in word or word.endswith("."):
        return match.end() - len(word)
    return None


def _doubt_before(text: str, start: int) -> str | None:
    """A lone dot or hyphen before a space may mean that the address starts earlier: "jean. durand@ville.fr"."""
    before = text[max(0, start - 20) : start]
    cut = re.search(r"(?:^|\s)([a-z]{1,15})[._-] \Z", before)
    return "the address may start before the space" if cut and cut.group(1) not in signs().abbreviations else None


# --- right of the @


def domain_part(text: str, start: int, stand_in: bool) -> EmailPart | None:
    """The domain, over line ends, with what a misprint did to it undone where that is sure."""
    at, odd = start, False
    while at < len(text) and text[at] == " ":
        at, odd = at + 1, not stand_in
    wrapped = at < len(text) and text[at] == "\n"
    at += wrapped
    head = RUN.match(text, at)
    run = head.group() if head else ""
    if not run.strip(".-_"):
        return None
    part = EmailPart(run, at, at + len(run), odd, odd, wrapped)
    for _ in range(_MAX_LINES):
        longer = (
            _dot_word(text, part, stand_in) or _comma(text, part) or _next_line(text, part) or _after_space(text, part)
        )
        if longer is None:
            break
        part = longer
    return _trimmed(text, part)


def _trimmed(text: str, part: EmailPart) -> EmailPart | None:
    """Without the full stop of the sentence; a hyphen that leads nowhere stays out too."""
    bare = part.text.rstrip(".-_")
    if not bare:
        return None
    end = part.end
    while end > part.start and text[end - 1] in ".-_ \n":
        end -= 1
    return replace(part, text=bare, end=end, note=_doubt_after(text, bare, end))


def _dot_word(text: str, part: EmailPart, stand_in: bool) -> EmailPart | None:
    """ "ville (point) fr" where the @ was spelt out too."""
    match = signs().dot.match(text, part.end) if stand_in else None
    token = _TOKEN.match(text, match.end()) if match else None
    if not match or not token:
        return None
    return EmailPart(f"{part.text}.{token.group()}", part.start, token.end(), part.odd, True, part.wrapped)


def _comma(text: str, part: EmailPart) -> EmailPart | None:
    """ "mairie@ville,fr": a comma (or semicolon) printed for the dot, when an ending follows at once."""
    if is_complete(part.text) or text[part.end : part.end + 1] not in (",", ";"):
        return None
    after = part.end + 1 + (text[part.end + 1 : part.end + 2] == " ")
    token = _TOKEN.match(text, after)
    if not token or token.group() != token.group().lower():
        return None
    joined = EmailPart(f"{part.text}.{token.group()}", part.start, token.end(), True, True, part.wrapped)
    if is_complete(joined.text) or after == part.end + 1 and is_acceptable(joined.text):
        return joined
    longer = _next_line(text, joined) if after == part.end + 1 else None  # "ville,exa\nmple"
    return longer if longer and is_complete(longer.text) else None


def _next_line(text: str, part: EmailPart) -> EmailPart | None:
    """The address goes on after the line end when only so it becomes complete."""
    end = part.end
    while text[end : end + 1] in (" ", "\u00ad"):
        end += 1
    if text[end : end + 1] != "\n":
        return None
    joined, at = part.text, end + 1
    for _ in range(_MAX_LINES):
        while text[at : at + 1] == " ":
            at += 1
        token = _TOKEN.match(text, at)
        if not token or not _may_continue(joined, token.group(), text, token.end()):
            return None
        goes_on = text[token.end() : token.end() + 1] == "\n"
        joined += token.group()
        bare = joined.rstrip(".-")
        if is_complete(bare) or (is_acceptable(bare) and not goes_on):
            return EmailPart(joined, part.start, token.end(), part.odd, part.mended, True)
        if not goes_on:  # "ville-|roubaix,fr"
            return _comma(text, replace(part, text=joined, end=token.end(), wrapped=True))
        at = token.end() + 1
    return None


def _may_continue(sofar: str, token: str, text: str, end: int) -> bool:
    """Not a name, a phone number or another address; not after a complete address, unless that was cut in ".co|m"."""
    if text[end : end + 1] == "@" or token.startswith("www."):
        return False
    if re.fullmatch(r"[\d.-]*", token) or (token != token.lower() and not (sofar.isupper() and token.isupper())):
        return False
    if not token.isascii():
        return False
    if is_complete(sofar):
        return token.startswith(".") and is_complete(token)
    ending = ending_of(sofar)
    if ending in signs().all_endings:  # ".co" may be complete, or the start of ".com"
        first = re.split(r"[.-]", token, maxsplit=1)[0]
        return ending + first in signs().endings or is_complete(token) and not sofar.endswith(".")
    return True


def _after_space(text: str, part: EmailPart) -> EmailPart | None:
    """ "centre valdeloire.fr", "ville .fr", "ville fr": a space broke the domain; only the rest completes it."""
    if is_complete(part.text) or text[part.end : part.end + 1] != " ":
        return None
    token = _TOKEN.match(text, part.end + 1)
    if not token or text[token.end() : token.end() + 1] == "@" or not token.group().isascii():
        return None
    word = token.group().rstrip(".-_")
    end = token.start() + len(word)
    if "." in word and is_complete(word) and not word.startswith("www."):
        return EmailPart(part.text + word, part.start, end, True, True, part.wrapped)
    alone = not re.match(r" ?\w", text[end : end + 2])
    if part.text.endswith(".") and word in signs().endings and alone:
        return EmailPart(part.text + word, part.start, end, True, True, part.wrapped)
    if "." not in part.text and word in ("fr", "com", "org", "net", "eu", "be", "ch", "lu") and alone:
        return EmailPart(f"{part.text}.{word}", part.start, end, True, True, part.wrapped)
    return None


def _doubt_after(text: str, domain: str, end: int) -> str | None:
    """A complete address at a line end, with a piece that ends like an address on the next line."""
    match = re.compile(r"\n([a-z0-9-]{1,40}\.[a-z.]{2,12})(?=\s|\Z)").match(text, end)
    if match and is_complete(match.group(1)) and match.group(1) != domain and not match.group(1).startswith("www."):
        return "the address may go on after the line end"
    return None
