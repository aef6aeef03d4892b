"""Which of two proposals is taken."""

from __future__ import annotations

from carnet.pipeline.decode.choose import choose
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.regular import Filled
from carnet.schemas.finding import FindingCode
from carnet.schemas.layout import BBox, Passage, Word
from carnet.schemas.outline import MissionSection, Outline, Part, PartKind

JOB = Outline((MissionSection(ordinal=1, heading=(), parts=(), page_first=1, page_last=1),))


def not_asked(proposed: Outline) -> Filled:
    raise AssertionError("there is nothing to weigh")


def test_where_nothing_looks_like_a_mission_there_is_none() -> None:
    """A job offer says "Mission :", too."""
    chosen = choose(Read(Outline(), (), {}, 0.03), lambda: JOB, not_asked)
    assert (chosen.outline.missions, chosen.by_roles) == ((), True)


def test_what_looks_like_missions_and_was_not_made_out_is_left_to_the_rules() -> None:
    chosen = choose(Read(Outline(), (), {}, 0.5), lambda: JOB, lambda proposed: Filled([], 0.0))
    assert (chosen.outline, chosen.by_roles) == (JOB, False)


def test_a_reading_by_roles_that_is_sure_of_itself_is_taken_and_the_rules_not_asked() -> None:
    """Costs of works under "Budget" are amounts to the rules, which find more."""

    def rules() -> Outline:
        raise AssertionError("the rules need not be asked")

    sure = Read(JOB, ({PartKind.TITLE: 0.99},), {}, 0.5, unsure=0.01)
    chosen = choose(sure, rules, not_asked)
    assert (chosen.outline, chosen.by_roles) == (JOB, True)


def test_missions_that_only_the_other_reading_has_are_said() -> None:
    def mission(ordinal: int, title: str, page: int) -> MissionSection:
        said = Passage.of_words([Word(word, page, BBox(0, 0, 9, 9)) for word in title.split()])
        return MissionSection(ordinal, (), (Part(PartKind.TITLE, (said,)),), page_first=page, page_last=page)

    full, more = mission(1, "Plan guide", 2), mission(2, "Autre plan", 9)
    read = Read(Outline((full, more)), ({PartKind.TITLE: 0.99}, {PartKind.TITLE: 0.99}), {}, 0.5)
    rules_are_better = {1: Filled([frozenset({"title"})], 0.0), 2: Filled([frozenset(), frozenset()], 1.0)}
    chosen = choose(read, lambda: Outline((full,)), lambda proposed: rules_are_better[len(proposed.missions)])
    assert not chosen.by_roles
    assert [(f.code, f.page) for f in chosen.findings] == [(FindingCode.UNREAD_BLOCK, 9)]


def test_the_parts_of_the_brochure_are_the_roles_to_tell() -> None:
    """Rules see a page at a time: a menu whose marked entry names the part gave them the title of another page."""

    def said(text: str) -> Passage:
        return Passage.of_words([Word(word, 2, BBox(0, 0, 9, 9)) for word in text.split()])

    def mission(domain: str) -> MissionSection:
        return MissionSection(1, (), (Part(PartKind.TITLE, (said("Plan guide"),)),), said(domain), page_first=2)

    found = {"Nos offres": [frozenset({"title"})], "Santé": [frozenset[str]()]}

    def filled(proposed: Outline) -> Filled:
        domain = proposed.missions[0].domain
        return Filled(found[domain.text if domain else ""], 0.0)

    def taken(sure: float) -> str:
        read = Read(Outline((mission("Santé"),)), ({PartKind.TITLE: 0.99, PartKind.DOMAIN: sure},), {}, 0.5)
        chosen = choose(read, lambda: Outline((mission("Nos offres"),)), filled)
        assert not chosen.by_roles and chosen.outline.missions[0].domain is not None
        return chosen.outline.missions[0].domain.text

    assert [taken(sure) for sure in (0.95, 0.6)] == ["Santé", "Nos offres"]


def test_where_two_readings_hardly_agree_all_that_is_taken_is_in_doubt() -> None:
    def mission(title: str) -> Outline:
        said = Passage.of_words([Word(word, 2, BBox(0, 0, 9, 9)) for word in title.split()])
        return Outline((MissionSection(1, (), (Part(PartKind.TITLE, (said,)),), page_first=2, page_last=2),))

    read = Read(mission("Nous soussignés attestons"), ({PartKind.TITLE: 0.5},), {}, 0.5)
    rules = mission("Plan guide du bourg")
    better = {id(read.outline): Filled([frozenset[str]()], 1.0), id(rules): Filled([frozenset({"title"})], 0.0)}
    chosen = choose(read, lambda: rules, lambda proposed: better[id(proposed)])
    assert not chosen.by_roles and {f.field for f in chosen.findings} == {"title", "client"}
