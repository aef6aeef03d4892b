"""Who publishes the brochure: from the file's own data, running lines, the cover and the web address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.outline import Outline, PartKind

_URL = re.compile(r"(?:www\.|https?://(?:www\.)?)([a-z0-9-]{3,60})\.[a-z]{2,10}", re.IGNORECASE)
_PARTS = re.compile(r"\s{1,40}[–—|·-]\s{1,40}|\s{0,40}[:|]\s{1,40}|,\s{1,40}|\n")


def publisher(metadata: Mapping[str, str], outline: Outline, rules: Rules) -> str | None:
    """The firm's name as printed, else as the file states it. None when nothing tells.

    What speaks for a name: it is the file's author, it opens its title or a running line, it stands on the cover, its
    letters are those of the web address.
    """
    cover = _cover(outline)
    running = [p.text for p in outline.running]
    sites = _sites(outline)
    ordered = {
        _letters(i.text) for m in outline.missions for p in m.parts if p.kind is PartKind.CLIENT for i in p.items
    }
    votes: Counter[str] = Counter()
    forms: dict[str, str] = {}

    def vote(name: str, weight: float) -> None:
        name = name.strip(" .:–-·")
        key = _letters(name)
        if not 3 <= len(key) <= 45 or _is_noise(name, rules) or key in ordered:
            return
        votes[key] += int(weight * 10)
        if key not in forms or _better(name, forms[key]):
            forms[key] = name

    if metadata.get("Author"):
        vote(metadata["Author"], 3)
    lines = [(metadata.get("Title", ""), 1.0), *((line, 1.0) for line in running)]
    lines += [(line, 1.6 if i == 0 else 0.8) for i, line in enumerate(cover)]
    for line, weight in lines:
        first, *more = _PARTS.split(line)[:2]
        vote(first, weight)
        for second in more:
            vote(second, weight if second[:1].isupper() else 0.3 * weight)  # "Bureau Orbe – structures – 2022"
    for prefix in _common_openings([*cover, *running], sites):
        vote(prefix, 3)
    for key in list(votes):
        if any(key == _letters(site) for site in sites):
            votes[key] += 35
        elif any(_letters(site) in key or key in _letters(site) for site in sites):
            votes[key] += 25
        elif any(_letters(word) in _letters(site) for word in forms[key].split() if len(word) > 4 for site in sites):
            votes[key] += 15
        votes[key] += 5 * sum(key in _letters(line) for line in {*cover, *running})
    if not votes or votes.most_common(1)[0][1] < 20:
        return None
    key = max(votes, key=lambda k: (votes[k], len(k)))
    return forms[key]


def _cover(outline: Outline) -> list[str]:
    """Lines of the first page, at most eight blocks; a name that goes on with "&" is one line."""
    first = outline.front[0].pieces[0].word.page if outline.front and outline.front[0].pieces else None
    blocks = [p for p in outline.front[:8] if first is None or p.pieces and p.pieces[0].word.page == first]
    out: list[str] = []
    for line in (line.text for p in blocks for line in p.lines()):
        if out and line.startswith("& "):
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def _sites(outline: Outline) -> list[str]:
    """Names in web addresses, with "www." or alone on their line."""
    texts = [p.text.translate(_HYPHENS) for p in (*outline.front, *outline.offices, *outline.team, *outline.running)]
    found = [m.group(1) for text in texts for m in _URL.finditer(text)]
    alone = (_BARE_URL.fullmatch(line.strip()) for text in texts for line in text.split("\n"))
    return found + [m.group(1) for m in alone if m]


_HYPHENS = str.maketrans("‐‑", "--")
_BARE_URL = re.compile(r"([a-z0-9-]{4,60})\.[a-z]{2,10}")


_ADDRESS = re.compile(
    r"(?P<CH>(?:\+|00)41[ .(]|\bCH-\s?\d{4}\b)|(?P<BE>(?:\+|00)32[ ./(]|\bB-\s?\d{4}\b)"
    r"|(?P<LU>\(?(?:\+|00)352|\bL-\s?\d{4}\b)"
    r"|(?P<FR>(?:\+|00)33[ .(]|(?<![\d+])\d{5}\s+[A-ZÀ-Ö]|(?<![\d/+])0\d(?:[ .]\d{2}){4})"
)


def region(outline: Outline) -> str:
    """Country of the publisher: of the first address or number among its offices, else on the cover; else of its web
    address; France where nothing tells."""
    for block in (outline.offices, outline.front[:12], outline.front[-8:]):
        match = _ADDRESS.search("\n".join(p.text for p in block))
        if match:
            return str(match.lastgroup)
    text = " ".join(p.text for p in (*outline.front, *outline.offices, *outline.running))
    ending = re.search(r"www\.[\w.-]{2,60}\.(be|ch|lu|fr)\b", text)
    return ending.group(1).upper() if ending else "FR"


def _common_openings(lines: Sequence[str], sites: Sequence[str]) -> list[str]:
    """What opens several lines and is spelt by the web address: "Orbe" of "Orbe France" and "Orbe Belgique"."""
    out = []
    for site in {_letters(s) for s in sites}:
        holding = {_letters(line) for line in lines if site in _letters(line) and len(line) < 45}
        for line in lines:
            words = line.split()
            for n in range(1, min(len(words), 5) + 1):
                if _letters(" ".join(words[:n])) == site and len(holding) != 1:
                    longer = {h for h in holding if h != site}
                    out += [" ".join(words[:n])] if len(longer) != 1 else []
    return out


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _better(new: str, old: str) -> bool:
    """Mixed case is nearer to the name than capitals; accents nearer than none."""
    plain_old, plain_new = old.isupper() or old.islower(), new.isupper() or new.islower()
    if plain_old != plain_new:
        return plain_old
    return sum(c > "\x7f" for c in new) > sum(c > "\x7f" for c in old)


def _is_noise(name: str, rules: Rules) -> bool:
    folded = fold(name)
    words = folded.split()
    starts = [fold(str(w)) for w in rules.lexicon("firm_words")["not_firms"]]
    return not words or any(folded.startswith(s) for s in starts) or sum(c.isdigit() for c in name) > 3 or "@" in name
