"""The pen: escaped elements, coordinates that repeat to the byte, and text that is measured before it is drawn.

Widths are those of Helvetica, in thousandths of the type size; other faces of a system stack differ by a few per cent,
which :func:`fit` and :func:`wrap` leave room for. Coordinates are pixels at display size, rounded to two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Type at display size. Nothing smaller is drawn.
SMALL, BODY = 12.5, 13.5
NBSP = "\u00a0"
INK, QUIET, RULE = "#17262b", "#4d5b60", "#d5dcda"
FACES = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

_WIDTHS = dict(
    zip(
        map(chr, range(32, 127)),
        (278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278)
        + (556,) * 10
        + (278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722)
        + (778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333)
        + (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556)
        + (500, 722, 500, 500, 500, 334, 260, 334, 584),
        strict=True,
    )
)
_MARGIN = 1.06
_BOLD = 1.06


def clean(text: str) -> str:
    """The text without control characters, which no page, workbook or document may hold."""
    if not text.replace(NBSP, "").isprintable():
        text = "".join(c if c.isprintable() or c == NBSP else " " for c in text)
    return " ".join(part for part in text.split(" ") if part)


def escape(text: str) -> str:
    """Text as XML content or attribute value."""
    text = clean(text)
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(raw, safe)
    return text


def number(value: float) -> str:
    """``12.5``, ``7``: at most two decimals, no trailing zero, no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def width_of(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """About how wide the text will be, in pixels, with a little to spare."""
    units = sum(_WIDTHS.get(c, 1000 if ord(c) > 0x2E7F else 600) for c in text.replace(NBSP, " "))
    return units * size / 1000 * _MARGIN * (_BOLD if bold else 1)


def fit(text: str, width: float, size: float = BODY, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would be wider than ``width``."""
    text = clean(text)
    if width_of(text, size, bold=bold) <= width:
        return text
    while text and width_of(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip(" ,(") + "…"


def wrap(text: str, width: float, size: float = BODY, lines: int = 2) -> list[str]:
    """The text on at most ``lines`` lines; the last is cut where the rest would not fit."""
    words = clean(text).split(" ")
    out: list[str] = []
    while words and len(out) < lines - 1:
        taken = 1
        while taken < len(words) and width_of(" ".join(words[: taken + 1]), size) <= width:
            taken += 1
        out.append(fit(" ".join(words[:taken]), width, size))
        words = words[taken:]
    return [*out, fit(" ".join(words), width, size)] if words else out


def tag(name: str, *inner: str, **attributes: str | float | None) -> str:
    """One element. ``text_anchor`` becomes ``text-anchor``; ``None`` is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


@dataclass
class Drawing:
    """A growing picture. ``hatch`` is the id of its pattern for what is not known, unique on a page."""

    id: str
    width: float
    height: float = 0
    parts: list[str] = field(default_factory=list)

    @property
    def hatch(self) -> str:
        return f"{self.id}-unknown"

    def add(self, *parts: str) -> None:
        self.parts.extend(parts)

    def text(self, x: float, y: float, text: str, *, size: float = BODY, ink: str = INK, anchor: str | None = None,
             bold: bool = False) -> None:  # fmt: skip
        """``anchor``: ``middle`` or ``end``. The text is drawn as given: fit it first."""
        weight = 600.0 if bold else None
        shown = None if size == BODY else float(size)
        fill = None if ink == INK else ink
        self.add(
            tag("text", escape(text), x=x, y=y, font_size=shown, fill=fill, text_anchor=anchor, font_weight=weight)
        )

    def rect(self, x: float, y: float, width: float, height: float, fill: str, *, rounded: float | None = None,
             stroke: str | None = None) -> None:  # fmt: skip
        if width > 0 and height > 0:
            self.add(tag("rect", x=x, y=y, width=width, height=height, fill=fill, rx=rounded, stroke=stroke))

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, width: float = 1,
             dashes: str | None = None) -> None:  # fmt: skip
        self.add(tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dashes))

    def finish(self, title: str, description: str) -> str:
        """The whole ``<svg>``: one title that holds title and description, everything else hidden from readers."""
        words = f"{title.rstrip('.')}. {description}" if description else title
        body = "".join(self.parts)
        pattern = ""
        if f"url(#{self.hatch})" in body:
            ground = tag("rect", width=6.0, height=6.0, fill="#767676")
            stripe = tag("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", stroke="#fff", stroke_width=1.3)
            pattern = tag(
                "defs",
                tag("pattern", ground, stripe, id=self.hatch, width=6.0, height=6.0, patternUnits="userSpaceOnUse"),
            )
        inside = tag("g", body, aria_hidden="true", font_family=FACES, font_size=BODY, fill=INK)
        box = f"0 0 {number(self.width)} {number(self.height)}"
        return tag(
            "svg", tag("title", escape(words)), pattern, inside,
            xmlns="http://www.w3.org/2000/svg", role="img", viewBox=box, width=self.width, height=self.height,
        )  # fmt: skip
