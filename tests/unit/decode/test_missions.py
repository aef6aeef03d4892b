"""Roles and links as given -> missions with their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from carnet.pipeline.decode.anchors import beside_a_head, second_lines, words_of_a_form
from carnet.pipeline.decode.missions import decode
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.observe.document import Observed, observe
from carnet.pipeline.observe.vectors import Meaning
from carnet.pipeline.observe.words import WordObserver
from carnet.pipeline.page.fragments import sheets
from carnet.pipeline.roles.network import Told
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import BBox, Page, Shape, Style, Word
from carnet.schemas.outline import MissionSection, PartKind
from carnet.schemas.roles import Role
from tests.unit.page.test_fragments import PLAIN, line

ROLES = tuple(Role)
LARGE = Style(14, True, False, "#000000", "A-Bold")
Answer = tuple[Role, int]


class Given:
    """A model that knows the answers. `home`: fragment -> its anchor."""

    roles = ROLES

    def __init__(self, home: dict[int, int]) -> None:
        self.home = home

    def links(self, seen: object, told: Told, anchors: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        near = set(np.asarray(anchors).tolist())
        some = [(i, a) for i, a in self.home.items() if a in near]
        return np.array([i for i, _ in some]), np.array([a for _, a in some]), np.ones(len(some), np.float32)


def pages(words: list[Word], rules: Sequence[float] = ()) -> list[Page]:
    """`rules`: heights at which one runs across each page."""
    numbers = sorted({w.page for w in words if w.page})
    shapes = tuple(Shape("rule", BBox(40, y, 560, y + 0.5)) for y in rules)
    return [Page(n, 600, 800, tuple(w for w in words if w.page == n), shapes=shapes) for n in numbers]


def observed(words: list[Word], rules: Sequence[float] = ()) -> Observed:
    taken = sheets(pages(words, rules), frozenset("•"))
    return observe(taken, WordObserver(load_rules()), Meaning(np.zeros((300, 2), np.float32)))


def read(
    words: list[Word],
    answers: dict[str, Answer],
    heads: dict[int, str],
    sure: float = 1.0,
    announced: Mapping[str, Role] = {},
    rules: Sequence[float] = (),
) -> Read:
    """Decoded with the answers given by text. `heads`: mission -> the text of its anchor."""
    taken = sheets(pages(words, rules), frozenset("•"))
    seen = observed(words, rules)
    at = {f.text: f.number for f in seen.fragments}
    roles = np.full((len(at), len(ROLES)), (1 - sure) / len(ROLES), np.float32)
    for text, (role, _) in answers.items():
        roles[at[text], ROLES.index(role)] += sure
    of = roles.copy()
    for text, role in announced.items():
        of[at[text]] = np.eye(len(ROLES), dtype=np.float32)[ROLES.index(role)]
    anchors = np.zeros(len(at), np.float32)
    anchors[[at[text] for text in heads.values()]] = 1
    home = {at[text]: at[heads[mission]] for text, (_, mission) in answers.items() if mission in heads}
    return decode(taken, seen, Told(roles, of, anchors, ()), Given(home))  # type: ignore[arg-type]


def items(section: MissionSection, kind: PartKind) -> list[str]:
    return [i.flow().text for p in section.parts if p.kind is kind for i in p.items]


WORDS = [
    *line("Plan guide du bourg", LARGE, 50, 60), *line("Étude de la gare", LARGE, 320, 60),
    *line("Client :", PLAIN, 50, 90), *line("Ville de Morcy", PLAIN, 100, 90), *line("Région Armor", PLAIN, 320, 90),
    *line("Trois marches avec les", PLAIN, 50, 120), *line("habitants du bourg.", PLAIN, 50, 133),
]  # fmt: skip
ANSWERS: dict[str, Answer] = {
    "Plan guide du bourg": (Role.TITLE, 1), "Client :": (Role.LABEL, 1), "Ville de Morcy": (Role.CLIENT, 1),
    "Trois marches avec les": (Role.APPROACH, 1), "habitants du bourg.": (Role.APPROACH, 1),
    "Étude de la gare": (Role.TITLE, 2), "Région Armor": (Role.CLIENT, 2),
}  # fmt: skip
HEADS = {1: "Plan guide du bourg", 2: "Étude de la gare"}


def test_missions_side_by_side_keep_their_own() -> None:
    first, second = read(WORDS, ANSWERS, HEADS).outline.missions
    assert items(first, PartKind.TITLE) == ["Plan guide du bourg"]
    assert items(first, PartKind.CLIENT) == ["Ville de Morcy"]
    assert items(first, PartKind.APPROACH) == ["Trois marches avec les habitants du bourg."]
    assert items(second, PartKind.CLIENT) == ["Région Armor"]


def test_the_label_stands_with_its_value() -> None:
    first, _ = read(WORDS, ANSWERS, HEADS).outline.missions
    (client,) = [p for p in first.parts if p.kind is PartKind.CLIENT]
    assert client.label is not None and client.label.text == "Client :"


def test_a_missed_head_is_found_by_the_grammar() -> None:
    """Two clients and two titles under one head: the text in the look of heads is the second."""
    both = {**ANSWERS, "Étude de la gare": (Role.TITLE, 1), "Région Armor": (Role.CLIENT, 1)}
    words = [w for w in WORDS if w.text != "bourg."]
    both.pop("habitants du bourg.")
    both["habitants du"] = (Role.APPROACH, 1)
    assert len(read(words, both, {1: "Plan guide du bourg"}).outline.missions) == 2


def test_what_is_hardly_told_is_doubted() -> None:
    (first, _) = read(WORDS, ANSWERS, HEADS, sure=0.4).sure
    assert first[PartKind.CLIENT] < 0.5


def test_text_around_missions_is_kept_by_role() -> None:
    words = [*WORDS, *line("Nos bureaux à Morcy", PLAIN, 50, 700), *line("12", PLAIN, 300, 780)]
    answers = {**ANSWERS, "Nos bureaux à Morcy": (Role.OFFICE, 0), "12": (Role.FURNITURE, 0)}
    outline = read(words, answers, HEADS).outline
    assert [p.text for p in outline.offices] == ["Nos bureaux à Morcy"]
    assert [p.text for p in outline.running] == ["12"]


def test_what_stands_under_another_head_is_kept_as_other() -> None:
    """Two bodies of one mission in two columns: the client is the one under the head that says so."""
    words = [
        *line("Financeur", PLAIN, 50, 40), *line("Acheteur", PLAIN, 320, 40), *line("Plan guide", LARGE, 450, 60),
        *line("Région Armor", PLAIN, 50, 60), *line("Ville de Morcy", PLAIN, 320, 60),
    ]  # fmt: skip
    answers: dict[str, Answer] = {
        "Financeur": (Role.HEAD, 0), "Acheteur": (Role.HEAD, 0), "Plan guide": (Role.TITLE, 1),
        "Région Armor": (Role.CLIENT, 1), "Ville de Morcy": (Role.CLIENT, 1),
    }  # fmt: skip
    announced = {"Financeur": Role.OTHER, "Acheteur": Role.CLIENT}
    (mission,) = read(words, answers, {1: "Plan guide"}, announced=announced).outline.missions
    assert items(mission, PartKind.CLIENT) == ["Ville de Morcy"]
    assert items(mission, PartKind.OTHER) == ["Région Armor"]


def test_a_part_of_the_brochure_that_is_hardly_told_is_doubted() -> None:
    words = [*line("Urbanisme", LARGE, 50, 20), *WORDS]
    (first, second) = read(words, {**ANSWERS, "Urbanisme": (Role.DOMAIN, 0)}, HEADS, sure=0.4).sure
    assert first[PartKind.DOMAIN] < 0.5 and second[PartKind.DOMAIN] < 0.5


def test_the_lines_of_a_column_head_are_one() -> None:
    """A figure stands under the head that it is most under, with the unit in that head's second line."""
    words = [
        *line("Honoraires", PLAIN, 300, 40), *line("Travaux", PLAIN, 380, 40), *line("€ HT", PLAIN, 320, 52),
        *line("k€", PLAIN, 390, 52), *line("Plan guide", LARGE, 50, 80), *line("14 200", PLAIN, 320, 80),
        *line("95", PLAIN, 390, 80),
    ]  # fmt: skip
    answers: dict[str, Answer] = {text: (Role.HEAD, 0) for text in ("Honoraires", "Travaux", "€ HT", "k€")}
    answers |= {"Plan guide": (Role.TITLE, 1), "14 200": (Role.AMOUNT, 1), "95": (Role.AMOUNT, 1)}
    announced = {"Honoraires": Role.AMOUNT, "€ HT": Role.AMOUNT, "Travaux": Role.WORKS_COST, "k€": Role.WORKS_COST}
    (mission,) = read(words, answers, {1: "Plan guide"}, announced=announced).outline.missions
    (fee,) = [p for p in mission.parts if p.kind is PartKind.AMOUNT]
    assert [i.text for i in fee.items] == ["14 200"]
    assert fee.label is not None and fee.label.flow().text == "Honoraires € HT"


def test_a_sign_alone_before_a_value_is_no_value() -> None:
    words = [*line("Plan guide", LARGE, 50, 60), *line("Dates", PLAIN, 50, 90), *line(":", PLAIN, 50, 103)]
    words += line("2019 à 2020", PLAIN, 70, 103)
    answers: dict[str, Answer] = {"Plan guide": (Role.TITLE, 1), "Dates": (Role.LABEL, 1), ":": (Role.PERIOD, 1)}
    words = [w for w in words if w.text != ":"] + line(":", PLAIN, 50, 116)
    (mission,) = read(words, {**answers, "2019 à 2020": (Role.PERIOD, 1)}, {1: "Plan guide"}).outline.missions
    assert items(mission, PartKind.PERIOD) == ["2019 à 2020"]


def test_a_cell_beside_a_sure_head_heads_nothing() -> None:
    """ "G2 PRO" is as likely as not to head a mission; in its row "Pont neuf" surely does."""
    words = [
        *line("Pont neuf", LARGE, 50, 60), *line("G2 PRO", PLAIN, 300, 62), *line("Gare", LARGE, 50, 120),
        *line("Quai", LARGE, 50, 180),
    ]  # fmt: skip
    seen = observed(words)
    at = {f.text: f.number for f in seen.fragments}
    heads = np.zeros(len(at), np.float32)
    heads[[at["Pont neuf"], at["Gare"], at["Quai"], at["G2 PRO"]]] = [0.99, 0.95, 0.6, 0.6]
    anchors = np.flatnonzero(heads >= 0.5)
    dropped = anchors[beside_a_head(seen, heads, anchors)]
    assert [seen.fragments[i].text for i in dropped] == ["G2 PRO"]


def test_a_value_behind_its_label_goes_on_at_the_left_of_its_line() -> None:
    words = [*line("Plan guide", LARGE, 50, 60), *line("Client :", PLAIN, 50, 90), *line("Ville de", PLAIN, 93, 90)]
    words += line("Morcy", PLAIN, 50, 102)
    answers: dict[str, Answer] = {"Plan guide": (Role.TITLE, 1), "Client :": (Role.LABEL, 1)}
    answers |= {"Ville de": (Role.CLIENT, 1), "Morcy": (Role.CLIENT, 1)}
    (mission,) = read(words, answers, {1: "Plan guide"}).outline.missions
    assert items(mission, PartKind.CLIENT) == ["Ville de Morcy"]


def test_two_halves_of_a_mission_are_one() -> None:
    """A letter: its head names the client, another line below what was done."""
    words = [
        *line("Ville de Morcy", LARGE, 50, 60), *line("Morcy", PLAIN, 50, 90),
        *line("Étude de la gare", LARGE, 50, 140),
        *line("2021", PLAIN, 50, 170),
    ]  # fmt: skip
    answers: dict[str, Answer] = {
        "Ville de Morcy": (Role.CLIENT, 1), "Morcy": (Role.PLACE, 1), "Étude de la gare": (Role.TITLE, 2),
        "2021": (Role.PERIOD, 2),
    }  # fmt: skip
    heads = {1: "Ville de Morcy", 2: "Étude de la gare"}
    (mission,) = read(words, answers, heads).outline.missions
    assert items(mission, PartKind.CLIENT) == ["Ville de Morcy"]
    own = {**answers, "Morcy": (Role.CLIENT, 2)}
    assert len(read(words, own, heads).outline.missions) == 2


def test_what_somebody_did_before_is_no_mission_where_the_others_are_told_in_full() -> None:
    full = ("Ville de Morcy", "2021", "12 000 €", "Trois marches", "Un guide")
    roles = (Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.APPROACH, Role.RESULTS)
    words, answers, heads = [], {}, {}
    for n, x in enumerate((50, 320), start=1):
        title = f"Plan guide n {n}a"
        words += line(title, LARGE, x, 60)
        answers[title], heads[n] = (Role.TITLE, n), title
        for at, (text, role) in enumerate(zip(full, roles, strict=True)):
            words += line(f"{text} {n}a", PLAIN, x, 90 + 20 * at)
            answers[f"{text} {n}a"] = (role, n)
    assert len(read(words, answers, heads).outline.missions) == 2
    more = [*line("Audit du port", LARGE, 50, 400, 2), *line("Port de Brizac", PLAIN, 50, 425, 2)]
    cv = [*line("Anne Vasseur", PLAIN, 50, 350, 2), *line("directrice associée", PLAIN, 50, 370, 2)]
    short = {**answers, "Audit du port": (Role.TITLE, 3), "Port de Brizac": (Role.CLIENT, 3)}
    people = {"Anne Vasseur": (Role.TEAM, 0), "directrice associée": (Role.TEAM, 0)}
    assert len(read([*words, *more], short, {**heads, 3: "Audit du port"}).outline.missions) == 3
    told = read([*words, *cv, *more], {**short, **people}, {**heads, 3: "Audit du port"})
    assert len(told.outline.missions) == 2


def test_who_a_table_names_for_a_client_is_asked_about_all_its_missions() -> None:
    """Four missions of three clients on the first page; the second one is a table of clients and people."""
    clients = {1: "Ville de Morcy", 2: "VILLE DE MORCY", 3: "Région Armor", 4: "Syndicat du Perchay"}
    titles = {1: "Plan guide du bourg", 2: "Étude de la gare", 3: "Bilan des lycées", 4: "Zonage des eaux"}
    people = {"ville de Morcy": "Anne Malvy", "région Armor": "Jean Orsel", "syndicat du Perchay": "Léa Tibaud"}
    heads = {"Organisme": Role.CLIENT, "Votre interlocuteur": Role.CONTACT, "Fonction": Role.CONTACT}
    words, answers = [], {}
    for n, client in clients.items():
        words += [*line(titles[n], LARGE, 50, 100.0 * n), *line(client, PLAIN, 50, 100.0 * n + 30)]
        answers |= {titles[n]: (Role.TITLE, n), client: (Role.CLIENT, n)}
    for x, head in zip((50, 220, 400), heads, strict=True):
        words += line(head, PLAIN, x, 60, page=2)
        answers[head] = (Role.HEAD, 0)
    for n, (client, person) in enumerate(people.items(), start=1):
        words += [*line(client, PLAIN, 50, 60 + 30.0 * n, page=2), *line(person, PLAIN, 220, 60 + 30.0 * n, page=2)]
        answers |= {client: (Role.CLIENT, 0), person: (Role.CONTACT, 0)}
    missions = read(words, answers, titles, announced=heads).outline.missions
    found = [(items(m, PartKind.TITLE), items(m, PartKind.CONTACT)) for m in missions]
    names = ("Anne Malvy", "Anne Malvy", "Jean Orsel", "Léa Tibaud")
    assert found == [([title], [name]) for title, name in zip(titles.values(), names, strict=True)]


def test_the_name_of_a_part_is_whole_with_the_letter_that_a_dash_parts_from_it() -> None:
    words = [*line("A – Eau potable", Style(20, True, False, "#000000", "A-Bold"), 50, 20), *WORDS]
    for letter in (Role.DOMAIN, Role.FRONT):
        some = {**ANSWERS, "A": (letter, 0), "Eau potable": (Role.DOMAIN, 0)}
        missions = read(words, some, HEADS).outline.missions
        assert [m.domain.text if m.domain else None for m in missions] == ["A – Eau potable"] * 2


def test_who_stands_under_a_client_of_several_missions_is_asked_about_each() -> None:
    huge = Style(20, True, False, "#000000", "A-Bold")
    clients = {"Ville de Morcy": ("Anne Malvy", 1), "Région Armor": ("Jean Orsel", 3)}
    titles = {1: "Plan guide du bourg", 2: "Étude de la gare", 3: "Bilan des lycées", 4: "Zonage des eaux"}
    words: list[Word] = []
    answers: dict[str, Answer] = {}
    for n, (client, (person, first)) in enumerate(clients.items()):
        top = 350.0 * n
        words += [*line(client, huge, 50, top + 20), *line(person, PLAIN, 50, top + 50)]
        answers |= {client: (Role.CLIENT, first), person: (Role.CONTACT, first)}
        for m in (first, first + 1):
            at = top + 80 + 120 * (m - first)
            words += [*line(titles[m], LARGE, 50, at), *line(f"202{m}", PLAIN, 50, at + 25)]
            answers |= {titles[m]: (Role.TITLE, m), f"202{m}": (Role.PERIOD, m)}
    made = read(words, answers, titles)
    found = [(items(m, PartKind.TITLE), items(m, PartKind.CONTACT)) for m in made.outline.missions]
    people = ("Anne Malvy", "Anne Malvy", "Jean Orsel", "Jean Orsel")
    assert found == [([title], [person]) for title, person in zip(titles.values(), people, strict=True)]
    assert [items(m, PartKind.CLIENT) for m in made.outline.missions] == [[c] for c in clients for _ in range(2)]


def test_a_row_that_goes_on_has_no_second_head() -> None:
    """ "Bourg-de-" goes on below, so does the title beside it."""
    words = [
        *line("Ville de Bourg-de-", PLAIN, 50, 60), *line("Plan de gestion du site", PLAIN, 200, 60),
        *line("Chavilac", PLAIN, 50, 72), *line("Natura 2000", PLAIN, 200, 72),
        *line("Morcy", PLAIN, 50, 84), *line("Plan vélo", PLAIN, 200, 84),
    ]  # fmt: skip
    seen = observed(words)
    at = {f.text: f.number for f in seen.fragments}
    heads = np.zeros(len(at), np.float32)
    heads[[at["Plan de gestion du site"], at["Natura 2000"], at["Plan vélo"]]] = [0.99, 0.69, 0.7]
    anchors = np.flatnonzero(heads >= 0.5)
    none = np.zeros((len(at), 1), np.float32)
    told = Told(none, none, heads, ())
    dropped = anchors[second_lines(seen, told, anchors)]
    assert [seen.fragments[i].text for i in dropped] == ["Natura 2000"]


def test_a_rule_between_two_rows_parts_them() -> None:
    """One line each, the second in the look of the heads: else it seems to go on with the first."""
    words = [
        *line("Plan guide du bourg", PLAIN, 250, 60), *line("Ville de Morcy", PLAIN, 50, 60),
        *line("58 000 € HT", PLAIN, 480, 60),
        *line("Maison de l'eau", PLAIN, 250, 73), *line("Syndicat du Lys", PLAIN, 50, 73),
        *line("24 000 € HT", PLAIN, 480, 73),
    ]  # fmt: skip
    answers: dict[str, Answer] = {
        "Plan guide du bourg": (Role.TITLE, 1), "Ville de Morcy": (Role.CLIENT, 1), "58 000 € HT": (Role.AMOUNT, 1),
        "Maison de l'eau": (Role.TITLE, 1), "Syndicat du Lys": (Role.CLIENT, 1), "24 000 € HT": (Role.AMOUNT, 1),
    }  # fmt: skip
    heads = {1: "Plan guide du bourg"}
    assert len(read(words, answers, heads).outline.missions) == 1
    parted = read(words, answers, heads, rules=[71.5, 86]).outline.missions
    assert [items(m, PartKind.CLIENT) for m in parted] == [["Ville de Morcy"], ["Syndicat du Lys"]]


def test_what_stands_behind_another_label_on_the_line_is_another_fact() -> None:
    words = [
        *line("Plan guide du bourg", LARGE, 50, 60),
        *line("Financement :", PLAIN, 50, 90), *line("OPCO", PLAIN, 130, 90),
        *line("Effets :", PLAIN, 180, 90), *line("satisfaction 4,8/5", PLAIN, 240, 90),
    ]  # fmt: skip
    answers: dict[str, Answer] = {
        "Plan guide du bourg": (Role.TITLE, 1), "Financement :": (Role.LABEL, 1), "OPCO": (Role.OTHER, 1),
        "Effets :": (Role.LABEL, 1), "satisfaction 4,8/5": (Role.OTHER, 1),
    }  # fmt: skip
    (mission,) = read(words, answers, {1: "Plan guide du bourg"}).outline.missions
    told = [(p.label.text if p.label else "", [i.text for i in p.items]) for p in mission.parts if p.kind == "other"]
    assert told == [("Financement :", ["OPCO"]), ("Effets :", ["satisfaction 4,8/5"])]


def test_two_amounts_far_behind_their_labels_are_two() -> None:
    words = [
        *line("Plan guide", LARGE, 50, 40),
        *line("Coût de la place", PLAIN, 50, 70), *line("820 000 €", PLAIN, 450, 70),
        *line("Nos honoraires", PLAIN, 50, 83), *line("64 000 €", PLAIN, 450, 83),
    ]  # fmt: skip
    answers: dict[str, Answer] = {
        "Plan guide": (Role.TITLE, 1), "Coût de la place": (Role.LABEL, 1), "820 000 €": (Role.AMOUNT, 1),
        "Nos honoraires": (Role.LABEL, 1), "64 000 €": (Role.AMOUNT, 1),
    }  # fmt: skip
    announced = {"Coût de la place": Role.AMOUNT, "Nos honoraires": Role.AMOUNT}
    (mission,) = read(words, answers, {1: "Plan guide"}, announced=announced).outline.missions
    amounts = [p for p in mission.parts if p.kind is PartKind.AMOUNT]
    assert [p.label.text for p in amounts if p.label] == ["Coût de la place", "Nos honoraires"]
    assert items(mission, PartKind.AMOUNT) == ["820 000 €", "64 000 €"]


def certificates(sentence: str, role: Role, likely: float, titles: int = 3) -> list[str]:
    """What heads nothing, of three pages that begin with one sentence; most have a title below it."""
    words = [w for page in (1, 2, 3) for w in line(sentence, PLAIN, 50, 40, page)]
    words += [w for page in range(1, titles + 1) for w in line("Plan guide", LARGE, 50, 70, page)]
    seen = observed(sorted(words, key=lambda w: (w.page or 0, w.box.top if w.box else 0)))
    roles = np.zeros((len(seen.fragments), len(ROLES)), np.float32)
    anchors = np.zeros(len(seen.fragments), np.float32)
    for f in seen.fragments:
        head = f.text == "Plan guide"
        roles[f.number, ROLES.index(Role.TITLE if head else role)] = 1
        anchors[f.number] = 1 if head else likely
    told = Told(roles, roles, anchors, ())
    return [seen.fragments[i].text for i in words_of_a_form(seen, told, Given({}))]  # type: ignore[arg-type]


def test_what_each_certificate_says_in_the_same_words_heads_nothing() -> None:
    said = "Le soussigné certifie que la société a exécuté"
    assert certificates(said, Role.HEADING, 0.6) == [said] * 3
    assert certificates(said, Role.HEADING, 0.95) == []
    assert certificates(said, Role.HEADING, 0.6, titles=2) == []
    assert certificates("Le soussigné certifie", Role.HEADING, 0.6) == []


def test_a_client_of_several_missions_is_no_form() -> None:
    assert certificates("Association des amis du musée de Morcy", Role.CLIENT, 0.6) == []
