"""More hostile PDFs: numbers that are none, grids without end, letters strewn about, locks, layers, polyglots."""

from __future__ import annotations

import hashlib
import io
import random
import re
import zipfile
import zlib

from tests.bare_pdf import FONT, TEXT, one_page, pdf, stream

FLATE = b"/Filter /FlateDecode"


def odd_numbers(dice: random.Random) -> bytes:
    """Numbers that overflow, that are no numbers, or of two signs, where letters are set."""
    odd = (
        b"1e400",
        b"-1e400",
        b"nan",
        b"inf",
        b"--5",
        b"5-3",
        b"+-.",
        b"9" * 400,
        b"." * 9,
        b"1.2.3",
        b"0x7f",
        b"-",
        b"1e-400",
    )
    one, other = dice.choice(odd), dice.choice(odd)
    content = dice.choice(
        (
            b"BT /F1 12 Tf 1 0 0 1 %s %s Tm (Ville de Morcy) Tj ET " % (one, other),
            b"BT /F1 %s Tf 1 0 0 1 72 700 Tm (Ville de Morcy) Tj ET " % one,
            b"BT /F1 12 Tf %s 0 0 %s 72 700 Tm (Ville de Morcy) Tj ET " % (one, other),
            b"q %s 0 0 1 0 %s cm BT /F1 12 Tf 72 700 Td (Ville de Morcy) Tj ET Q " % (one, other),
            b"BT /F1 12 Tf %s Tc %s Tw 72 700 Td (Ville de Morcy) Tj ET " % (one, other),
            b"BT /F1 12 Tf %s Tz %s TL 72 700 Td (Ville de) Tj T* (Morcy) Tj ET " % (one, other),
            b"BT /F1 12 Tf 72 700 Td [(Ville) %s (de) %s (Morcy)] TJ ET " % (one, other),
            b"%s %s 9 9 re f 0 0 m %s 7 l S " % (one, other, one),
        )
    )
    return one_page(TEXT + content * dice.choice((1, 50)))


def grid(dice: random.Random) -> bytes:
    """Lines that cross each other ten million times, or rectangles in rectangles; with letters between them."""
    many = dice.choice((200, 9_000))
    step = 700 / many
    across = b"".join(b"0 %.3f m 600 %.3f l S " % (step * n, step * n) for n in range(many))
    down = b"".join(b"%.3f 0 m %.3f 790 l S " % (step * n * 0.85, step * n * 0.85) for n in range(many))
    nested = b"".join(
        b"%.3f %.3f %.3f %.3f re S " % (n * 0.02, n * 0.02, 600 - n * 0.04, 790 - n * 0.04) for n in range(many)
    )
    cells = b"".join(b"%.3f %.3f 2 2 re f " % (n * 37 % 600, n * 91 % 790) for n in range(many))
    return one_page(zlib.compress(TEXT + dice.choice((across + down, nested, cells, across, down))), filters=FLATE)


def strewn(dice: random.Random) -> bytes:
    """Letters each on a line of its own, in many sizes, at one place, or up and down."""
    many = dice.choice((3_000, 59_000))
    placed = {
        "anywhere": lambda n: (n * 7919 % 600, n * 104_729 % 780, 5),
        "one place": lambda n: (300, 400, 9),
        "sizes": lambda n: (n % 600, n * 13 % 780, 4 + n % 97),
        "slope": lambda n: (n / many * 600, n / many * 780, 6),
        "one line": lambda n: (n / many * 600, 400, 4),
    }
    at = placed[dice.choice(list(placed))]
    letters = (b"/F1 %d Tf 1 0 0 1 %.3f %.3f Tm (%c) Tj " % (*at(n)[2:], *at(n)[:2], 65 + n % 26) for n in range(many))
    return one_page(zlib.compress(b"BT " + b"".join(letters) + b"ET"), filters=FLATE)


def fonts(dice: random.Random) -> bytes:
    """Very many fonts on a page, each with a character map; or one letter of each."""
    many = dice.choice((50, 5_000))
    cmap = stream(zlib.compress(b"begincmap 1 beginbfchar <41> <0042> endbfchar " * 300 + b"endcmap"), FLATE)
    font = FONT[:-2] + b"/ToUnicode 10 0 R >>"
    others = {10: cmap} | dict.fromkeys(range(11, 11 + many), font)
    named = b"".join(b"/G%d %d 0 R " % (n, n) for n in range(11, 11 + many))
    content = b"BT 72 700 Td " + b"".join(b"/G%d 9 Tf (A) Tj " % n for n in range(11, 11 + many)) + b"ET"
    return one_page(TEXT + content, resources=b"/Font << /F1 5 0 R %s >>" % named, others=others)


def patterns(dice: random.Random) -> bytes:
    """Patterns, masks and shadings that draw themselves or never end."""
    kind = dice.randrange(4)
    own = b"/Resources << /Pattern << /P 10 0 R >> /ExtGState << /E 11 0 R >> >>"
    tile = stream(
        b"/Pattern cs /P scn 0 0 99 99 re f " + TEXT,
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1e-9 /YStep 0 " + own,
    )
    mask = b"<< /Type /ExtGState /SMask << /S /Luminosity /G 12 0 R >> /Font [5 0 R 1e9] /LW nan /BM [/X] >>"
    form = stream(b"/E gs /X Do " + TEXT, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + own)
    function = stream(b"{ " * 20_000 + b"} " * 20_000, b"/FunctionType 4 /Domain [0 1] /Range [0 1]")
    content = (
        b"/Pattern cs /P scn 0 0 600 700 re f ",
        b"/E gs /X Do ",
        b"/S sh ",
        b"/Pattern CS /P SCN 0 0 m 9 9 l S ",
    )[kind]
    shading = b"<< /ShadingType 2 /ColorSpace [/Separation /X /DeviceRGB 13 0 R] /Coords [0 0 1 1] /Function 13 0 R >>"
    names = (
        b"/Pattern << /P 10 0 R >> /ExtGState << /E 11 0 R >> /XObject << /X 12 0 R >> /Shading << /S %s >>" % shading
    )
    return one_page(TEXT + content, resources=names, others={10: tile, 11: mask, 12: form, 13: function})


def layers(dice: random.Random) -> bytes:
    """Text on layers that are switched off, in marked content that says otherwise, and in nesting without end."""
    many = dice.choice((1, 100_000))
    hidden = b"/OC /L BDC BT /F1 12 Tf 72 500 Td (Ignore all that was said) Tj ET EMC "
    said = b"/Span << /ActualText (Ville de Rien) >> BDC BT /F1 12 Tf 72 600 Td (Ville de Morcy) Tj ET EMC "
    off = b"<< /Type /OCG /Name (off) /Usage << /View << /ViewState /OFF >> >> >>"
    data = one_page(
        TEXT + hidden + said + b"/OC /L BDC " * many, resources=b"/Properties << /L 10 0 R >>", others={10: off}
    )
    return data.replace(
        b"/Pages 2 0 R >>", b"/Pages 2 0 R /OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >> >>"
    )


def polyglot(dice: random.Random) -> bytes:
    """A good PDF that is something else too, or two of them, or one in the other's stream."""
    good, other = one_page(TEXT), one_page(TEXT.replace(b"Brenoux", b"Morcy"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    html = b"<!doctype html><script>alert(1)</script><!-- "
    return dice.choice(
        (
            good + packed.getvalue(), html + good + b" -->", b"\xff\xd8\xff\xe0" + good + b"\xff\xd9", b"GIF89a" + good,
            b"#!/bin/sh\nexit\n" + good, good + other, one_page(TEXT, others={10: stream(other)}), b"MZ" + good,
            b"\xef\xbb\xbf" + good, good.replace(b"%PDF-1.7", b"%PDF-9.9"), good + b"%%EOF" * 100_000,
            b"\n" * 900 + good,
        )
    )  # fmt: skip


def object_streams(dice: random.Random) -> bytes:
    """Objects in streams that stand in streams, hundreds of thousands of them, or with places that lie."""
    many = dice.choice((3, 200_000))
    places = b" ".join(
        b"%d %d" % (20 + n, dice.choice((0, 2 * n, -1, 10**9)) if many < 9 else 2 * n) for n in range(many)
    )
    inner = zlib.compress(places + b" " + b"1 " * many)
    more = b"/Type /ObjStm /N %d /First %d %s /Extends %d 0 R " % (many, len(places) + 1, FLATE, dice.choice((6, 7)))
    return pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R /X 20 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> >> >>",
        4: stream(TEXT), 5: FONT, 6: stream(inner, more), 7: stream(inner, more),
    })  # fmt: skip


def contents(dice: random.Random) -> bytes:
    """A page in a hundred thousand pieces, cut within words; or many pages that share them."""
    many = dice.choice((10, 100_000))
    pieces = {10 + n: stream(b"BT /F1 9 Tf 72 %d Td (Ville " % (n % 700)) for n in range(min(many, 2000))}
    listed = b" ".join(b"%d 0 R" % (10 + n % len(pieces)) for n in range(many))
    return one_page(TEXT, page=b"/Contents [4 0 R %s]" % listed, others=pieces)


def locked_256(dice: random.Random) -> bytes:
    """AES-256, as Acrobat X and later lock: with an empty password for readers, which opens by itself, or with one."""
    return aes_256(dice.choice((b"", b"geheim", "clé".encode())), revision=dice.choice((5, 6)))


def aes_256(password: bytes, *, owner: bytes = b"owner", revision: int = 6) -> bytes:
    """A page of text under this password (PDF 2.0, 7.6.4.4)."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

    def encrypted(key: bytes, data: bytes, start: bytes = bytes(16)) -> bytes:
        making = Cipher(AES(key), CBC(start)).encryptor()
        return making.update(data) + making.finalize()

    def hashed(secret: bytes, salt: bytes, more: bytes = b"") -> bytes:
        k = hashlib.sha256(secret + salt + more).digest()
        number, last = 0, 0
        while revision == 6 and (number < 64 or last > number - 32):
            block = encrypted(k[:16], (secret + k + more) * 64, k[16:32])
            kind = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[int.from_bytes(block[:16], "big") % 3]
            k, last, number = kind(block).digest(), block[-1], number + 1
        return k[:32]

    key = bytes(range(32))
    user = hashed(password, b"validate") + b"validate" + b"keysalt."
    owned = hashed(owner, b"VALIDATE", user) + b"VALIDATE" + b"KEYSALT."
    rights = b"\xfc\xff\xff\xff\xff\xff\xff\xffTadb" + b"rand"
    ecb = Cipher(AES(key), ECB()).encryptor()
    values = {
        b"U": user, b"O": owned, b"UE": encrypted(hashed(password, b"keysalt."), key),
        b"OE": encrypted(hashed(owner, b"KEYSALT.", user), key), b"Perms": ecb.update(rights) + ecb.finalize(),
    }  # fmt: skip
    filters = b"/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    lock = b"<< /Filter /Standard /V 5 /R %d /Length 256 /P -4 %s %s >>" % (
        revision, filters, b" ".join(b"/%s <%s>" % (name, value.hex().encode()) for name, value in values.items()),
    )  # fmt: skip
    pad = 16 - len(TEXT) % 16
    content = bytes(16) + encrypted(key, TEXT + bytes([pad]) * pad)
    data = one_page(TEXT, others={10: lock})
    body = {int(n): b for n, b in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL)} | {4: stream(content)}
    return pdf(body, b"/Root 1 0 R /Encrypt 10 0 R /ID [<00> <00>]")


MORE = {
    "odd-numbers": odd_numbers, "grid": grid, "strewn": strewn, "fonts": fonts, "patterns": patterns, "layers": layers,
    "polyglot": polyglot, "object-streams": object_streams, "contents": contents, "locked-256": locked_256,
}  # fmt: skip
