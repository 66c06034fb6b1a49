"""Stage: the index against the body, entry by entry."""

from __future__ import annotations

from rapidfuzz import fuzz

from exchange.importers.context import Context, IndexEntry
from exchange.importers.wording import normal, without_final_dot

_SPELLING = 90


def check_index(context: Context) -> None:
    """Compare every index entry with the heading that it announces.

    Reads: ``index``, the document. Writes: the report's ``index_check``; doubts for
    names that differ and for what only one of the two has.
    """
    check = context.report.index_check
    check.entries = len(context.index)
    if not context.index:
        return
    body = _headings_of(context)
    taken = set()
    for entry in context.index:
        code = _find(entry, body, taken)
        if code is None:
            check.missing_in_body.append(_entry(entry))
            context.doubt(
                entry.line,
                "index_missing",
                f"{entry.printed_code} {entry.name}",
                "El índice anuncia algo que el documento no contiene.",
            )
            continue
        taken.add(code)
        _compare(context, entry, body[code])
    for code, (line, printed, name, _) in body.items():
        if code not in taken:
            check.missing_in_index.append({"line": line, "code": code, "name": name})
            context.doubt(
                line, "index_lacks", f"{printed} {name}", "El índice no lo anuncia."
            )


def _headings_of(context: Context) -> dict[str, tuple[int | None, str, str, str]]:
    """Code -> (line, printed code, name, name with its final dot)."""
    headings: dict[str, tuple[int | None, str, str, str]] = {}
    for mark, chapter in zip(context.chapters, context.document.chapters, strict=True):
        line = context.lines[mark.position]
        headings[str(chapter.number)] = (
            line.number,
            str(chapter.number),
            chapter.title,
            line.text,
        )
        for chart in chapter.charts:
            headings.setdefault(
                chart.number, (chapter.source_line, chart.number, chart.title, "")
            )
    for heading in context.headings:
        unit = heading.unit
        line = context.lines[heading.position]
        headings[unit.code] = (line.number, heading.printed, unit.name, line.text)
    for line in context.lines:
        if line.reader == "charts":
            for code, (number, printed, name, text) in headings.items():
                if not text and line.text.startswith((f"{code} ", f"{code}. ")):
                    headings[code] = (line.number, printed, name, line.text)
                    break
    return headings


def _find(entry: IndexEntry, body: dict[str, tuple], taken: set[str]) -> str | None:
    name = normal(entry.name)
    if entry.code in body and entry.code not in taken:
        if fuzz.ratio(name, normal(body[entry.code][2])) >= 60:
            return entry.code
    same = [
        code
        for code, (_, _, other, _) in body.items()
        if code not in taken and normal(other) == name
    ]
    return same[0] if same else None


def _compare(
    context: Context, entry: IndexEntry, heading: tuple[int | None, str, str, str]
) -> None:
    check = context.report.index_check
    line, printed, name, text = heading
    announced = without_final_dot(entry.name)
    difference = {
        "line": entry.line,
        "index": announced,
        "body": name,
        "code": entry.code,
        "body_line": line,
    }
    if entry.code != printed:
        check.codes.append({**difference, "index": entry.code, "body": printed})
    if entry.name.endswith(".") != text.endswith("."):
        check.final_dots += 1
    if entry.printed_code.endswith(".") != text.startswith(f"{printed}."):
        check.code_dots += 1
    if announced == name:
        return
    if normal(announced) != normal(name):
        spelt = fuzz.ratio(normal(announced), normal(name)) >= _SPELLING
        (check.spelling if spelt else check.written_otherwise).append(difference)
        message = "El índice y el documento escriben este nombre de distinto modo."
    else:
        check.written_otherwise.append(difference)
        message = "El índice y el documento difieren en mayúsculas o en puntuación."
    context.doubt(entry.line, "index_name", f"{entry.name} / {name}", message)


def _entry(entry: IndexEntry) -> dict:
    return {"line": entry.line, "code": entry.printed_code, "name": entry.name}
