"""Voices: coherent in a brochure, wide over many."""

from __future__ import annotations

from random import Random

import pytest

from carnet.pipeline.teach.content import Brochure, MissionFacts, Person, Printed
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.speak import voice as speak
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

SEEDS = range(120)


@pytest.fixture(scope="module")
def spoken() -> list[tuple[Brochure, Voice]]:
    out = []
    for seed in SEEDS:
        rng = Random(seed)
        brochure = invent(rng, 3)
        out.append((brochure, speak(rng, brochure)))
    return out


def facts_of(person: Person | None, values: dict[Role, Printed] | None = None) -> MissionFacts:
    title = Printed("Audit", Role.TITLE, {"title": "Audit"})
    return MissionFacts(1, "Conseil", {Role.TITLE: title, **(values or {})}, contact=person)


def text(voice: Voice, mission: MissionFacts, joint: str | None = None) -> str:
    return "".join(run.text for run in voice.contact(mission, joint))


def test_a_seed_speaks_the_same_again() -> None:
    assert speak(Random(4), invent(Random(4))) == speak(Random(4), invent(Random(4)))


def test_labels_of_a_voice_differ(spoken: list[tuple[Brochure, Voice]]) -> None:
    alike = 0
    for _, voice in spoken:
        words = [word.lower() for word in voice.labels.values()]
        alike += len(words) - len(set(words))
    assert alike < 8  # of some two thousand: short lists of signs run out


def test_labels_vary_over_brochures(spoken: list[tuple[Brochure, Voice]]) -> None:
    for role in (Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.CONTACT, Role.PARTNERS, Role.CONTEXT, Role.APPROACH):
        assert len({voice.labels.get(role, "").lower() for _, voice in spoken}) > 25


def test_some_voices_have_no_labels_and_say_so(spoken: list[tuple[Brochure, Voice]]) -> None:
    bare = [voice for _, voice in spoken if Role.CLIENT not in voice.labels and not voice.labelled]
    assert 2 < len(bare) < 40
    assert all(not voice.labels or set(voice.labels) == {Role.CONTEXT, Role.APPROACH, Role.RESULTS} for voice in bare)


def test_bare_figures_have_a_label_that_says_their_unit(spoken: list[tuple[Brochure, Voice]]) -> None:
    told = [(b, v) for b, v in spoken if b.amount_unit]
    assert told
    for brochure, voice in told:
        unit = str(brochure.amount_unit).strip("()").lower()
        for word in (voice.labels[Role.AMOUNT], voice.head_words[Role.AMOUNT]):
            assert unit in word.lower()


def test_every_column_has_a_head(spoken: list[tuple[Brochure, Voice]]) -> None:
    assert all(voice.head_words[role] for _, voice in spoken for role in voice.order)


def test_all_parts_of_a_contact_are_printed_in_their_roles(spoken: list[tuple[Brochure, Voice]]) -> None:
    person = Person("Solène Rochat", "DGS", "s.rochat@varmont.fr", "01 99 00 12 34", "+33199001234", civility="Mme")
    for _, voice in spoken:
        runs = voice.contact(facts_of(person))
        for role, part in (
            (Role.CONTACT, "Mme Solène Rochat"),
            (Role.CONTACT, "DGS"),
            (Role.EMAIL, "s.rochat"),
            (Role.PHONE, "99"),
        ):
            assert any(part in run.text and run.mark.role is role for run in runs)
        assert all(run.mark.of in (Role.EMAIL, Role.PHONE) for run in runs if run.mark.role is Role.LABEL)
        stacked = [run for run in voice.contact(facts_of(person), "\n") if run.text == "\n"]
        assert len(stacked) == 3


def test_a_contact_prints_its_slip_and_its_leaving(spoken: list[tuple[Brochure, Voice]]) -> None:
    voice = spoken[0][1]
    slip = Person(None, None, "x.ruel@bru.fr", email_printed="x.ruel@bru,fr", findings=("email_malformed",))
    gone = Person("A. Ruel", note="retraité", left=True)
    assert text(voice, facts_of(slip)).endswith("x.ruel@bru,fr")
    assert text(voice, facts_of(gone)) == "A. Ruel (retraité)"
    assert text(voice, facts_of(Person(None, note="Contact parti", left=True))) == "Contact parti"


def test_a_word_stands_for_a_missing_contact(spoken: list[tuple[Brochure, Voice]]) -> None:
    voice = spoken[0][1]
    nothing = Printed("NC", Role.CONTACT, {"findings": ["contact_missing"]})
    assert text(voice, facts_of(None, {Role.CONTACT: nothing})) == "NC"
    assert voice.contact(facts_of(None)) == ()


def test_partners_print_their_line_or_their_names(spoken: list[tuple[Brochure, Voice]]) -> None:
    voice = spoken[0][1]
    line = Printed("en groupement avec A et B", Role.PARTNERS)
    plain = MissionFacts(1, "", {}, partners=("A", "B"))
    said = MissionFacts(1, "", {Role.PARTNERS: line}, partners=("A", "B"))
    assert [r.text for r in voice.partners(plain)] == [voice.partner_joint.join(("A", "B"))]
    assert [r.text for r in voice.partners(said)] == ["en groupement avec A et B"]


def test_looks_vary(spoken: list[tuple[Brochure, Voice]]) -> None:
    sizes = [(voice.look("title").size or 10, voice.look("client").size or 10) for _, voice in spoken]
    assert any(title < client for title, client in sizes)
    assert any(title > client for title, client in sizes)
    assert any(title < 10 for title, _ in sizes)
    assert len({voice.accent for _, voice in spoken}) > 80
