"""The client's name in the words that it is printed among: "Commande de la Région Normandie.", "Hydratext, maître
d'ouvrage."."""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.pipeline.fields.context import Context
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import parse_period
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.organisations.in_text import find_organisations
from carnet.schemas.layout import Passage
from carnet.schemas.outline import PartKind

_SIGNS = " _/.;:,–—-…·•|"
_STOPS = (".", ":", "!", "…")
"""What a sentence ends with; a name that says "porte" or "nous" does not."""
_LEAST = 3
"""Letters of a name."""
_BEHIND = re.compile(r"(?:,|\s[–—-])\s{1,20}([^,]{3,40})$")


def name_of(printed: Passage, ctx: Context) -> Passage:
    """The name alone: without what opens the sentence that tells it, what it is said to be, a date or a rule behind it.
    As printed where nothing stands around it."""
    name = _trimmed(_without_nature(printed, ctx), _SIGNS)
    name = _without_article(_behind_opener(name, ctx), ctx)
    if printed.text.rstrip().endswith(_STOPS):
        name = _before_partners(_before_verb(name, ctx), ctx)
    for _ in range(2):
        behind = _BEHIND.search(name.text)
        if behind and _says_more(behind.group(1), ctx):
            name = _trimmed(name.slice(0, behind.start()), _SIGNS)
    return name if sum(c.isalpha() for c in name.text) >= _LEAST else printed


def _says_more(text: str, ctx: Context) -> bool:
    """That it is the client, when, or for how much: no part of the name."""
    return _says_client(text, ctx) or _is_date(text, ctx) or bool(find_amounts(text, ctx.rules))


def _without_article(name: Passage, ctx: Context) -> Passage:
    """ "l'Association des Rives", told in a sentence, is Association des Rives."""
    article = _article(ctx.rules).match(fold(name.text)) if name.text[:1].islower() else None
    rest = name.slice(article.end(), len(name.text)) if article else name
    return rest if rest.text[:1].isupper() else name


@lru_cache(maxsize=4)
def _article(rules: Rules) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(str(w))) for w in rules.lexicon("clients")["before_places"]))


@lru_cache(maxsize=4)
def _with(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, rules.lexicon('partners')['line_openers']))})\s(?=[A-ZÀ-Ö])")


def _before_partners(name: Passage, ctx: Context) -> Passage:
    """Of "Ville de Morcy avec Terra Sol.": Ville de Morcy."""
    found = _with(ctx.rules).search(name.text)
    body = found and names_body(name.text[: found.start()], ctx.rules)
    return name.slice(0, found.start()) if found and body else name


def _without_nature(printed: Passage, ctx: Context) -> Passage:
    """ "Commune de Morcy (public)" without what kind of client it is, which tenders ask for."""
    behind = _natures(ctx.rules).search(fold(printed.text))
    if behind is None or behind.start() < _LEAST:
        return printed
    name, rest = printed.slice(0, behind.start()), printed.slice(behind.start("nature"), len(printed.text))
    of_a_name = fold(rest.text) in {fold(str(w)) for w in ctx.rules.lexicon("clients")["natures_of_a_name"]}
    return name if behind["mark"] or _below(name, rest) and not of_a_name else printed


def _below(name: Passage, rest: Passage) -> bool:
    """Does it stand on a line of its own?"""
    last, first = name.pieces[-1].word.box, rest.pieces[0].word.box
    return last is not None and first is not None and first.top > last.top + last.height / 2


@lru_cache(maxsize=4)
def _natures(rules: Rules) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(str(w))) for w in rules.lexicon("clients")["natures"])
    return re.compile(rf"\s{{0,20}}(?:(?P<mark>[(\[/–—])\s{{0,20}}|\s)(?P<nature>{words})\s{{0,20}}[)\]]?$")


def _trimmed(passage: Passage, signs: str) -> Passage:
    """Without signs at its ends; the full stop of "S.A." stays."""
    text = passage.text
    start, end = len(text) - len(text.lstrip(signs)), len(text.rstrip(signs))
    if text[end : end + 1] == "." and re.search(r"\.[A-Za-z]$", text[:end]):
        end += 1
    return passage.slice(start, end) if start < end else passage


def _behind_opener(name: Passage, ctx: Context) -> Passage:
    opener, _, by = _words(ctx.rules)
    folded = fold(name.text)
    opened = opener.match(folded) or by.search(folded) or _in_sentence(name.text, folded, opener)
    rest = name.slice(opened.end(), len(name.text)) if opened else name
    return rest if rest.text[:1].isupper() else name


def _in_sentence(text: str, folded: str, opener: re.Pattern[str]) -> re.Match[str] | None:
    """What opens the client behind words that name nobody: "Expertise établie en 2021 pour la Commune de Bré"."""
    for found in opener.finditer(folded):
        before = text[: found.start()]
        if len(before.split()) >= _SENTENCE and before[1:] == before[1:].lower() and before.endswith(" "):
            return found
    return None


_SENTENCE = 2
"""Words before a client within a sentence at least."""


def _before_verb(name: Passage, ctx: Context) -> Passage:
    """Of a sentence that goes on with what the client wanted: the body at its head, else what stands before the verb,
    else the one body that it names."""
    verbs = _words(ctx.rules)[1].finditer(fold(name.text))
    verb = next((m for m in verbs if name.text[m.start("verb")].islower()), None)  # "CC Porte du Jura" has none
    if verb is None:
        return name
    before = name.slice(0, verb.start())
    bodies = find_organisations(before.text, ctx.rules)
    if bodies and (bodies[0].start > 0 or bodies[0].end < len(before.text)):
        return before.slice(bodies[0].start, bodies[0].end)
    return _trimmed(before, _SIGNS)


def _says_client(text: str, ctx: Context) -> bool:
    hit = ctx.rules.labels.match(text)
    return hit is not None and hit.exact and hit.kind is PartKind.CLIENT


def _is_date(text: str, ctx: Context) -> bool:
    found = parse_period(text, ctx.rules)
    return found is not None and found.value.start is not None and not found.note


@lru_cache(maxsize=4)
def _words(rules: Rules) -> tuple[re.Pattern[str], ...]:
    """What opens a sentence before the client, with the article; the verbs behind it; "mandaté par" within one."""
    data = rules.lexicon("clients")

    def any_of(key: str) -> str:
        forms = sorted((fold(str(w)) for w in data[key]), key=len, reverse=True)
        return "|".join(re.escape(w) for w in forms)

    opener = rf"(?:{any_of('openers')})\s{{1,20}}(?::\s{{1,20}})?(?:{any_of('before_places')}){{0,2}}"
    by = [form for form in (fold(str(w)) for w in data["openers"]) if form.endswith(" par")]
    articles = rf"\s{{1,20}}(?:{any_of('before_places')}){{0,2}}"
    within = rf"\b(?:{'|'.join(map(re.escape, by))}){articles}"
    verbs = rf",?\s(?:y\s)?(?P<verb>{any_of('verbs')})\b"
    return re.compile(opener), re.compile(verbs), re.compile(within)
