"""A PDF of a few lines of text, written by hand: pages of lines with their place, bold or not."""

from __future__ import annotations

from collections.abc import Sequence

Line = tuple[float, float, bool, str]
"""Points from the left and from the foot of the page, bold, text."""
WIDTH, HEIGHT, SIZE = 612, 792, 12


def tiny_pdf(pages: Sequence[Sequence[Line]]) -> bytes:
    """The file: Times in two weights, nothing compressed."""
    fonts = ["/Times-Roman", "/Times-Bold"]
    first_page = 5
    numbers = [first_page + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont {font} /Encoding /WinAnsiEncoding >>" for font in fonts),
    ]
    for number, lines in zip(numbers, pages, strict=True):
        text = "".join(_shown(line) for line in lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(text.encode('cp1252'))} >>\nstream\n{text}\nendstream")
    return _file(objects)


def _shown(line: Line) -> str:
    left, height, bold, text = line
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{int(bold)} {SIZE} Tf {left:g} {height:g} Td ({escaped}) Tj ET\n"


def _file(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{tail}".encode()
