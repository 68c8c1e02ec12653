"""The sentences. Each is made from the same figures and tables that the charts draw; no number is typed here."""

from __future__ import annotations

from decimal import Decimal

from holdfast.core.figures import Figure
from holdfast.report.findings import ELSEWHERE, NOT_KNOWN, Findings, Row, is_rest
from holdfast.report.words import (
    and_list,
    change_in_points,
    count,
    money_in_words,
    of_each_unit,
    percent,
    period_phrase,
    points,
    sentence_start,
    unit_of,
)

#: Where less is placed, placing more comes first: every other figure rests on it.
ENOUGH_PLACED = Decimal("0.95")
#: Where less than this is known, a value would speak for the few that are: the range comes first.
HALF = Decimal("0.5")
#: Where less than this is known, even the range says next to nothing: the page says that it cannot say.
FIFTH = Decimal("0.2")
OF_PLACED = "Of what could be placed"


def little_placed(f: Findings) -> bool:
    """Whether less than half of the money could be placed."""
    return f.coverage is not None and f.coverage.value is not None and f.coverage.value < HALF


def too_little_placed(f: Findings) -> bool:
    """Whether less than a fifth of the money could be placed."""
    return little_placed(f) and f.coverage is not None and (f.coverage.value or 0) < FIFTH


def too_little_known(figure: Figure) -> bool:
    """Whether neither the value nor its range says anything: less than a fifth of the money is known."""
    return little_known(figure) and (figure.coverage or 0) < FIFTH


def little_known(figure: Figure) -> bool:
    """Whether the range says more than the value: less than half of the money is known."""
    known = figure.coverage is None or figure.coverage >= HALF
    return not known and figure.value is not None and figure.low is not None and figure.high is not None


def between(low: str, high: str) -> str:
    """``between 8% and 70%``, ``at most 70%``, ``at least 8%``; the same number at both ends is said once."""
    if low == high:
        return f"about {low}"
    if low.startswith("less than") or low in ("0%", "0p", "0\u00a0cents"):
        return f"at most {high}"
    if high.startswith(("more than", "100")):
        return f"at least {low}"
    return f"between {low} and {high}"


def share_words(figure: Figure) -> str:
    """The share in per cent, or its range where little is known."""
    if too_little_known(figure):
        return "not known"
    if little_known(figure) and figure.low is not None and figure.high is not None:
        return between(percent(figure.low), percent(figure.high))
    return "not known" if figure.value is None else percent(figure.value)


def answer(f: Findings) -> str:
    """The whole report in one sentence."""
    inner, outer = f.local(f.inner), f.local(f.outer)
    if inner is None or inner.value is None or too_little_known(inner):
        return _no_answer(f)
    each, currency = unit_of(f.results.currency), f.results.currency
    base = f"Of every {each}" if little_known(inner) else f"Of every {each} we could place"
    stays = f"{_of_each(inner, currency)} went to suppliers based in {f.inner}"
    if outer and outer.value is not None and f.outer != f.inner:
        as_whole = _of_each(outer, currency).removeprefix("about ")
        stays += f", and {as_whole} to suppliers in {f.outer} as a whole"
    return f"{base}, {stays}."


def _of_each(figure: Figure, currency: str) -> str:
    """``about 46p``; ``between 8p and 70p`` where little is known."""
    if little_known(figure) and figure.low is not None and figure.high is not None:
        return between(of_each_unit(figure.low, currency), of_each_unit(figure.high, currency))
    return f"about {of_each_unit(figure.value or Decimal(0), currency)}"


def _no_answer(f: Findings) -> str:
    spent = f" of the {money_in_words(f.total, f.results.currency)} spent" if f.total is not None else ""
    if f.inner is None:
        return f"We cannot say yet how much{spent} stays local, because no area has been set as local."
    if too_little_placed(f) and f.coverage and f.coverage.value:
        placed = percent(f.coverage.value)
        return f"We cannot say yet how much{spent} stays in {f.inner}, because only {placed} of it could be placed."
    return f"We cannot say yet how much{spent} stays in {f.inner}, because none of it could be placed."


def answer_range(f: Findings) -> str:
    """How much could be placed, and what the answer would be if all the rest were outside, or inside."""
    inner, placed = f.local(f.inner), f.coverage.value if f.coverage else None
    if inner is None or inner.low is None or inner.high is None or placed is None:
        return ""
    if placed == 1:
        return "All the money could be placed."
    if not placed:
        return "Placing the money comes first: every other figure rests on it."
    if little_known(inner) and inner.value is not None:
        part, each = of_each_unit(inner.value, f.results.currency), unit_of(f.results.currency)
        if too_little_known(inner):
            return (
                f"Of each {each} that could be placed, {part} went to {f.inner}; that says little about the rest. "
                "Placing more of the money comes first."
            )
        return f"We could place only {percent(placed)} of the money. Of each {each} of that, {part} went to {f.inner}."
    low, high = (of_each_unit(v, f.results.currency) for v in (inner.low, inner.high))
    return (
        f"We could place {percent(placed)} of the money. If the rest is counted too, {f.inner}’s part of each "
        f"{unit_of(f.results.currency)} lies between {low} and {high}."
    )


def scope_line(f: Findings) -> str:
    """Who spent how much, and when."""
    who = (
        count(len(f.results.anchors), "anchor institution")
        if len(f.results.anchors) != 1
        else f.results.anchors[0].name
    )
    spent = f" spent {money_in_words(f.total, f.results.currency)} with suppliers" if f.total is not None else ""
    return f"{who}{spent} {period_phrase(f.period)}".strip() + "."


def range_line(figure: Figure) -> str:
    """``low 28%, high 36%``."""
    if figure.low is None or figure.high is None:
        return "range not known"
    return f"low {percent(figure.low)}, high {percent(figure.high)}"


def card_range(figure: Figure) -> str:
    """What the figure is a part of, and the range once what is not known is counted too."""
    if figure.coverage is None or figure.coverage == 1:
        return f"{sentence_start(range_line(figure))}."
    placed = figure.id.startswith(("local-share", "leakage"))
    if figure.value is None:
        return "Too little is known to say." if figure.coverage else "This is not known for any of the money."
    if little_known(figure):
        known = "We could place" if placed else "This is known for"
        part = percent(figure.coverage)
        only = "" if part.startswith("less") else "only "
        said = f"{known} {only}{part} of the money; of that, {percent(figure.value)}."
        return f"{said} Counting the rest: {range_line(figure)}." if too_little_known(figure) else said
    base = "Of the money we could place." if placed else "Of the money for which this is known."
    if figure.low is not None and figure.high is not None and percent(figure.low) == percent(figure.high):
        return f"{base} Counting the rest hardly changes it."
    return f"{base} Counting the rest: {range_line(figure)}."


def direction(f: Findings, figure: Figure, ring: str | None) -> str:
    """How a ring's share has moved; for money that leaves, the other way round. Not where little is known."""
    row = f.overall_change(ring)
    if row is None or little_known(figure):
        return ""
    moved = -row["share_points"] if figure.id.startswith("leakage") else row["share_points"]
    unsure = ", within ranges that overlap" if ranges_meet(f, row, ring) else ""
    return f"{change_in_points(moved).capitalize()} from {row['from_year']} to {row['to_year']}{_panel(row)}{unsure}."


def _panel(row: Row) -> str:
    """Said where anchors joined or left, since they would move the share by themselves."""
    return ", at the anchors that paid in both years" if row.get("panel") == "fixed" else ""


def meaning(figure: Figure) -> str:
    """Which way is which."""
    if figure.id.startswith("leakage"):
        return "Lower means more stays."
    if figure.id.startswith("local-share"):
        return "Higher means more stays."
    return ""


def coverage_heading(f: Findings) -> str:
    c = f.coverage
    if c is None or c.value is None:
        return "We do not know how much of the money could be placed"
    if c.numerator is None or c.denominator is None:
        return f"We could place {percent(c.value)} of the money"
    part, whole = (money_in_words(v, f.results.currency) for v in (c.numerator, c.denominator))
    if not c.numerator:
        return f"We could place none of the {whole}"
    return f"We could place {part} of {whole}: {percent(c.value)}"


def where_heading(f: Findings) -> str:
    rows = {r["state"]: r for r in f.rows("where")}
    gone = rows[ELSEWHERE]["amount"] if ELSEWHERE in rows else None
    nothing_placed = f.coverage is not None and f.coverage.value == 0
    if gone is None or f.outer is None or nothing_placed:
        return "We cannot show yet where the money goes"
    if little_placed(f):
        went = money_in_words(gone, f.results.currency) if gone else "no money"
        return f"{OF_PLACED}, {went} went to suppliers outside {f.outer}"
    return f"{money_in_words(gone, f.results.currency)} went to suppliers outside {f.outer}"


def anchors_heading(f: Findings) -> str:
    known = [r for r in f.rows("by_anchor", ring=f.inner) if r["share"] is not None]
    if not known:
        return "Anchors cannot be set side by side yet"
    base = f"{OF_PLACED}, anchors’" if little_placed(f) else "Anchors’"
    if len(known) == 1:
        one = known[0]
        if too_little_placed(f):
            return f"Too little is placed to say what {one['name']} spends in {f.inner}"
        some = between(percent(one["low"]), percent(one["high"])) if little_placed(f) else percent(one["share"])
        return f"{one['name']} spends {some} with suppliers in {f.inner}"
    low, high = min(r["share"] for r in known), max(r["share"] for r in known)
    if percent(low) == percent(high):
        return f"Every anchor spends about {percent(low)} with suppliers in {f.inner}"
    return f"{base} shares in {f.inner} run from {percent(low)} to {percent(high)}"


def categories_heading(f: Findings) -> str:
    if f.inner is not None and not f.categories_stated():
        return "The files do not say what was bought"
    rows = [r for r in f.categories_by_leaving() if not is_rest(str(r["category"]))]
    if not rows:
        return "No category of spending is known to leave yet"
    first = rows[0]
    leaving = money_in_words(first["leaving"], f.results.currency)
    base = f"{OF_PLACED}, the" if little_placed(f) else "The"
    return f"{base} most money leaves {f.outer} through {first['category']}: {leaving}"


def can_set_side_by_side(f: Findings) -> bool:
    """Whether any anchor's buying of anything is placed for the most part."""
    return f.categories_stated() and any(half_placed(r) for r in f.rows("anchor_category"))


def share_names(f: Findings) -> bool:
    """Whether any name of a category stands in the files of two anchors, so that what they buy can be compared."""
    buyers: dict[str, set[str]] = {}
    for r in f.rows("anchor_category"):
        if r["total"] and not is_rest(str(r["category"])):
            buyers.setdefault(str(r["category"]), set()).add(str(r["anchor"]))
    return any(len(anchors) > 1 for anchors in buyers.values())


def matrix_heading(f: Findings) -> str:
    if not can_set_side_by_side(f):
        return "Anchors and categories cannot be set side by side yet"
    if not share_names(f):
        return "Anchors name what they buy in words of their own"
    pairs = wide_gaps(f.rows("anchor_category"))
    if not pairs:
        return "What each anchor buys, and how much of it stays"
    category, low, high = pairs[0]
    return f"{category}: one anchor spends {percent(high)} in {f.outer}, another {percent(low)}"


def wide_gaps(rows: list[Row]) -> list[tuple[str, Decimal, Decimal]]:
    """Categories that two or more anchors buy, with the lowest and the highest share, the most telling first.

    Telling is how far apart the shares are times the money: a gap in what hardly costs anything teaches little.
    """
    bought: dict[str, list[Row]] = {}
    for r in rows:
        if half_placed(r) and not is_rest(str(r["category"])):
            bought.setdefault(str(r["category"]), []).append(r)
    gaps = []
    for category, lines in bought.items():
        low, high = min(r["share"] for r in lines), max(r["share"] for r in lines)
        if high > low:
            gaps.append(((high - low) * sum(r["total"] for r in lines), category, low, high))
    return [(category, low, high) for _, category, low, high in sorted(gaps, key=lambda g: (-g[0], g[1]))]


def half_placed(row: Row) -> bool:
    """Whether a share speaks for at least half of its money: low and high are then no further apart than that."""
    if row["share"] is None:
        return False
    return row["low"] is None or row["high"] is None or row["high"] - row["low"] <= 1 - HALF


def years_heading(f: Findings) -> str:
    row = f.overall_change(f.inner)
    if row is not None and too_little_placed(f):
        return f"Too little is placed to say how {f.inner}’s share has changed"
    if row is None:
        shown = [r for r in f.rows("by_year", ring=f.inner) if r["share"] is not None]
        return "One year cannot show a change" if len(shown) == 1 else "The years cannot be compared yet"
    base = f"{OF_PLACED}, " if little_placed(f) else ""
    moved, years = row["share_points"], f"between {row['from_year']} and {row['to_year']}{_panel(row)}"
    if change_in_points(moved) == "no change":
        return f"{base}{f.inner}’s share did not change {years}"
    if ranges_meet(f, row, f.inner):
        return f"It cannot be told how {f.inner}’s share moved {years}: the ranges overlap"
    return f"{base}{f.inner}’s share {'rose' if moved > 0 else 'fell'} by {points(moved)} {years}"


def change_caveats(f: Findings, row: Row) -> list[str]:
    """What to know before a change is quoted: other anchors than on the chart, ranges that overlap, and its notes."""
    said = []
    if row.get("panel") == "fixed":
        said.append(
            "The chart counts every anchor that paid in a year. The change counts only those that paid in both years, "
            "so the two can point different ways."
        )
    if ranges_meet(f, row, f.inner):
        said.append(
            f"The ranges of {row['from_year']} and {row['to_year']} overlap: if the money that could not be "
            "placed went elsewhere than the rest, it could undo this change."
        )
    return said


def ranges_meet(f: Findings, row: Row, ring: str | None) -> bool:
    """Whether the range of a ring's share in one year reaches into that of the other, so that it may not have moved."""
    ends = [f.rows("by_year", ring=ring, year=row[end]) for end in ("from_year", "to_year")]
    ranges = [(r["low"], r["high"]) for rows in ends for r in rows if r["low"] is not None and r["high"] is not None]
    if len(ranges) != 2 or all(low == high for low, high in ranges):
        return False
    (low, high), (other_low, other_high) = ranges
    return bool(low <= other_high and other_low <= high)


def change_sentences(f: Findings, row: Row) -> list[str]:
    """The change in money and its three parts."""
    currency = f.results.currency
    total = row["money_change"]
    if total is None or row["from_share"] is None or row["from_volume"] is None or row["from_both"] is None:
        return []
    parts = [
        f"{_more(row['from_share'], currency)} because the share changed",
        f"{_more(row['from_volume'], currency)} because the total spent changed",
        f"{_more(row['from_both'], currency)} from both at once",
    ]
    first = (
        f"In {row['to_year']}, {f.inner}’s suppliers were paid {_more(total, currency)} "
        f"than in {row['from_year']}{_panel(row)}: {and_list(parts)}."
    )
    real = row.get("real_money_change")
    if real is None:
        return [first]
    prices = row.get("deflator")
    terms = f"In {prices}" if isinstance(prices, str) and prices else "In real terms, with prices evened out"
    return [first, f"{terms}, they were paid {_more(real, currency)}."]


def _more(amount: Decimal, currency: str) -> str:
    return f"{money_in_words(abs(amount), currency)} {'less' if amount < 0 else 'more'}"


def incomplete_sentence(f: Findings) -> str:
    rows = f.incomplete_years()
    if not rows:
        return ""
    named = [f"{r['year']} ({count(int(r['months'] or 0), 'month')})" for r in rows]
    if len(named) == 1:
        return f"{named[0]} is not complete, so it is shown but not compared."
    return f"{and_list(named)} are not complete, so they are shown but not compared."


def suppliers_heading(f: Findings) -> str:
    ranked = [r for r in f.organisations() if r["cumulative_share"] is not None]
    if not ranked:
        return "No supplier can be named"
    last = ranked[: min(10, len(ranked))][-1]
    many = count(int(last["rank"]), "largest supplier", "largest suppliers")
    return f"The {many} received {percent(last['cumulative_share'])} of the money"


def shared_sentence(f: Findings) -> str:
    rows = f.rows("shared_suppliers")
    if not rows:
        return "No supplier is known to be paid by more than one anchor."
    first = max(rows, key=lambda r: (r["anchors"], r["amount"] or 0))
    everyone = int(first["anchors"]) == len(f.results.anchors)
    payers = f"{'all ' if everyone else ''}{count(int(first['anchors']), 'anchor')}"
    one, many = "One supplier is paid", "These suppliers are each paid"
    return (
        f"{one if len(rows) == 1 else many} by more than one anchor. {first['supplier']} is paid by {payers}. "
        "Anchors that share a supplier can plan together."
    )


def ownership_heading(f: Findings) -> str:
    sme, coop = f.figure("sme-share"), f.figure("coop-share")
    said = []
    if sme and sme.value is not None and not too_little_known(sme):
        said.append(f"{share_words(sme)} went to small and medium-sized firms")
    if coop and coop.value is not None and not too_little_known(coop):
        went = "" if said else " went"
        said.append(f"{share_words(coop)}{went} to co-operatives")
    return sentence_start(and_list(said)) if said else "Suppliers’ owners and sizes are not known yet"


def deprived_sentence(f: Findings) -> str:
    d = f.figure("deprived-share")
    if d is None or d.value is None:
        return "It is not known how much went to suppliers in the most deprived tenth of neighbourhoods."
    return (
        f"Suppliers in the most deprived tenth of neighbourhoods received about {percent(d.value)} "
        f"of the money whose neighbourhood is known ({range_line(d)})."
    )


def concentration_heading(f: Findings) -> str:
    rows = [r for r in f.rows("concentration") if r["top10_share"] is not None]
    high = [r for r in rows if r["top10_share"] >= Decimal("0.8")]
    if not rows:
        return "How concentrated buying is cannot be said yet"
    return (
        f"In {len(high)} of {count(len(rows), 'category', 'categories')} the ten largest suppliers "
        f"receive {percent(Decimal('0.8'))} or more"
    )


def published_heading(f: Findings) -> str:
    rows = f.rows("published")
    if not rows:
        return "No published figure was entered to check"
    agree = sum(1 for r in rows if r["reconciles"])
    return f"{agree} of {count(len(rows), 'published figure')} {'agrees' if agree == 1 else 'agree'} with the payments"


def gaps_heading(f: Findings) -> str:
    missing = f.unplaced()
    if missing and needs_placing(f):
        return f"{money_in_words(missing, f.results.currency)} could not be placed: that could move the answer most"
    known = [r for r in f.gaps() if r["amount"]]
    if not known:
        return "What is not known, and what to do about it"
    first = known[0]
    return f"{first['what']}: {money_in_words(first['amount'], f.results.currency)}"


def bridge_heading(f: Findings) -> str:
    rows = f.rows("bridge")
    whole = next((r["amount"] for r in rows if r["kind"] == "total"), None)
    kept = next((r["amount"] for r in rows if r["kind"] == "analysed"), None)
    if whole is None or kept is None:
        return "From the files’ total to the analysed total"
    kept_words, whole_words = (money_in_words(v, f.results.currency) for v in (kept, whole))
    return f"{kept_words} of the files’ {whole_words} is analysed here"


def next_steps(f: Findings) -> list[str]:
    """What to do next: place more (or mend the largest gap), look at what leaves most, talk about a shared supplier."""
    steps = [] if f.inner else ["Say in place.toml which areas count as local, from the innermost to the outermost."]
    gap = next((g for g in f.gaps() if g["amount"] and g["what_to_do"]), None)
    missing = f.unplaced()
    if missing is not None and needs_placing(f):
        worth = money_in_words(missing, f.results.currency)
        steps.append(f"Ask {_whom_to_ask(f)} with postcodes: {worth} could not be placed.")
    elif gap:
        steps.append(
            f"{gap['what']} ({money_in_words(gap['amount'], f.results.currency)}): {_spoken(gap['what_to_do'])}"
        )
    leaving = [r for r in f.categories_by_leaving() if not is_rest(str(r["category"]))]
    if leaving:
        first = leaving[0]
        gone, whole = (money_in_words(first[name], f.results.currency) for name in ("leaving", "total"))
        part = f"all of its {whole}" if gone == whole else f"{gone} of {whole}"
        steps.append(
            f"Look first at {first['category']}: {part} left {f.outer}. Which contracts end soon, and who nearby could "
            "do the work?"
        )
    away = [r for r in f.rows("shared_suppliers", state=ELSEWHERE) if f.outer is not None]
    if away:
        first = max(away, key=lambda r: (r["amount"] or 0, str(r["supplier"])))
        steps.append(
            f"{count(int(first['anchors']), 'anchor')} buy from {first['supplier']}, which is based elsewhere: "
            f"{money_in_words(first['amount'], f.results.currency)} in all. Compare those contracts."
        )
    return steps or ["Ask each anchor for its payment files and creditor list, then run the analysis again."]


def needs_placing(f: Findings) -> bool:
    """Whether placing more of the money comes before everything else."""
    return f.coverage is not None and (f.coverage.value or 0) < ENOUGH_PLACED


def _whom_to_ask(f: Findings, most: int = 3) -> str:
    """``Anchor A (£26.0 million) and Anchor B (£5.3 million) for their creditor lists``, most unplaced money first."""
    rows = [r for r in f.rows("flows", to=NOT_KNOWN) if (r["amount"] or 0) > 0]
    rows.sort(key=lambda r: (-r["amount"], str(r["anchor"])))
    if not rows:
        return "the anchors for their creditor lists"
    if len(rows) == 1:
        return f"{rows[0]['anchor']} for its creditor list"
    named = [f"{r['anchor']} ({money_in_words(r['amount'], f.results.currency)})" for r in rows[:most]]
    others = len(rows) - most
    if others > 0:
        named.append("the other anchors" if others > 1 else "one more anchor")
    return f"{and_list(named)} for their creditor lists"


def _spoken(text: str) -> str:
    """What to do, for someone who will not type a command."""
    said = text.split(": holdfast ")[0]
    return said if said.endswith((".", "?")) else said + "."
