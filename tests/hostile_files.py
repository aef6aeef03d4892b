"""Hostile files of many kinds, made from a seed: damaged, lying, looping, exploding, and what is no brochure at all.

`python -m tests.hostile_files FOLDER COUNT SEED` writes them, to look at one or to try them by hand.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bare_pdf import FONT, FORM, TEXT, one_page, pdf, stream
from tests.hostile_more import MORE

Maker = Callable[[random.Random], bytes]
RAW = Path(__file__).parent.parent / "raw"
SAMPLES = sorted(RAW.glob("*.pdf"))
NUMBERS = (b"0", b"-1", b"1", b"7", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"1e308", b"0.00000001")
"""What a number in a file may become."""


def hostile_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents: each kind in turn until there are enough."""
    kinds = list(KINDS.items())
    for number in range(count):
        kind, maker = kinds[number % len(kinds)]
        yield _name(kind, number), maker(random.Random(f"{seed} {number}"))


def _name(kind: str, number: int) -> str:
    stem, _, ending = kind.rpartition(".")
    return f"{number:04d}-{stem}.{ending}" if stem else f"{number:04d}-{kind}.pdf"


# ---- damage to a good file ----------------------------------------------------------------------------------------


def _sample(dice: random.Random) -> bytes:
    return dice.choice(SAMPLES).read_bytes()


def _cut(dice: random.Random) -> bytes:
    data = _sample(dice)
    return data[: dice.randrange(len(data))]


def _flipped(dice: random.Random) -> bytes:
    data = bytearray(_sample(dice))
    for _ in range(len(data) // dice.choice((50, 500, 2000, 20_000)) + 1):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def _hole(dice: random.Random) -> bytes:
    """A block of zeros, of another place, or nothing at all."""
    data = _sample(dice)
    start, length = dice.randrange(len(data)), dice.choice((1, 100, 4096, 20_000))
    other = dice.randrange(len(data))
    filling = dice.choice((bytes(length), data[other : other + length], b""))
    return data[:start] + filling + data[start + length :]


def _numbers(dice: random.Random) -> bytes:
    """Some numbers of its objects, page tree or table of offsets are others."""
    share = dice.choice((0.002, 0.02, 0.2))
    return _outside_streams(
        _sample(dice), rb"\d+", lambda m: dice.choice(NUMBERS) if dice.random() < share else m.group()
    )


def _references(dice: random.Random) -> bytes:
    """Some references lead elsewhere: loops, wrong types, what is not there."""
    share = dice.choice((0.01, 0.1, 0.5))
    return _outside_streams(
        _sample(dice), rb"\d+ 0 R", lambda m: b"%d 0 R" % dice.randrange(90) if dice.random() < share else m.group()
    )


def _keys(dice: random.Random) -> bytes:
    """Some names are others of the same file."""
    data = _sample(dice)
    names = sorted(set(re.findall(rb"/[A-Za-z]\w*", data[:200_000])))
    share = dice.choice((0.005, 0.05))
    return _outside_streams(
        data, rb"/[A-Za-z]\w*", lambda m: dice.choice(names) if dice.random() < share else m.group()
    )


def _outside_streams(data: bytes, pattern: bytes, instead: Callable[[re.Match[bytes]], bytes]) -> bytes:
    parts = re.split(rb"(\bstream\r?\n.*?endstream)", data, flags=re.DOTALL)
    return b"".join(part if number % 2 else re.sub(pattern, instead, part) for number, part in enumerate(parts))


def _content(dice: random.Random) -> bytes:
    """Good content in which tokens were doubled, dropped or swapped."""
    tokens = (TEXT * 40).split(b" ")
    for _ in range(dice.randrange(1, 200)):
        here, there = dice.randrange(len(tokens)), dice.randrange(len(tokens))
        tokens[here] = dice.choice((tokens[there], b"", b"[", b"<<", b"(", b">", dice.choice(NUMBERS), b"BI ID", b"q"))
    return one_page(b" ".join(tokens))


def _ends(dice: random.Random) -> bytes:
    """Line ends changed on their way, junk before or behind."""
    data = _sample(dice)
    junk = dice.randbytes(dice.choice((1, 500, 3000)))
    return dice.choice((data.replace(b"\n", b"\r\n"), data.replace(b"\r", b""), junk + data, data + junk, data + data))


def _locked(dice: random.Random) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    lock = StandardEncryption(dice.choice(("", "geheim")), ownerPassword="o", strength=dice.choice((40, 128)))
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=lock)
    canvas.drawString(72, 700, "Ville de Brenoux : Schéma directeur")
    canvas.save()
    data = out.getvalue()
    broken = re.sub(rb"/(V|R|Length) \d+", lambda m: b"/%s %s" % (m[1], dice.choice(NUMBERS)), data)
    return dice.choice((data, broken, data.replace(b"/Standard", b"/Adobe.APS"), re.sub(rb"/O \S+", b"/O ()", data)))


# ---- PDFs made object by object -----------------------------------------------------------------------------------


def _tree(dice: random.Random) -> bytes:
    """Page trees that loop, are deep, wide, empty, or lie about their number."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
    rest = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 4: stream(TEXT), 5: FONT}
    deep = dice.choice((500, 20_000))
    chain = {n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (n - 1, n + 1) for n in range(10, deep)}
    kids = dice.choice(
        (
            b"[2 0 R 3 0 R]", b"[3 0 R 3 0 R 2 0 R]", b"[" + b"3 0 R " * dice.choice((2500, 400_000)) + b"]", b"[]",
            b"3 0 R", b"[null true (x) 99 0 R 3 0 R]", b"[10 0 R 3 0 R]",
        )
    )  # fmt: skip
    count = dice.choice(NUMBERS)
    tree = {2: b"<< /Type /Pages /Kids %s /Count %s >>" % (kids, count), 3: page}
    return pdf(rest | tree | (chain | {deep: page} if b"10 0 R" in kids else {}))


def _xref(dice: random.Random) -> bytes:
    data = one_page(TEXT)
    start = data.rindex(b"startxref")
    table = data.rindex(b"xref\n0")
    return dice.choice(
        (
            data[:start] + b"startxref\n%s\n%%%%EOF" % dice.choice(NUMBERS),
            data[:table] + data[start:],
            data.replace(b"/Size 6", b"/Size %s" % dice.choice(NUMBERS)),
            data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table),
            data.replace(b"/Root 1 0 R", b"/Root 1 0 R /XRefStm %d" % table),
            data.replace(b"/Root 1 0 R", dice.choice((b"", b"/Root 2 0 R", b"/Root 99 0 R", b"/Root (x)"))),
            re.sub(rb"\d{10} 00000 n", lambda m: b"%010d 00000 n" % dice.randrange(10**10), data),
            data.replace(b"xref\n0 6", b"xref\n0 %s" % dice.choice(NUMBERS)),
        )
    )


def _xref_stream(dice: random.Random) -> bytes:
    """A table of offsets and objects in streams: with widths and counts that lie, in themselves, or huge."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    inner = b"2 0 3 10 <</Type/Pages/Kids[3 0 R]/Count 1>> <</Type/Page/Parent 2 0 R>>"
    extends = dice.choice((b"", b"/Extends 6 0 R"))
    numbers = b"/N %s /First %s" % (dice.choice((b"2", *NUMBERS)), dice.choice((b"9", *NUMBERS)))
    at_stream = len(body)
    body += b"6 0 obj\n%s\nendobj\n" % stream(inner, b"/Type /ObjStm %s %s" % (numbers, extends))
    start = len(body)
    rows = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([index])
        for kind, place, index in (
            (0, 0, 0), (1, 9, 0), (2, 6, 0), (2, 6, 1), (0, 0, 0), (0, 0, 0), (dice.choice((1, 2)), at_stream, 0),
        )
    )  # fmt: skip
    widths = dice.choice((b"[1 4 1]", b"[1 4 1]", b"[1 %s 1]" % dice.choice(NUMBERS), b"[0 0 0]", b"[]"))
    index = dice.choice((b"", b"", b"/Index [0 %s]" % dice.choice(NUMBERS), b"/Index [0 7 0 7 0]"))
    squeezed = zlib.compress(rows + bytes(dice.choice((0, 0, 200 << 20))))
    more = b"/Type /XRef /Size 7 /Root 1 0 R /W %s %s /Filter /FlateDecode /Prev %d" % (widths, index, start)
    return body + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(squeezed, more), start)


def _bomb(dice: random.Random) -> bytes:
    """A stream that unpacks to far more than it is, in the page, its font's character map or its form."""
    data, filters = _packed(dice)
    place = dice.randrange(4)
    if place == 0:
        return one_page(data, filters=filters)
    if place == 1:
        font = FONT[:-2] + b"/ToUnicode 10 0 R >>"
        return one_page(TEXT, font=font, others={10: stream(data, filters)})
    if place == 2:
        form = stream(data, FORM + filters)
        return one_page(TEXT + b"/X Do", resources=b"/XObject << /X 10 0 R >>", others={10: form})
    font = FONT[:-2] + b"/FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile 10 0 R >> >>"
    return one_page(TEXT, font=font, others={10: stream(data, b"/Length1 9 /Length2 9 " + filters)})


def _packed(dice: random.Random) -> tuple[bytes, bytes]:
    size = dice.choice((30 << 20, 300 << 20))
    filling = dice.choice((b"\0", b" ", b"q ", b"(a) Tj ", b"[", b"1 "))
    plain = filling * (size // len(filling))
    flate = zlib.compress(plain)
    hexed = b"00" * (20 << 20)
    return dice.choice(
        (
            (flate, b"/Filter /FlateDecode"),
            (zlib.compress(flate), b"/Filter [/FlateDecode /FlateDecode]"),
            (flate[: len(flate) // 2], b"/Filter /FlateDecode"),
            (flate, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns %s >>" % dice.choice(NUMBERS)),
            (flate, b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 5 /Colors 4 >>"),
            (b"\x81 " * (size >> 8), b"/Filter /RunLengthDecode"),
            (zlib.compress(b"\x81 " * (size >> 7)), b"/Filter [/FlateDecode /RunLengthDecode]"),
            (zlib.compress(hexed), b"/Filter [/FlateDecode /ASCIIHexDecode]"),
            (zlib.compress(b"z" * (20 << 20)), b"/Filter [/FlateDecode /ASCII85Decode]"),
            (lzw(size >> 4), b"/Filter /LZWDecode"),
            (zlib.compress(lzw(size)), b"/Filter [/FlateDecode /LZWDecode]"),
            (zlib.compress(bytes(50 << 20)), b"/Filter [/FlateDecode /LZWDecode]"),
            (flate, b"/Filter [" + b"/FlateDecode " * 5000 + b"]"),
            (bytes(2000), b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %s >>" % dice.choice(NUMBERS)),
            (b"A" * 999, b"/Filter /Crypt"),
        )
    )  # fmt: skip


def lzw(size: int) -> bytes:
    """So many zeros, squeezed: codes of growing length, the table begun anew when it is full."""
    bits: list[str] = []
    made = 0
    while made < size and len(bits) < 2_000_000:
        width, table, length = 9, 258, 1
        bits.append(f"{256:09b}")
        bits.append(f"{0:09b}")
        made += 1
        while table < 4094:
            length += 1
            bits.append(f"{table:0{width}b}")
            made += length
            table += 1
            width = 9 if table < 511 else 10 if table < 1023 else 11 if table < 2047 else 12
        bits.append(f"{256:0{width}b}")
    joined = "".join(bits) + f"{257:09b}"
    return int(joined.ljust(-(-len(joined) // 8) * 8, "0"), 2).to_bytes(-(-len(joined) // 8), "big")


def _many(dice: random.Random) -> bytes:
    """Content of very many operators, letters or shapes, of nesting without end."""
    most = dice.choice((30_000, 3_000_000))
    piece = dice.choice(
        (
            b"q ",
            b"Q ",
            b"q Q ",
            b"1 ",
            b"[",
            b"[[] ",
            b"<<",
            b"<< /A ",
            b"(",
            b"BT ",
            b"BI ",
            b"/A BMC ",
            b"n ",
            b"0 0 m ",
            b"1 1 l ",
            b"0 0 9 9 re f ",
            b"BT /F1 1 Tf (a) Tj ET ",
            b"BT /F1 9 Tf [(a) 1 ] TJ ET ",
            b"EMC ",
            b"1 0 0 1 1e30 1e30 cm ",
            b"/F1 1e300 Tf ",
            b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ",
            b"/X sh ",
        )
    )
    squeezed = zlib.compress(dice.choice((b"", b"BT /F1 12 Tf ")) + piece * (most // len(piece)))
    return one_page(squeezed, filters=b"/Filter /FlateDecode")


def _forms(dice: random.Random) -> bytes:
    """Forms in forms: each draws the next ten times, or itself, or very deeply."""
    each, levels = dice.choice(((10, 12), (2, 40), (1, 3000), (300, 4)))
    loop = dice.random() < 0.3
    others = {}
    for level in range(levels):
        following = 10 + (level + 1) % levels if loop else 11 + level
        resources = b"/Resources << /XObject << /X %d 0 R >> >>" % following
        others[10 + level] = stream(b"/X Do " * each, FORM + resources)
    others[10 + levels] = stream(TEXT, FORM)
    return one_page(TEXT + b"/X Do", resources=b"/XObject << /X 10 0 R >>", others=others)


def _font(dice: random.Random) -> bytes:
    """Fonts with giant tables, wrong types, loops."""
    several = dice.choice((1000, 600_000))
    huge = dice.choice(NUMBERS)
    simple = (
        b"/Widths [%s] /FirstChar %s /LastChar %s" % (b"500 " * several, huge, huge),
        b"/Encoding << /Differences [%s] >>" % (b"65 /A /B " * several),
        b"/Encoding << /Differences [%s /A] >>" % huge,
        b"/Encoding << /Differences [(x) /u110000 /uniD800 /uni /g%s] >>" % (b"9" * 5000),
        b"/Encoding /%s" % dice.choice((b"..#2f..#2fetc#2fpasswd", b"Identity-H", b"X" * 100_000, b"#00")),
        b"/FontDescriptor << /FontBBox [%s (a) null] /Ascent /X /FontName (x) >>" % huge,
        b"/FontDescriptor 5 0 R /ToUnicode 5 0 R /BaseFont 5 0 R",
    )
    composite = (
        b"/W [0 %s 500]" % huge, b"/W [%s]" % (b"1 [500] " * several), b"/W [1 [2 [3 (x)]]] /DW (x)",
        b"/W2 [0 %s 1 2 3] /DW2 [1]" % huge, b"/CIDToGIDMap 10 0 R", b"/CIDSystemInfo 5 0 R",
    )  # fmt: skip
    if dice.random() < 0.4:
        font = FONT[:-2] + dice.choice(simple) + b">>"
    else:
        inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) " + (
            b"/Ordering (%s) /Supplement 0 >> %s >>" % (dice.choice((b"Identity", b"Japan1")), dice.choice(composite))
        )
        font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [%s] %s >>" % (
            inner, dice.choice((b"", b"/ToUnicode 10 0 R")),
        )  # fmt: skip
    return one_page(TEXT, font=font, others={10: stream(zlib.compress(_cmap(dice)), b"/Filter /FlateDecode")})


def _cmap(dice: random.Random) -> bytes:
    """Character maps: ranges without end, a million lines, bad UTF-16, maps that use themselves."""
    several = dice.choice((1000, 300_000))
    lines = dice.choice(
        (
            b"1 beginbfrange <0000> <ffffffff> <0041> endbfrange",
            b"1 beginbfrange <00> <ffffff> [<0041>] endbfrange",
            b"beginbfchar " + b"<0041> <d800> " * several + b"endbfchar",
            b"beginbfchar <0041> <" + b"0041" * several + b"> endbfchar",
            b"1 begincidrange <00000000> <7fffffff> 0 endcidrange",
            b"/../../../etc/passwd usecmap",
            b"/Identity-H usecmap " * several,
            b"beginbfrange <0000> <ffff> " + b"[" * several,
            b"beginbfchar <41> /A 3 (x) endbfchar",
        )
    )
    return b"/CIDInit /ProcSet findresource begin begincmap " + lines + b" endcmap end"


def _type3(dice: random.Random) -> bytes:
    """Letters that are drawn by themselves."""
    matrix = dice.choice((b"[0.001 0 0 0.001 0 0]", b"[0 0 0 0 0 0]", b"[1e300 0 0 1e300 0 0]", b"[]", b"(x)"))
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix %s /FirstChar 65 /LastChar 90 /Widths 5 0 R "
        b"/CharProcs << /A 10 0 R >> /Encoding << /Differences [65 /A] >> /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    drawn = stream(b"BT /F1 9 Tf (A) Tj ET")
    return one_page(TEXT + b"BT /F1 9 Tf (AAAA) Tj ET", font=font % matrix, others={10: drawn})


def _objects(dice: random.Random) -> bytes:
    """Huge and deep objects: names, strings, arrays, dictionaries, numbers."""
    several = dice.choice((2000, 1_000_000))
    odd = dice.choice(
        (
            b"/" + b"N" * several,
            b"(" + b"s" * several + b")",
            b"(" * several,
            b"[" * several,
            b"[" * several + b"]" * several,
            b"<</A " * several,
            b"9" * several,
            b"<" + b"0" * several,
            b"[" + b"10 0 R " * several + b"]",
            b"10 0 R",
            b"-" * several,
            b"%" + b"c" * several,
            b"/#" * several,
            b"(\\" * several,
            b"<< " + b"/A 1 " * several + b">>",
        )
    )
    place = dice.choice((b"/Annots 10 0 R", b"/MediaBox 10 0 R", b"/Rotate 10 0 R", b"/Contents 10 0 R", b"/X 10 0 R"))
    return one_page(TEXT, page=place, others={10: odd})


def _extras(dice: random.Random) -> bytes:
    """Titles in bad UTF-16, outlines that loop, annotations and files without end, boxes that make no sense."""
    title = dice.choice((b"\xfe\xff\xd8\x00", b"\xfe\xff\x00", b"\xff\xfe\x00\xdc", b"\x1b[2J" * 9, b"A" * 3_000_000))
    mail = b"<< /Title <%s> /Author 10 0 R /CreationDate (D:99999999999999) >>" % title.hex().encode()
    outline = b"<< /First 12 0 R /Last 12 0 R /Next 12 0 R /Prev 12 0 R /Parent 12 0 R /Title (\xfe\xff\xdc) >>"
    box = b" ".join(dice.choice(NUMBERS) for _ in range(4))
    page = dice.choice(
        (
            b"/MediaBox [%s]" % box, b"/CropBox [%s] /Rotate %s" % (box, dice.choice(NUMBERS)), b"/UserUnit 1e30",
            b"/Annots [%s]" % (b"12 0 R " * dice.choice((10, 300_000))), b"/Contents [%s]" % (b"4 0 R " * 200_000),
            b"/Contents [4 0 R 10 0 R 3 0 R null (x)]", b"/Resources 3 0 R", b"/Parent 3 0 R", b"/MediaBox [(a) /b]",
        )
    )  # fmt: skip
    data = one_page(TEXT, page=page, others={10: mail, 12: outline})
    data = data.replace(b"/Pages 2 0 R", b"/Pages 2 0 R /Outlines 12 0 R /Names 12 0 R /OpenAction 12 0 R")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 10 0 R")


def _picture(dice: random.Random) -> bytes:
    """Pictures of absurd sizes in every coding."""
    coding = dice.choice((b"CCITTFax", b"JBIG2", b"JPX", b"DCT", b"Flate", b"RunLength"))
    space = dice.choice((b"/DeviceGray", b"[/Indexed 10 0 R 255 10 0 R]"))
    head = b"/Subtype /Image /Width %s /Height %s /BitsPerComponent 8 /ColorSpace %s /Filter /%sDecode" % (
        dice.choice(NUMBERS), dice.choice(NUMBERS), space, coding,
    )  # fmt: skip
    text = dice.choice((b"", TEXT))
    image = {10: stream(dice.randbytes(300), head)}
    return one_page(text + b"q 600 0 0 700 0 0 cm /X Do Q", resources=b"/XObject << /X 10 0 R >>", others=image)


# ---- no PDF, whatever the name says -------------------------------------------------------------------------------


def _zip(dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in dice.choice((["word/document.xml"], ["xl/workbook.xml"], ["a.pdf"], ["../../evil.pdf"], [])):
            file.writestr(name, SAMPLES[0].read_bytes())
    return out.getvalue()


def _other(dice: random.Random) -> bytes:
    return dice.choice(
        (
            b"",
            b"\n",
            b"%PDF-1.7",
            b"%PDF-",
            b"%PDF-1.7\n%%EOF",
            bytes(5000),
            dice.randbytes(5000),
            b"\x89PNG\r\n\x1a\n" + bytes(99),
            b"<!doctype html><title>Connexion</title>",
            gzip.compress(SAMPLES[0].read_bytes()),
            b"%!PS-Adobe-3.0\n",
            b"GIF89a",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            b"{\\rtf1 x}",
            "Référence : mairie".encode("utf-16"),
            b"\x7fELF" + bytes(99),
            b"version https://git-lfs.github.com/spec/v1\n",
            b"%FDF-1.2\n1 0 obj\n<<>>\nendobj\n",
            b"<?xml version='1.0'?><xfa/>",
        )
    )


# ---- texts --------------------------------------------------------------------------------------------------------

_MARKDOWN = """# Ondine Conseil

## Ville de Brenoux : Étude

**Période** : 2021
**Montant** : 29 000 € HT

- Un réseau ancien.
"""


def _encoded(dice: random.Random) -> bytes:
    """Good text in any encoding, cut or with zeros in it."""
    encodings = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-8-sig", "cp1252")
    data = _MARKDOWN.encode(dice.choice(encodings), "replace")
    return dice.choice((data, data[:-1], data + b"\0", data.replace(b"e", b"\xff"), data[:30] + dice.randbytes(40)))


def _long(dice: random.Random) -> bytes:
    """Lines of a megabyte, a million short ones, one thing again and again."""
    piece = dice.choice(
        (
            "1",
            "a",
            " ",
            "#",
            "# ",
            "## A : B\n",
            "- a\n",
            "|",
            "| a ",
            "|-",
            "**",
            "**a** : ",
            "<b>",
            "<b ",
            "![",
            "![a](",
            "^{",
            "\t",
            "a\n\n",
            "Montant : 1 € ",
            "Contact : A B, a@b.fr ; ",
            "2020 - ",
            "01 02 03 04 05 ",
            "(",
            "Mme A. ",
            "é\u0301",
            "\u202e",
            "\n",
            "# Réf\n\n**Montant** : 1 €\n\n",
            "Période : 2020\n",
            "# A\n",
            "\u00a0",
            "\r",
            "\x0c",
            "\x1b[2J",
            "'",
            '"',
            "A. ",
            "d'",
        )
    )
    start = dice.choice(("", _MARKDOWN, "## Ville de Brenoux : "))
    return (start + piece * (dice.choice((20_000, 1_000_000)) // len(piece))).encode()


def _soup(dice: random.Random) -> bytes:
    """Lines of a good text in any order, cut anywhere."""
    words = (_MARKDOWN + "Mandataire : Ondine ; co-traitants : Delmas\n| a | b |\n|---|---|\n").split(" ")
    return " ".join(dice.choice(words)[: dice.randrange(1, 40)] for _ in range(dice.choice((50, 20_000)))).encode()


KINDS: dict[str, Maker] = {
    "cut": _cut, "flipped": _flipped, "hole": _hole, "numbers": _numbers, "references": _references, "keys": _keys,
    "content": _content, "ends": _ends, "locked": _locked, "tree": _tree, "xref": _xref, "xref-stream": _xref_stream,
    "bomb": _bomb, "many": _many, "forms": _forms, "font": _font, "type3": _type3, "objects": _objects,
    "extras": _extras, "picture": _picture, "zip": _zip, "other": _other, "encoded.md": _encoded, "long.txt": _long,
    "long.md": _long, "soup.md": _soup, "binary.txt": _other,
} | MORE  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in hostile_files(int(arguments[1]), int(arguments[2])):
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
