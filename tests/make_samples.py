"""Draw the sample brochures of `raw/` and their reference answers; `--variants DIR` draws the other layouts.

usage: make_samples.py [--only NAME] [--variants DIR]

Everything in them is invented: firms, clients, people, figures. The bytes are the same on every run.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.samples.content import load, write_gold  # noqa: E402
from tests.samples.editions import Pair, next_edition  # noqa: E402

SAMPLES = ("orvane_deck", "maubray_fiches")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--variants", type=Path, metavar="DIR", help="draw the variants into DIR instead")
    options.add_argument("--only", metavar="NAME", help="draw this one alone")
    args = options.parse_args()
    if args.variants:
        draw_variants(args.variants, args.only)
    else:
        draw_samples(HERE.parent / "raw", HERE / "samples" / "gold", args.only)


def draw_samples(folder: Path, gold_folder: Path, only: str | None = None) -> None:
    for module in SAMPLES:
        if only in (None, module):
            _draw("tests.samples." + module, HERE / "samples" / f"{module}.yml", folder, gold_folder)


def draw_variants(folder: Path, only: str | None = None) -> list[Path]:
    """All variants with their answers beside them; the paths of the brochures."""
    modules = sorted((HERE / "samples" / "variants").glob("[!_]*.py"))
    return [
        _draw("tests.samples.variants." + module.stem, module.with_suffix(".yml"), folder, folder)
        for module in modules
        if only in (None, module.stem)
    ]


def draw_pair(layout: str, folder: Path) -> tuple[Pair, list[Path]]:
    """Two editions in one layout ("variants.cards"): what changed, and the files, the older one first."""
    drawing = importlib.import_module("tests.samples." + layout)
    content = (HERE / "samples").joinpath(*layout.split(".")).with_suffix(".yml")
    pair = next_edition(load(getattr(drawing, "CONTENT", content)))
    suffix = getattr(drawing, "SUFFIX", ".pdf")
    files = [folder / f"{layout.rpartition('.')[2]}-{year}{suffix}" for year in (2022, 2024)]
    for brochure, file in zip((pair.old, pair.new), files, strict=True):
        drawing.draw(brochure, file)
    return pair, files


def _draw(module: str, content: Path, folder: Path, gold_folder: Path) -> Path:
    drawing = importlib.import_module(module)
    brochure = load(getattr(drawing, "CONTENT", content))
    brochure.name = module.rpartition(".")[2].replace("_", "-")
    path = folder / (brochure.name + getattr(drawing, "SUFFIX", ".pdf"))
    folder.mkdir(parents=True, exist_ok=True)
    gold_folder.mkdir(parents=True, exist_ok=True)
    drawing.draw(brochure, path)
    write_gold(brochure, gold_folder / f"{brochure.name}.gold.json")
    print(f"{path.name}: {len(brochure.missions)} missions, {path.stat().st_size // 1024} KB")
    return path


if __name__ == "__main__":
    main()
