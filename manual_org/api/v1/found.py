"""What a search found, as plain values; search_shapes.py declares the same shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from functions.search import Direct, Hit, Piece, Responsible, Results
from manual_org.api.v1.representations import Links, stamp
from units.outline import OutlineUnit

LinksOf = Mapping[int, Links]  # by the edition's id


def hits(found: Iterable[Hit], links: LinksOf) -> list[dict]:
    return [_hit(hit, links[hit.edition.pk]) for hit in found]


def around(results: Results, links: LinksOf) -> dict:
    """All but the hits: how it was looked for, what leads on, the facets."""
    return {
        "query": results.text,
        "direct": _direct(results.direct, links) if results.direct else None,
        "suggestions": [
            {"word": one.word, "instead": one.instead, "query": one.text}
            for one in results.suggestions
        ],
        "expansions": [
            {"term": one.term, "also": list(one.also)} for one in results.expansions
        ],
        "ignored": list(results.ignored),
        "left_out": list(results.left_out),
        "relaxed": results.relaxed,
        "truncated": results.truncated,
        "partial": results.is_partial,
        "facets": {
            "kinds": [
                {"kind": one.kind.value, "count": one.count} for one in results.kinds
            ],
            "branches": [
                {
                    "edition": stamp(one.edition),
                    **_unit(one.unit, links[one.edition.pk]),
                    "count": one.count,
                }
                for one in results.branches
            ],
        },
        "responsible": [_responsible(one, links) for one in results.responsible],
    }


def _hit(hit: Hit, links: Links) -> dict:
    if hit.unit is None:
        url = links.chapter(hit.chapter_number)
        page = links.chapter_page(hit.chapter_number)
    else:
        url = links.unit(hit.unit.code)
        page = links.unit_page(hit.unit.code)
    return {
        "kind": hit.kind.value,
        "edition": stamp(hit.edition),
        "editions": hit.editions,
        "key": str(hit.key) if hit.key else None,
        "unit": _unit(hit.unit, links) if hit.unit else None,
        "chain": [
            {"code": unit.code, "name": unit.name}
            for unit in (hit.unit.chain() if hit.unit else ())
        ],
        "chapter": None
        if hit.unit
        else {"number": hit.chapter_number, "title": hit.chapter_title},
        "label": hit.label or None,
        "snippet": [_piece(piece) for piece in hit.snippet],
        "url": url,
        "html_url": f"{page}#{hit.anchor}" if hit.anchor else page,
    }


def _piece(piece: Piece) -> dict:
    return {"text": piece.text, "match": piece.is_match}


def _unit(unit: OutlineUnit, links: Links) -> dict:
    return {
        "key": str(unit.key),
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "url": links.unit(unit.code),
        "html_url": links.unit_page(unit.code),
    }


def _direct(direct: Direct, links: LinksOf) -> dict:
    unit = _unit(direct.unit, links[direct.edition.pk])
    page = unit["html_url"]
    return {
        "edition": stamp(direct.edition),
        "unit": unit,
        "html_url": f"{page}#{direct.anchor}" if direct.anchor else page,
    }


def _responsible(one: Responsible, links: LinksOf) -> dict:
    return {
        "edition": stamp(one.edition),
        "unit": _unit(one.unit, links[one.edition.pk]),
        "count": one.count,
        "hits": hits(one.hits, links),
    }
