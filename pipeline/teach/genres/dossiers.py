"""CVs that hold the missions: a person of the team, then missions with labels, by person."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks import items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.blocks.traps import cv
from carnet.pipeline.teach.content import Brochure, Extra, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Mark, Node, PageBreak, Paper, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """One to four people; their missions listed below, or with dates at the side."""
    page = c.page(rng, ("a4", "a4", "a4", "letter"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(8.5, 10.5)
    m = items.manner(
        rng,
        voice,
        size,
        facts=("lines", "lines", "bar", "grid"),
        texts=("headed", "run_in", "items", "plain"),
        rich=0.4,
        cap=13.0,
    )
    m = m.but(kicker=False)
    people = rng.sample(brochure.team, min(len(brochure.team), rng.randint(1, 4))) or [("", "")]
    share = -(-len(brochure.missions) // len(people))
    heading, tools = listed(rng, "cv_heads"), listed(rng, "cv_environment") if rng.random() < 0.6 else ""
    role, ruled, side = rng.random() < 0.5, rng.random() < 0.4, rng.choice((0.0, 0.0, 70.0, 95.0))
    room = rng.uniform(6, 16)
    nodes: list[Node] = []
    for i, (name, job) in enumerate(people):
        nodes += [PageBreak()] * (i > 0) + ([cv(rng, voice, name, job), Space(10)] if name else [])
        nodes += [_heading(voice, heading), Space(6)]
        for mission in brochure.missions[i * share : (i + 1) * share]:
            extras = [Extra("Rôle", listed(rng, "cv_roles"), Role.OTHER)] if role else []
            extras += [Extra(tools, listed_words(rng, "cv_environment_lines", 1)[0], Role.OTHER)] if tools else []
            nodes += [
                *([Rule("#999999", 0.5), Space(room / 2)] if ruled else []),
                _mission(m, mission, extras, side),
                Space(room),
            ]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


def _heading(voice: Voice, text: str) -> Node:
    return Box(
        Para(c.capped((Run(text, Mark(Role.FRONT), voice.look("domain")),), 13.0)),
        stroke=voice.accent,
        sides="b",
        inset=3,
    )


def _mission(m: items.Manner, mission: MissionFacts, extras: list[Extra], side: float) -> Node:
    said: list[Node] = [Para(m.voice.extra_line(mission, e.label, e.text, e.role)) for e in extras]
    when = m.voice.value(mission, Role.PERIOD, "date") if side else ()
    shown = m.but(shown=m.shown - {Role.PERIOD}) if when else m
    inner = Stack(
        (*items.head(shown, mission), *items.facts(shown, mission), *said[:1], *items.texts(shown, mission), *said[1:]),
        gap=m.gap,
    )
    if not side:
        return inner
    return Grid((side, "1fr"), ((Cell(Para(when) if when else None), Cell(inner)),), gap_x=8)
