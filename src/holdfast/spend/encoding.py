"""Which encoding a file is in, told from its bytes, and text that was encoded twice put right."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Tried on text that is not UTF-8. Windows first: it wins ties.
SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
MIXED = "utf-8+cp1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The same text as UTF-8 bytes, the encoding it was in, and whether that was inferred rather than certain."""

    data: bytes
    encoding: str
    inferred: bool = False

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", errors="replace")


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text in ``data`` as UTF-8; never fails. ``encoding`` overrides what the bytes suggest.

    UTF-8 that also holds stray Windows bytes (files glued together) is read as both: encoding ``utf-8+cp1252``.
    """
    if encoding:
        return _from_text(data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding)
    for bom, name in BOMS:
        if data.startswith(bom):
            return _from_text(data.decode(name, errors="replace"), name)
    wide = _utf16_without_bom(data)
    if wide:
        return _from_text(data.decode(wide, errors="replace"), wide)
    if data.isascii():
        return Decoded(data, "utf-8")
    high = _high_bytes(data)
    contexts = _contexts(data)
    # bytes that were apart in the text may look like a UTF-8 sequence side by side: this only ever says yes too often
    if _UTF8_PAIR.search(high):
        try:
            data.decode("utf-8")
            return Decoded(data, "utf-8")
        except UnicodeDecodeError:
            pass
        if _mostly_utf8(contexts):
            return _from_text(data.decode("utf-8", errors="holdfast-cp1252"), MIXED, inferred=True)
    # the old Macintosh encoding came with the old Macintosh's line ends
    likely = SINGLE_BYTE if b"\r" in data and b"\n" not in data else SINGLE_BYTE[:2]
    best = max(likely, key=lambda e: (_plausible(contexts, e), -SINGLE_BYTE.index(e)))
    return Decoded(_to_utf8(data, best, sorted(set(high))), best, inferred=True)


def _high_bytes(data: bytes) -> bytes:
    """The bytes above 127, in order."""
    import numpy as np

    array = np.frombuffer(data, dtype=np.uint8)
    return array[array > 127].tobytes()


def _from_text(text: str, encoding: str, *, inferred: bool = False) -> Decoded:
    return Decoded(text.encode("utf-8", errors="replace"), encoding, inferred)


def _to_utf8(data: bytes, encoding: str, high: list[int]) -> bytes:
    """Single-byte text as UTF-8. Few different letters are replaced one by one, which beats decoding all of it."""
    if len(high) > 3:
        return data.decode(encoding, errors="holdfast-cp1252").encode()
    letters = {b: bytes([b]).decode(encoding, errors="holdfast-cp1252").encode() for b in high}
    # what one letter becomes may hold another one's byte, as £ (A3) becomes C2 A3: then only all at once will do
    if sum(b in new for b in letters for new in letters.values()) > sum(b in new for b, new in letters.items()):
        return data.decode(encoding, errors="holdfast-cp1252").encode()
    for b, new in letters.items():
        data = data.replace(bytes([b]), new)
    return data


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Bytes that an encoding has no letter for become what Windows, or failing that Latin-1, has for them."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return "".join(_one(b) for b in bad), error.end


def _one(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("holdfast-cp1252", _stray_byte)


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:4096]
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < odd / 8:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd < even / 8:
        return "utf-16-be"
    return None


_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: How many bytes above 127 are looked at.
_LOOK = 500
#: Where they are looked for first.
_FIRST = 1 << 20


def _mostly_utf8(contexts: Counter[bytes]) -> bool:
    """Whether nearly all bytes above 127 form UTF-8 sequences, which single-byte text hardly does by chance."""
    pairs = sum(n * sum(len(m) for m in _UTF8_PAIR.findall(c)) for c, n in contexts.items())
    high = sum(n * sum(b > 127 for b in c) for c, n in contexts.items())
    return pairs > 0 and pairs >= high - pairs


def _plausible(contexts: Counter[bytes], encoding: str) -> int:
    """How well bytes above 127 read in an encoding, by what stands beside them."""
    return sum(n * _fits(c.decode(encoding, errors="replace")) for c, n in contexts.items())


def _contexts(data: bytes) -> Counter[bytes]:
    """Runs of bytes above 127 with their neighbours; the first ones of the file, counted."""
    import numpy as np

    array = np.frombuffer(data, dtype=np.uint8)
    at = np.flatnonzero(array[:_FIRST] > 127)[:_LOOK]
    if not len(at):
        at = np.flatnonzero(array > 127)[:_LOOK]
    found: Counter[bytes] = Counter()
    start = previous = -2
    for i in (*at.tolist(), len(data) + 2):
        if i != previous + 1:
            if start >= 0:
                found[data[max(0, start - 1) : previous + 2]] += 1
            start = i
        previous = i
    return found


def _fits(context: str) -> int:
    score = 0
    for i, c in enumerate(context):
        if ord(c) < 128:
            continue
        before, after = context[i - 1 : i] if i else "", context[i + 1 : i + 2]
        if c == "\ufffd":
            score -= 5
        elif c in "£€":
            score += 4 if after.isdigit() or after in ("", ")", " ", "-", ".") or before in ("(", '"', ",") else 1
        elif c in "‘’“”–—…•":
            score += 2 if before or after else 1
        elif c.isalpha():
            beside_letters = before.isalpha() or after.isalpha()
            common = c.lower() in "éèêëáàâäãåíìîïóòôöõúùûüñçßøæœ"
            score += 2 if beside_letters and common and (before or after) else -3 if not beside_letters else 0
        elif c in "°½¼¾²®©™§·\xa0´":
            score += 1
        else:
            score -= 3
    return score


_TWICE = re.compile("[ÂÃâï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def looks_encoded_twice(text: str) -> bool:
    """Whether text holds the marks of UTF-8 read as Windows: ``Â£``, ``Ã©``, ``â€™``, ``ï»¿``."""
    return _TWICE.search(text) is not None


def undo_double_encoding(text: str) -> str:
    """``Â£12`` -> ``£12``; text without such marks, or that does not come out as UTF-8, is left alone."""
    if not looks_encoded_twice(text):
        return text
    try:
        data = b"".join(_to_windows(c) for c in text)
        return data.decode("utf-8").removeprefix("\ufeff")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _to_windows(c: str) -> bytes:
    try:
        return c.encode("cp1252")
    except UnicodeEncodeError:
        return c.encode("latin-1")
