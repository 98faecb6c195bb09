"""The record of a ticket as a PDF (ReportLab)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from bot.channels.desk.case_record import Section

# Has nearly every letter of Europe, where the machine has it (Debian: fonts-dejavu-core).
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_MARGIN = 18 * mm
_WITH_A_HEADING = 35 * mm  # else it would stand alone at the foot of a page
_WIDTH = A4[0] - 2 * _MARGIN - 12  # a frame has padding
# How the columns of a table share its width, by their number.
_SHARES = {2: (0.28, 0.72), 3: (0.24, 0.5, 0.26), 4: (0.08, 0.24, 0.2, 0.48)}


def pdf(title: str, made: str, sections: Sequence[Section]) -> bytes:
    """Return the PDF of a record; what its font cannot show stands as its code point."""
    regular, bold, has = _font()
    text = ParagraphStyle("text", fontName=regular, fontSize=9, leading=12, splitLongWords=1)
    small = ParagraphStyle("small", parent=text, textColor=colors.HexColor("#444444"))
    strong = ParagraphStyle("strong", parent=text, fontName=bold)
    heading = ParagraphStyle("heading", parent=strong, fontSize=11.5, leading=15, spaceBefore=10)
    top = ParagraphStyle("top", parent=strong, fontSize=16, leading=20)

    def said(words: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph("<br/>".join(map(escape, _shown(words, has).split("\n"))), style)

    def told(section: Section) -> Iterator[Flowable]:
        yield from (CondPageBreak(_WITH_A_HEADING), said(section.title, heading), Spacer(0, 3))
        if section.note:
            yield from (said(section.note, small), Spacer(0, 3))
        if section.rows:
            head = [[said(name, strong) for name in section.columns]] if section.columns else []
            first = text if section.columns else strong
            rows = [
                [said(cell, text if x else first) for x, cell in enumerate(row)]
                for row in section.rows
            ]
            yield _table([*head, *rows], headed=bool(head))

    def story() -> list[Flowable]:
        return [said(title, top), said(made, small), *chain.from_iterable(map(told, sections))]

    return _built(story, title, regular)


def _table(rows: list[list[Paragraph]], *, headed: bool) -> Table:
    shares = _SHARES[len(rows[0])]
    widths = [_WIDTH * share for share in shares]
    # What somebody wrote may be longer than a page.
    table = Table(rows, colWidths=widths, repeatRows=int(headed), splitInRow=1)
    line = colors.HexColor("#cccccc")
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, line),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    table.setStyle(TableStyle(style))
    return table


def _built(story: Callable[[], list[Flowable]], title: str, font: str) -> bytes:
    """Return the document; it is made twice, since each page says how many there are."""
    pages = 0

    def footed(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(_MARGIN, 10 * mm, title.partition(" ")[0])
        canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, f"{page.page}/{pages}")

    for _ in range(2):
        content = BytesIO()
        made = SimpleDocTemplate(
            content,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
            title=title.partition(" ")[0],
            author="Seloste",
        )
        made.build(story(), onFirstPage=footed, onLaterPages=footed)
        pages = made.page
    return content.getvalue()


def _font() -> tuple[str, str, Callable[[str], bool]]:
    """Return a font and its bold, and what tells whether it has a letter."""
    regular, bold = DEJAVU / "DejaVuSans.ttf", DEJAVU / "DejaVuSans-Bold.ttf"
    if not (regular.is_file() and bold.is_file()):
        return "Helvetica", "Helvetica-Bold", _in_windows_1252
    font = TTFont("DejaVu", str(regular))
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFont(TTFont("DejaVu-Bold", str(bold)))
    return "DejaVu", "DejaVu-Bold", lambda letter: ord(letter) in font.face.charToGlyph


def _in_windows_1252(letter: str) -> bool:
    """Tell whether the fonts that each reader of PDF has show a letter."""
    return bool(letter.encode("cp1252", errors="ignore"))


def _shown(text: str, has: Callable[[str], bool]) -> str:
    plain = text if has("→") else text.replace("→", "->").replace("▌", "|")
    parts = groupby(plain, lambda one: one == "\n" or has(one))
    return "".join("".join(part) if shown else _code_points(part) for shown, part in parts)


def _code_points(letters: Iterable[str]) -> str:
    """Return letters by their code points, as words: one long word would take long to break."""
    return f"[{' '.join(f'U+{ord(one):04X}' for one in letters)}]"
