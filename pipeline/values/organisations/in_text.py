"""Bodies that a running text names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.organisations.forms import form_at
from carnet.pipeline.values.organisations.gazetteer import core_key, epci_keys
from carnet.pipeline.values.organisations.lexicon import BodyClass, BodyLexicon, Form, lexicon_of
from carnet.pipeline.values.organisations.words import ARTICLES, OF, WORD, spelled_out


def find_organisations(text: str, rules: Rules) -> list[Found[str]]:
    """Ordering bodies named in running text by a body word and a proper name; the longest reading of each.

    >>> find_organisations("La Région Nouvelle-Aquitaine a consacré", load_rules())[0].value
    'Région Nouvelle-Aquitaine'
    """
    lexicon = lexicon_of(rules)
    tokens = _running_words(text)
    found: list[Found[str]] = []
    at = 0
    while at < len(tokens):
        end, rule = _body_at(text, tokens, at, lexicon)
        if end:
            start, stop = tokens[at].start, tokens[end - 1].end
            found.append(Found(" ".join(text[start:stop].split()), start, stop, rule))
        at = max(end, at + 1)
    return found


@dataclass(frozen=True)
class _Token:
    printed: str
    low: str
    start: int
    end: int


def _running_words(text: str) -> list[_Token]:
    tokens = []
    for match in WORD.finditer(text):
        word = match.group()
        tokens.append(_Token(word, spelled_out(word), match.start(), match.end()))
    return tokens


def _body_at(text: str, tokens: Sequence[_Token], at: int, lexicon: BodyLexicon) -> tuple[int, str]:
    """Where the body that begins at token `at` ends, and by which rule; 0 when none begins here."""
    window = tokens[at : at + 24]
    if _inside_word(text, window[0]):
        return 0, ""
    form = _body_form(text, window, lexicon)
    if form:
        length = _name_end(text, window, len(form.words), lexicon, form.owner)
        if length > len(form.words) or _stands_alone(form, window[0].printed):
            return at + length, f"organisations.text.{form.owner.name}"
        return 0, ""
    if window[0].low in ARTICLES and len(window) > 1 and _body_form(text, window[1:], lexicon):
        return 0, ""
    length, rule = _name_with_body_word(text, window, lexicon)
    return (at + length if length else 0), rule


def _body_form(text: str, window: Sequence[_Token], lexicon: BodyLexicon) -> Form | None:
    """The surely known form with which the window begins, where it may name a body in running text."""
    form = form_at(lexicon.starts, [t.printed for t in window], [t.low for t in window], 0, True)
    if form is None or form.words in lexicon.not_in_text or form.owner.kind == "entreprise":
        return None
    return form if _unbroken(text, window[: len(form.words)]) else None


def _stands_alone(form: Form, first: str) -> bool:
    """Bodies that need no further name: "ADEME", "Banque des Territoires"."""
    if form.owner.name not in ("agence_etat", "etat_be"):
        return False
    return form.capitals or (first[0].isupper() and (len(form.words) > 2 or len(form.words[0]) > 4))


def _name_with_body_word(text: str, window: Sequence[_Token], lexicon: BodyLexicon) -> tuple[int, str]:
    """ "Toulouse Métropole", "Loire Forez agglomération", "Quimper Bretagne Occidentale"."""
    first = window[0]
    if not first.printed[0].isupper() or (first.low in lexicon.joins and first.low not in ("le", "la", "les", "saint")):
        return 0, ""
    length = _capitals(text, window, lexicon)
    words = tuple(token.low for token in window[:length])
    bodies = [word for word in words if word in _EPCI_WORDS]
    if length > 1 and bodies and words[0] not in _EPCI_WORDS:
        return length, f"organisations.text.{bodies[0]}"
    key = core_key(words, lexicon)
    if len(key.split()) > 1 and key in epci_keys():
        return length, "organisations.text.epci-name"
    return 0, ""


_INSIDE_NAMES = (*OF, *ARTICLES, "en", "sur")
_EPCI_WORDS = ("metropole", "agglomeration", "agglo", "communaute", "intercom")


def _unbroken(text: str, tokens: Sequence[_Token]) -> bool:
    """Only spaces, hyphens or apostrophes between the words, and no empty line."""
    return all(_BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(tokens))


_BETWEEN = re.compile(r"[ \u00a0\u202f]?\n?[ \u00a0\u202f'’‐‑-]{0,2}|\.")


def _inside_word(text: str, token: _Token) -> bool:
    before = text[max(0, token.start - 1) : token.start]
    return before in ("-", "@", "_", "‐", "‑") or (before == "." and text[max(0, token.start - 2)].isalnum())


def _name_end(text: str, window: Sequence[_Token], length: int, lexicon: BodyLexicon, owner: BodyClass) -> int:
    """The name after a body word: capitals, and the small words between them."""
    end, at = length, length
    while at < len(window) and _unbroken(text, window[at - 1 : at + 1]):
        token = window[at]
        printed, following = token.printed, window[at + 1] if at + 1 < len(window) else None
        if printed in lexicon.not_names:
            break
        if printed[0].isupper() or (printed[0].isdigit() and owner.kind == "departement" and at == length):
            if window[at - 1].low == "et" and _body_form(text, window[at:], lexicon):
                break
            end = at + 1
        elif token.low in lexicon.name_tails and end == at:
            end = at + 1
        elif token.low in ("et", "&"):
            if following is None or not _and_goes_on(following, owner):
                break
        elif not (token.low in lexicon.joins or token.low in lexicon.name_words or _class_word(token, lexicon)):
            break
        at += 1
    return end


def _and_goes_on(following: _Token, owner: BodyClass) -> bool:
    """Whether "et" joins two halves of one name ("CC Usses et Rhône") and not two bodies."""
    if owner.kind in ("epci", "groupement", "departement"):
        return following.printed[0].isupper() or following.low in OF
    return owner.name in ("ministere", "consulaire", "agence_etat") and following.low in OF


def _class_word(token: _Token, lexicon: BodyLexicon) -> bool:
    return token.low in lexicon.class_words and len(token.low) > 3


def _capitals(text: str, window: Sequence[_Token], lexicon: BodyLexicon) -> int:
    """How many words make one name in capitals: "Quimper Bretagne Occidentale", "Metz Métropole"."""
    end, at = 1, 1
    while at < len(window) and _unbroken(text, window[at - 1 : at + 1]):
        token = window[at]
        if token.printed[0].isupper() or (token.low in _EPCI_WORDS and end == at):
            end = at + 1
        elif token.low not in _INSIDE_NAMES:
            break
        at += 1
    return end
