"""What a search found, as plain values; search_shapes.py declares the same shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from functions.search import Direct, Hit, Responsible, Results
from manual_org.api.v1.representations import Links, stamp
from manuals import cache
from manuals.models import Edition
from units.outline import OutlineUnit

LinksOf = Mapping[int, Links]  # by the edition's id
HOSTS = 4  # under which a site is known at once


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
                    **_placed(one.unit, one.edition, links[one.edition.pk])[0],
                    "count": one.count,
                }
                for one in results.branches
            ],
        },
        "responsible": [_responsible(one, links) for one in results.responsible],
    }


def _hit(hit: Hit, links: Links) -> dict:
    unit, chain, chapter = None, [], None
    if hit.unit:
        unit, chain = _placed(hit.unit, hit.edition, links)
    if unit is None:
        chapter = {"number": hit.chapter_number, "title": hit.chapter_title}
        url = links.chapter(hit.chapter_number)
        page = links.chapter_page(hit.chapter_number)
    else:
        url, page = unit["url"], unit["html_url"]
    return {
        "kind": hit.kind.value,
        "edition": links.stamp,
        "editions": hit.editions,
        "key": str(hit.key) if hit.key else None,
        "unit": unit,
        "chain": chain,
        "chapter": chapter,
        "label": hit.label or None,
        "snippet": [{"text": text, "match": match} for text, match in hit.snippet],
        "url": url,
        "html_url": f"{page}#{hit.anchor}" if hit.anchor else page,
    }


def _placed(unit: OutlineUnit, edition: Edition, links: Links) -> tuple[dict, list]:
    """A unit and the units above it; kept, since hits share them."""
    known = _known(edition, links)
    if unit not in known:
        chain = [{"code": above.code, "name": above.name} for above in unit.chain()]
        known[unit] = _unit(unit, links), chain
    return known[unit]


def _known(edition: Edition, links: Links) -> dict:
    """What was placed in a closed edition under the host that is asked.

    Under a few hosts only: whoever asks may name any port, and would fill the cache.
    """
    kept = cache.for_edition(edition, "api.placed", dict)
    if len(kept) >= HOSTS and links.edition not in kept:
        kept.clear()
    return kept.setdefault(links.edition, {})


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
