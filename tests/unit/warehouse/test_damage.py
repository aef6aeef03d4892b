"""A warehouse file that is damaged is recognised, said in one sentence, and never taken for an empty one."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import WarehouseDamaged, WarehouseError
from carnet.warehouse.store.db import migration_files, open_writer
from tests.builders import load_result, result


def flipped(data: bytes) -> bytes:
    """All blocks but the headers have wrong bits."""
    dice, out = random.Random(5), bytearray(data)
    for at in range(12288, len(out), 512):
        out[at + dice.randrange(512)] ^= 0xFF
    return bytes(out)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "only the header": lambda data: data[:5000],
    "random bytes": lambda data: random.Random(3).randbytes(len(data)),
    "text": lambda data: b"mission;client\n" * 1000,
    "SQLite": lambda data: b"SQLite format 3\0" + bytes(4096),
    "wrong bits": flipped,
    "a header of random bytes": lambda data: random.Random(4).randbytes(4096) + data[4096:],
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("good") / "carnet.duckdb"
    with open_writer(path) as con:
        load_result(con, result())
    return path.read_bytes()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_said_in_one_sentence(damage: str, good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "carnet.duckdb"
    path.write_bytes(DAMAGES[damage](good))
    for opened in (open_reader, open_writer):
        sentence = r"damaged \(.*`carnet rebuild` sets it aside"
        with pytest.raises(WarehouseDamaged, match=sentence) as error, opened(path) as con:
            ask(con, "SELECT * FROM missions, evidence, findings")
        assert "\n" not in str(error.value)
        assert len(str(error.value)) < 400
    assert path.read_bytes() == DAMAGES[damage](good)


def test_a_newer_carnet_made_it(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "carnet.duckdb"
    path.write_bytes(good)
    with open_writer(path) as con:
        con.execute("INSERT INTO store.migration (name) VALUES ('9999_later')")
    assert migration_files()
    for opened in (open_reader, open_writer):
        with pytest.raises(WarehouseError, match="newer carnet"), opened(path):
            pass


def test_a_directory_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "carnet.duckdb").mkdir()
    with pytest.raises(WarehouseError, match="can't be read"), open_reader(tmp_path / "carnet.duckdb"):
        pass
