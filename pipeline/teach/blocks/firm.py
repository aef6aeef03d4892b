"""The firm about itself in the very look of its missions: title, facts and texts as theirs, and none of them one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from carnet.pipeline.teach.blocks.art import Runs, capped, photo, say, stack
from carnet.pipeline.teach.blocks.facts import Arrangement, Fact
from carnet.pipeline.teach.blocks.texts import Texts
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.nodes import Cell, Grid, Mark, Node, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

_FRONT = Mark(Role.FRONT)


def firm_speaker(rng: Random, brochure: Brochure) -> Speaker:
    """Who speaks of the firm, with the words of `words/firm.yml`."""
    city = brochure.offices[0][0] if brochure.offices else "Lyon"
    words = {name: some for name, some in load("firm").items() if isinstance(some, list)}
    return Speaker(rng, words, given={"city": city, "firm": brochure.firm})


def firm_block(
    rng: Random, brochure: Brochure, voice: Voice, texts: Texts, arranged: Arrangement, cap: float = 20.0
) -> Node:
    """A title, by lot facts and one to three headed texts, laid out as a mission may be: facts under the title, behind
    the texts or beside them."""
    speaker = firm_speaker(rng, brochure)
    title = Para(capped((Run(speaker.a("titles"), _FRONT, voice.look("title")),), cap))
    sub = (
        say(brochure.slogan, Role.FRONT, look=voice.look("client")) if rng.random() < 0.2 and brochure.slogan else None
    )
    facts = arranged(_facts(rng, voice, speaker)) if rng.random() < 0.55 else None
    body = stack(_texts(rng, brochure, voice, texts, speaker), texts.gap)
    picture = photo(rng, "100%", rng.uniform(50, 150)) if rng.random() < 0.25 else None
    match rng.choice(("under", "behind", "beside", "beside")) if facts else "under":
        case "beside":
            cells = (Cell(facts), Cell(body)) if rng.random() < 0.5 else (Cell(body), Cell(facts))
            widths = ("1fr", "1.8fr") if cells[0].child is facts else ("1.8fr", "1fr")
            return stack((title, sub, Space(6), Grid(widths, (cells,), gap_x=16), picture), 5)
        case "behind":
            return stack((title, sub, Space(6), picture, body, Space(8), facts), 5)
    return stack((title, sub, Space(6), facts, Space(6), body, picture), 5)


def _facts(rng: Random, voice: Voice, speaker: Speaker) -> list[Fact]:
    """Labels and values of the firm, which look as those of missions do."""
    some = rng.sample(list(load("firm")["facts"]), rng.randint(2, 6))
    end = voice.label_end
    return [
        Fact(Role.FRONT, _run(name + end, voice, "label"), _run(speaker.say(text), voice, "value"))
        for name, text in some
    ]


def _texts(rng: Random, brochure: Brochure, voice: Voice, texts: Texts, speaker: Speaker) -> list[Node]:
    out: list[Node] = []
    for number in range(1, rng.randint(1, 3) + 1):
        head = texts.headed(_run(speaker.a("heads"), voice, "text_label"), number) if rng.random() < 0.8 else None
        out.append(stack((head, *texts.set(_paras(rng, brochure, voice, speaker))), 4))
    return out


def _paras(rng: Random, brochure: Brochure, voice: Voice, speaker: Speaker) -> Sequence[Para]:
    """Paragraphs or list items."""
    count, listed = rng.randint(1, 4), rng.random() < 0.3
    said = [speaker.a("texts") for _ in range(count)]
    if brochure.about and rng.random() < 0.5:
        said.insert(rng.randrange(count + 1), rng.choice(brochure.about))
    said = list(dict.fromkeys(said))
    if not listed and rng.random() < 0.6:
        said = [" ".join(said)]
    return [Para(_run(t, voice, "text"), item=int(listed), marker=voice.bullet if listed else "") for t in said]


def _run(text: str, voice: Voice, use: str) -> Runs:
    return (Run(text, _FRONT, voice.look(use)),)
