"""Whatever may happen to a warehouse, by lot: brochures of two firms in any order, decisions, persons forgotten, other
readings, rebuilds; and every id that was ever printed, with what it was printed for."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services import correct as correcting
from carnet.flows.services import forget as forgetting
from carnet.flows.services import pair
from carnet.flows.services.asked import Asked
from carnet.flows.services.ingest import Run, load_reading
from carnet.flows.services.rebuild import rebuild
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import FileReading
from carnet.pipeline.settle import settle
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.evidence import Candidate
from carnet.schemas.source import Edition, SourceFile
from carnet.schemas.spelling import slug
from carnet.schemas.values import Amount
from carnet.warehouse.ask.became import Meant, UnknownId, meant
from carnet.warehouse.disk.errors import QueryError, WarehouseError
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.matching.ids import MissionPlace
from carnet.warehouse.store import db
from carnet.warehouse.store.db import connect
from tests.unit.drafts import period, reading

Slot = tuple[str, int]
"""Edition (its file) and number of the invented mission: what a key stands for, however it is read."""
TOPICS = (
    "Schéma directeur d'eau potable", "Diagnostic du réseau d'assainissement", "Plan de gestion de la forêt communale",
    "Étude de la ressource en eau", "Restauration des berges du canal", "Observatoire des haies et bocages",
    "Inventaire des zones humides", "Charte de développement du parc", "Programme local de l'habitat",
    "Réaménagement des halles anciennes", "Guide des plantations urbaines", "Atlas de la biodiversité",
)  # fmt: skip
PLACES = (
    "Brenoux",
    "Trois Vals",
    "Haut Lys",
    "Luz",
    "Morcy",
    "Orval",
    "Tavel",
    "Sernin",
    "Vireval",
    "Corbel",
    "Lanes",
    "Ys",
)
PEOPLE = ("Aline Verdeau", "Luc Marsanne", "Rose Tavelin", "Jean Orvalin")
ASKED = Asked("lettre de commande", "Odile")


@dataclass(frozen=True)
class File:
    """An edition that may arrive: which missions it prints, some of them reworded."""

    name: str
    firm: str
    date: dt.date
    missions: tuple[int, ...]
    reworded: frozenset[int]

    @property
    def data(self) -> bytes:
        return f"{self.firm} {self.name}".encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def draw_files(dice: random.Random) -> list[File]:
    """Two firms, with one or two brochures each that share some missions, in up to three editions; sheets beside."""
    files = []
    for firm, first in (("Ondine Conseil", 0), ("Hydrelle", 40)):
        for name in ("eau", "foret")[: dice.randint(1, 2)]:
            numbers = dice.sample(range(first, first + 14), 8)
            for year in sorted(dice.sample(range(2018, 2026), dice.randint(1, 3))):
                shown = tuple(dice.sample(numbers[-6:], dice.randint(4, 6)))
                numbers.append(first + 14 + len(numbers) + 12 * (name == "foret"))
                reworded = frozenset(n for n in shown if dice.random() < 0.2)
                files.append(File(f"{firm[:3]}-{name}-{year}.md", firm, dt.date(year, 3, 1), shown, reworded))
        files.append(
            File(f"{firm[:3]}-fiche.md", firm, dt.date(2023, 6, 1), (first + dice.randint(0, 6),), frozenset())
        )
    return files


def heading_of(file: File, number: int, reader: int) -> tuple[str, str]:
    """Client and title as printed; another reader cuts the title elsewhere."""
    title = f"{TOPICS[number % 12]}"
    title = f"{title} et programme d'actions" if number in file.reworded else title
    cut = reader and (number + len(file.name)) % 3 == 0
    return f"Ville de {PLACES[number % 12]} {number // 12}", f"{title} – phase {number}" if not cut else title


@cache
def draft_of(file: File, reader: int) -> tuple[EditionDraft, dict[str, int]]:
    """As the reading with that number gives it; and the number of the mission behind each key."""
    numbers: dict[str, int] = {}
    missions = []
    for ordinal, number in enumerate(file.missions, 1):
        client, title = heading_of(file, number, reader)
        bare = slug(f"{client} {title}")
        key = f"{bare[:60]}-{hashlib.sha256(bare.encode()).hexdigest()[:8]}"
        numbers[key] = number
        contact = {"name": PEOPLE[number % 4], "role": "DGS", "email": None, "phone": None, "has_left": False}
        read = {
            "title": title, "client": client, "contacts": [contact],
            "period": period(f"{2008 + number % 12}-03", f"{2009 + number % 12}-06"),
            "amount": Amount(value=Decimal(10_000 + 137 * number), currency="EUR", tax="HT"),
            "context": [f"Le territoire numéro {number} attendait cette étude.", f"Second lot de travaux {number}."],
        }  # fmt: skip
        candidates = {name: (_candidate(name, value),) for name, value in read.items()}
        missions.append(MissionDraft(key=key, ordinal=ordinal, page_first=ordinal, page_last=ordinal, from_table=False,
                                     labels=(), candidates=candidates))  # fmt: skip
    source = SourceFile(sha256=file.sha256, name=file.name, media_type="text/markdown")
    edition = Edition(source=source, pages=9, firm=file.firm, edition_date=file.date, date_rule="cover")
    empty: dict[str, tuple[()]] = {"team": (), "offices": (), "websites": (), "findings": ()}
    draft = EditionDraft(edition=edition, missions=tuple(missions), read_share=1.0, rules_digest=f"{reader}", **empty)
    return draft, numbers


def _candidate(name: str, value: Any) -> Candidate:
    """The texts come last on the page, each with evidence of its own."""
    made = reading(name, value)
    if name != "context":
        return made
    place = made.evidence[0]
    places = [
        place.model_copy(update={"ordinal": n, "text": text, "top": 100.0 * n, "bottom": 100.0 * n + 9})
        for n, text in enumerate(value, 1)
    ]
    return made.model_copy(update={"evidence": tuple(places)})


def make_haste(patch: pytest.MonkeyPatch) -> None:
    """DuckDB has one thread, and looks for no pandas. New warehouses are copies: conftest.py."""
    patch.setitem(db.OFFLINE, "threads", 1)
    patch.setitem(sys.modules, "pandas", None)  # DuckDB looks for it with every question


@dataclass
class History:
    """One warehouse and what happens to it. `printed`: by id, all slots for which it was ever printed."""

    folder: Path
    seed: int
    printed: dict[str, set[Slot]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    moved: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.files = {file.sha256: file for file in draw_files(self.dice)}
        self.settings = Settings(self.folder / "warehouse" / "carnet.duckdb", use_prefect=False)
        self.reader = 0
        self.read_by: dict[str, int] = {}
        self.arrived: list[File] = []
        self.standing: dict[MissionPlace, str] = {}
        (self.folder / "in").mkdir(parents=True)
        for file in self.files.values():
            (self.folder / "in" / file.name).write_bytes(file.data)

    def run(self, steps: int) -> None:
        """So many things happen, and after each all ids are asked for."""
        for _ in range(steps):
            command = self.dice.choices(list(COMMANDS), list(COMMANDS.values()))[0] if self.arrived else History.ingest
            before = self.standing
            with suppress(QueryError, WarehouseError, ValueError):
                self.told.append(f"{command.__name__} refused")
                self.told[-1] = f"{command.__name__} {command(self)}"
            self.check()
            if command in (History.rebuild, History.lose_the_warehouse, History.forget):
                assert self.by_slot(self.standing) == self.by_slot(before), self.told
            if command is History.ingest:
                self.moved += sum(self.standing.get(place) != mission_id for place, mission_id in before.items())

    # what may happen

    def ingest(self) -> str:
        left = [file for file in self.files.values() if file not in self.arrived] or list(self.files.values())
        file = self.dice.choice(left)
        self._load(file, self.reader)
        return file.name

    def read_otherwise(self) -> str:
        """As when carnet's code is another."""
        self.reader = 1 - self.reader
        file = self.dice.choice(self.arrived)
        self._load(file, self.reader)
        return f"{file.name} by {self.reader}"

    def name(self) -> str:
        file = self.dice.choice(self.arrived)
        self._load(file, self.read_by[file.sha256], brochure=self.dice.choice(("Une", "Deux", "ondine-conseil")))
        return file.name

    def correct(self) -> str:
        change = self.dice.choice(("amount=31500", "title=Autre étude", "mission=-", "client=Ville de Luz"))
        mission = self._some_id()
        correcting.correct(self.settings, mission, *change.split("=", 1), ASKED)
        return f"{mission} {change}"

    def split(self) -> str:
        mission = self._some_id()
        correcting.correct(self.settings, mission, "mission", "/ Second lot", ASKED)
        return mission

    def join(self) -> str:
        edition = self.dice.choice(sorted({place[0] for place in self.standing}))
        ids = sorted(mission_id for place, mission_id in self.standing.items() if place[0] == edition)
        one, other = self.dice.sample(ids, 2)
        correcting.correct(self.settings, one, "mission", f"+ {other}", ASKED)
        return f"{one} + {other}"

    def undo(self) -> str:
        mission, field_name = self._some_id(), self.dice.choice(("mission", "mission", "title", "amount"))
        correcting.undo(self.settings, mission, field_name, "Odile")
        return f"{mission} {field_name}"

    def same(self) -> str:
        one, other = self._some_id(), self._some_id()
        return f"{one} {other}: {pair.pair(self.settings, 'same', one, other, ASKED)}"

    def distinct(self) -> str:
        one = self._some_id()
        return f"{one}: {pair.pair(self.settings, 'distinct', one, one, ASKED)}"

    def forget(self) -> str:
        who = self.dice.choice(PEOPLE)
        forgetting.erase(self.settings, who)
        return who

    def rebuild(self) -> str:
        rebuild(self.settings, read=self._read_all)
        return ""

    def lose_the_warehouse(self) -> str:
        self.settings.warehouse.write_bytes(b"no database")
        return self.rebuild()

    def _load(self, file: File, reader: int, **naming: str) -> None:
        arrivals, _ = look_at([self.folder / "in" / file.name])
        self._read(Run(self.settings, Naming(**naming), arrivals, []), reader, again=True)  # type: ignore[arg-type]
        self.arrived += [file] if file not in self.arrived else []

    def _read_all(self, run: Run) -> None:
        self.dice.shuffle(run.to_read)
        for arrival in list(run.to_read):
            one = Run(run.settings, run.naming, [arrival], [], giving=run.giving, dry=run.dry)
            self._read(one, self.read_by[arrival.sha256], again=False)

    def _read(self, run: Run, reader: int, again: bool) -> None:
        for arrival in run.to_read:
            draft, _ = draft_of(self.files[arrival.sha256], reader)
            done = FileReading(draft.model_dump_json(), settle(draft).model_dump_json(), 0.1)
            load_reading(arrival, done, run, again=again)
            self.read_by[arrival.sha256] = reader

    def _some_id(self) -> str:
        """One that stands, or any that was ever printed."""
        standing = sorted(set(self.standing.values()))
        return self.dice.choice(standing if self.dice.random() < 0.8 else sorted(self.printed))

    # what must hold

    def by_slot(self, standing: dict[MissionPlace, str]) -> set[tuple[Slot, str]]:
        return {(self.slot(place), mission_id) for place, mission_id in standing.items()}

    def slot(self, place: MissionPlace) -> Slot:
        file = self.files[place[0]]
        numbers = draft_of(file, 0)[1] | draft_of(file, 1)[1]
        key, tilde, _ = place[1].partition("~")
        return file.name, numbers[key] + (1000 if tilde else 0)

    def check(self) -> None:
        """Every id ever printed answers to a mission for which it was printed, or says what became of it."""
        with connect(self.settings.warehouse, read_only=True) as con:
            rows = con.execute(_STANDING).fetchall()
            self.standing = {(sha256, key): mission_id for sha256, key, mission_id in rows}
            now = {self.slot(place): mission_id for place, mission_id in self.standing.items()}
            for slot, mission_id in now.items():
                self.printed.setdefault(mission_id, set()).add(slot)
            for mission_id, slots in self.printed.items():
                problem = _problem(mission_id, slots, now, lambda asked: meant(con, asked))
                assert problem is None, (self.seed, problem, self.told)


_STANDING = """
SELECT e.sha256, p.key, p.mission_id
FROM store.portrait AS p
JOIN store.edition AS e USING (edition_id)
ORDER BY ALL
"""


def _problem(
    mission_id: str, slots: set[Slot], now: dict[Slot, str], ask: Callable[[str], Meant]
) -> tuple[str, str] | None:
    """What is wrong with the answer."""
    there = {now[slot] for slot in slots if slot in now}
    try:
        answer = ask(mission_id)
    except UnknownId:
        return mission_id, "unknown"
    except QueryError as said:
        silent = [one for one in there if one not in str(said)]
        return (
            (mission_id, f"{said}; silent about {silent}")
            if silent or not there and "any more" not in str(said)
            else None
        )
    if answer.mission_id not in now.values():
        return mission_id, f"answers with {answer.mission_id}, which is not there"
    if there and answer.mission_id not in there:
        return mission_id, f"answers with {answer.mission_id}, which is another: {there}"
    silent = [one for one in there - {answer.mission_id} if one not in (answer.note or "")]
    if silent or (answer.mission_id != mission_id and mission_id not in (answer.note or "")):
        return mission_id, f"answers with {answer}, silent about {silent}"
    return None


COMMANDS: dict[Callable[[History], str], int] = {
    History.ingest: 6, History.read_otherwise: 1, History.name: 1, History.correct: 2, History.split: 1,
    History.join: 1, History.undo: 2, History.same: 2, History.distinct: 2, History.forget: 1, History.rebuild: 1,
    History.lose_the_warehouse: 1,
}  # fmt: skip
