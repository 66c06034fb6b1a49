"""Stage: the right code of each unit, its parent and its page in the index.

Codes are printed with final dots, repeated and mistyped. The index and the level of the
name give the right one; what was printed is kept and the correction reported.
"""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import fuzz

from exchange.importers.context import Context, Heading, IndexEntry
from exchange.importers.numbering import Code, follows, parse, write
from exchange.importers.wording import normal

_SAME_NAME = 88


def settle_codes(context: Context) -> None:
    """Correct the codes, then find parents and pages.

    Reads: ``headings``, ``index``. Writes: the document's units in reading order, the
    number of the functions chapter, corrections and doubts.
    """
    headings = context.headings
    if not headings:
        return
    printed = [parse(heading.printed) for heading in headings]
    chapter = _chapter_number(printed)
    codes = _settle(context, headings, printed)
    context.document.edition.functions_chapter = chapter
    pages = {entry.code: entry for entry in context.index}
    for heading, code in zip(headings, codes, strict=True):
        unit = heading.unit
        unit.code = write(code)
        entry = pages.get(unit.code)
        unit.printed_page = entry.page if entry else None
        line = context.lines[heading.position]
        if unit.code != heading.printed:
            unit.printed_code = heading.printed or None
            context.correct(
                line.number, "code", f"{heading.printed} {unit.name}".strip(), unit.code
            )
        elif heading.final_dot:
            context.correct(line.number, "code_dot", f"{unit.code}.", unit.code)
        context.document.units.append(unit)
    _doubt_gaps(context, codes)
    _settle_parents(context, headings, codes)


def _chapter_number(codes: list[Code]) -> int | None:
    counts: dict[int, int] = defaultdict(int)
    for code in codes:
        if code:
            counts[code[0]] += 1
    return max(counts, key=counts.__getitem__, default=None)


def _settle(
    context: Context, headings: list[Heading], printed: list[Code]
) -> list[Code]:
    """The right code of each heading, in order.

    First the headings whose printed code nothing speaks against; the others then take
    the code that the index gives their name, else the one that their level asks for.
    """
    index = _unit_entries(context, printed)
    vouched = _vouched_by_children(headings, printed, index)
    for at, code in vouched.items():
        _doubt_code(context, headings[at], code)
    printed = [vouched.get(at, code) for at, code in enumerate(printed)]
    trusted = _trusted(headings, printed, index)
    used = {printed[at] for at in trusted}
    codes: list[Code] = []
    for at, heading in enumerate(headings):
        if at in trusted:
            codes.append(printed[at])
            continue
        earlier = list(zip(codes, headings, strict=False))
        code = _from_index(heading, index, used, codes)
        if code is None:
            code = _by_level(heading, printed[at], earlier, used)
            _doubt_code(context, heading, code)
        used.add(code)
        codes.append(code)
    return codes


def _doubt_code(context: Context, heading: Heading, code: Code) -> None:
    context.doubt(
        context.lines[heading.position].number,
        "code",
        f"{heading.printed} {heading.unit.name}".strip(),
        f"La clave está repetida, falta o no cabe aquí; por el nivel se tomó "
        f"{write(code)}.",
    )


def _unit_entries(context: Context, printed: list[Code]) -> dict[Code, IndexEntry]:
    chapter = _chapter_number(printed)
    entries = {}
    for entry in context.index:
        if all(part.isdecimal() for part in entry.code.split(".")):
            code = parse(entry.code)
            if len(code) > 1 and code[0] == chapter:
                entries.setdefault(code, entry)
    return entries


def _vouched_by_children(
    headings: list[Heading], printed: list[Code], index: dict[Code, IndexEntry]
) -> dict[int, Code]:
    """Headings out of turn whose first child, right after them, gives their code."""
    known = set(printed)
    vouched = {}
    for at in range(2, len(printed)):
        parent, child = printed[at - 1], printed[at]
        missing = child[:-1]
        if len(missing) < 2 or missing in known or child[-1] != 1:
            continue
        entry = index.get(parent)
        right = entry and _alike(entry.name, headings[at - 1].unit.name)
        if not right and not follows(parent, printed[at - 2]):
            vouched[at - 1] = missing
            known.add(missing)
    return vouched


def _trusted(
    headings: list[Heading], printed: list[Code], index: dict[Code, IndexEntry]
) -> set[int]:
    """The headings whose printed code stands: one for each code, the likeliest."""
    by_code: dict[Code, list[int]] = defaultdict(list)
    for at, code in enumerate(printed):
        if code:
            by_code[code].append(at)
    kinds = {}
    for at, code in enumerate(printed):
        kinds.setdefault(code, headings[at].unit.kind)
    whole = bool(printed) and len(printed[0]) == 2
    chapter = _chapter_number(printed)
    trusted = set()
    for code, places in by_code.items():
        best = max(
            places,
            key=lambda at: _likelihood(at, code, headings, printed, index, kinds),
        )
        entry = index.get(code)
        if not entry or not _alike(entry.name, headings[best].unit.name):
            other = _codes_of(headings[best].unit.name, index)
            if other and not any(one in by_code for one in other):
                continue
        if code[0] != chapter:
            continue
        if whole and not entry and not _fits(code, best, printed, by_code):
            continue
        trusted.add(best)
    return trusted


def _likelihood(
    at: int,
    code: Code,
    headings: list[Heading],
    printed: list[Code],
    index: dict[Code, IndexEntry],
    kinds: dict[Code, str],
) -> tuple[int, int, int, int]:
    """Named so by the index; of its sibling's level; in its place; the first."""
    entry = index.get(code)
    named = int(bool(entry) and _alike(entry.name, headings[at].unit.name))
    sibling = kinds.get((*code[:-1], code[-1] - 1)) if code[-1] > 1 else None
    level = int(sibling == headings[at].unit.kind)
    previous = printed[at - 1] if at else ()
    return named, level, int(follows(code, previous)), -at


def _fits(
    code: Code, at: int, printed: list[Code], by_code: dict[Code, list[int]]
) -> bool:
    """Whether the parent is printed, and is the unit before or one above that."""
    if len(code) == 2 or at == 0:
        return True
    parent = code[:-1]
    return parent in by_code and printed[at - 1][: len(parent)] == parent


def _alike(name: str, other: str) -> bool:
    one, two = normal(name), normal(other)
    return one == two or fuzz.ratio(one, two) >= _SAME_NAME


def _codes_of(name: str, index: dict[Code, IndexEntry]) -> list[Code]:
    exact = [code for code, one in index.items() if normal(one.name) == normal(name)]
    return exact or [code for code, one in index.items() if _alike(one.name, name)]


def _from_index(
    heading: Heading,
    index: dict[Code, IndexEntry],
    used: set[Code],
    codes: list[Code],
) -> Code | None:
    """The free code that the index gives the name; of several, the next one here."""
    free = [code for code in _codes_of(heading.unit.name, index) if code not in used]
    if not free:
        return None
    later = [code for code in free if not codes or code > codes[-1]]
    return min(later or free)


def _by_level(
    heading: Heading,
    printed: Code,
    earlier: list[tuple[Code, Heading]],
    used: set[Code],
) -> Code:
    """The next code of the nearest unit of the same level, else a child of the last."""
    if not earlier:
        return printed or (1, 1)
    last = earlier[-1][0]
    kinds = {code: one.unit.kind for code, one in earlier}
    code = (*last, 1)
    for length in range(len(last), 1, -1):
        above = last[:length]
        if kinds.get(above) == heading.unit.kind:
            code = (*above[:-1], above[-1] + 1)
            break
    while code in used:
        code = (*code[:-1], code[-1] + 1)
    return code


def _doubt_gaps(context: Context, codes: list[Code]) -> None:
    """Report a code that skips one: a unit may be missing, or the code mistyped."""
    known = set(codes)
    for unit, code in zip(context.document.units, codes, strict=True):
        first = 2 if len(code) == 2 and code[:1] == codes[0][:1] else 1
        before = (*code[:-1], code[-1] - 1)
        if code[-1] > first and code != codes[0] and before not in known:
            context.doubt(
                unit.source_line,
                "code_gap",
                f"{unit.code} {unit.name}",
                f"Falta la clave anterior, {write(before)}.",
            )


def _settle_parents(
    context: Context, headings: list[Heading], codes: list[Code]
) -> None:
    """The root is the first unit; two-part codes hang from it, the others by prefix."""
    known: set[Code] = set()
    root = codes[0]
    for heading, code in zip(headings, codes, strict=True):
        unit = heading.unit
        if code != root:
            parent = code[:-1]
            if len(code) == 2:
                parent = root
            missing = parent not in known
            while parent not in known and len(parent) > 2:
                parent = parent[:-1]
            if parent not in known:
                parent = root
            unit.parent_code = write(parent)
            if missing:
                context.doubt(
                    unit.source_line,
                    "parent",
                    f"{unit.code} {unit.name}",
                    "Su unidad superior no está en el documento; se colgó de "
                    f"{unit.parent_code}.",
                )
        known.add(code)
