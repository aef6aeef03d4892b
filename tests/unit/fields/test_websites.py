"""The publisher's own sites."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import websites
from tests.unit.fields.sections import context, outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.vireval.example", ["www.vireval.example"]),
        ("https://www.vireval.example/agences.", ["https://www.vireval.example/agences"]),
        ("Sur http://vireval.example et www.vire.example", ["http://vireval.example", "www.vire.example"]),
        ("contact@vireval.example", []),
        ("a.malvy@www.vireval.example", []),
        ("vireval-conseil.example", ["vireval-conseil.example"]),
        ("autre-firme.example", []),
        ("sans adresse", []),
        ("4 rue Verte – www.vireval-\nconseil.example", ["www.vireval-conseil.example"]),
    ],
)  # fmt: skip
def test_addresses(text: str, expected: list[str]) -> None:
    assert [c.value for c in websites.find(outline(front=[text]), context())] == expected


def test_an_address_counts_once_whichever_way_it_is_printed() -> None:
    found = websites.find(
        outline(
            front=["https://www.vireval.example"], offices=["www.vireval.example"], running=["WWW.VIREVAL.EXAMPLE"]
        ),
        context(),
    )
    assert [c.value for c in found] == ["https://www.vireval.example"]
    assert [(e.field, e.text) for e in found[0].evidence] == [("website", "https://www.vireval.example")]


def test_without_a_known_publisher_a_bare_domain_is_no_site() -> None:
    assert websites.find(outline(front=["vireval-conseil.example"]), context(firm=None)) == []


def test_the_own_domain_is_not_doubled_by_its_address() -> None:
    found = websites.find(outline(offices=["vireval.example"], running=["www.vireval.example"]), context())
    assert [c.value for c in found] == ["vireval.example"]


def test_a_clients_site_on_the_cover_is_not_the_firms_own() -> None:
    made = outline(front=["www.vireval.example", "Avec le soutien de www.morcy.example", "www.studio-v.example"])
    assert websites.own_domains(made, context()) == {"vireval.example"}
    written = outline(front=["www.studio-v.example", "bonjour@studio-v.example"])
    assert websites.own_domains(written, context()) == {"studio-v.example"}


def test_the_address_of_a_page_in_a_running_line_tells_its_site() -> None:
    found = websites.find(outline(running=["https://www.vireval.example/references/ 1/4"]), context())
    assert [(c.value, c.evidence[0].text) for c in found] == [("https://www.vireval.example",) * 2]
    own = websites.find(outline(running=["vireval-conseil.example"]), context())
    assert [c.value for c in own] == ["vireval-conseil.example"]
