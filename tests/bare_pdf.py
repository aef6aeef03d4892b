"""PDFs made object by object, as small or as odd as a test wants them."""

from __future__ import annotations

TEXT = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Ville de Brenoux) Tj [(Montant) -250 (29 000)] TJ ET q 1 0 0 1 0 0 cm Q "
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects with a right table of offsets."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)
    for number in range(1, max(places) + 1):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(out + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, trailer, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def one_page(
    content: bytes, *, font: bytes = FONT, filters: bytes = b"", page: bytes = b"", resources: bytes = b"",
    others: dict[int, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A document of one page; `others` are objects from 10 on."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (resources, page),
            4: stream(content, filters),
            5: font,
        }
        | (others or {})
    )
