"""Spans, totals, codes and numbers that change, and who says the old ones."""

from dataclasses import replace

from exchange.document import Chapter, Chart
from review.compare import Succession
from review.reorganisation import effect_of
from review.reorganisation.thresholds import WIDE
from tests.review.compare.building import edition, function, key, unit
from tests.review.reorganisation.building import at, base, changed, fill, without


def codes(effect) -> list[tuple]:
    return [
        (
            one.unit.old_code,
            one.unit.new_code,
            one.cause,
            one.through and one.through.old_code,
        )
        for one in effect.numbering.units
    ]


def without_mail(old=None):
    """The base without 8.2.1.1 and what hangs from it; 8.2.1.2 takes its code."""
    old = old or base()
    units = without(old, "8.2.1.1", "8.2.1.1.1")
    return [
        replace(one, code="8.2.1.1") if one.code == "8.2.1.2" else one for one in units
    ]


def test_codes_change_by_place_by_move_and_through_a_superior():
    old = base()
    units = {one.code: one for one in old.units}
    new = [
        units["8.1"],
        replace(units["8.2.1"], code="8.2", parent_code="8.1"),
        replace(units["8.2.1.1"], code="8.2.1", parent_code="8.2"),
        replace(units["8.2.1.1.1"], code="8.2.1.1", parent_code="8.2.1"),
        replace(units["8.2.1.2"], code="8.2.2", parent_code="8.2"),
        replace(units["8.2"], code="8.3"),
        replace(units["8.2.2"], code="8.3.1", parent_code="8.3"),
        replace(units["8.3"], code="8.4"),
    ]
    assert codes(changed(*new)) == [
        ("8.2.1", "8.2", "moved", None),
        ("8.2.1.1", "8.2.1", "superior", "8.2.1"),
        ("8.2.1.1.1", "8.2.1.1", "superior", "8.2.1"),
        ("8.2.1.2", "8.2.2", "superior", "8.2.1"),
        ("8.2", "8.3", "place", None),
        ("8.2.2", "8.3.1", "place", None),
        ("8.3", "8.4", "place", None),
    ]


def test_the_number_of_the_chapter_is_a_cause_of_its_own():
    old = base()
    new = [
        replace(
            one,
            code=f"7{one.code[1:]}",
            parent_code=one.parent_code and f"7{one.parent_code[1:]}",
        )
        for one in old.units
    ]
    effect = changed(*new, chapter=7)
    assert {one.cause for one in effect.numbering.units} == {"chapter"}
    assert len(effect.numbering.units) == len(old.units)
    assert effect.numbering.functions == []
    assert effect.structure.moved == effect.structure.rehung == []


def test_functions_are_renumbered_in_runs_and_items_by_their_labels():
    items = [function(f"i{n}", f"Inciso {n}.") for n in range(3)]
    before = [function("x0", "Ver."), *fill("x", *"ABCD")]
    before[4] = replace(before[4], items=items)
    now = [before[1], before[2], function("n", "Nueva."), before[3]]
    now.append(replace(before[4], items=items[1:]))
    old = edition(unit("8.1", "Dirección", *before))
    effect = effect_of(old, edition(unit("8.1", "Dirección", *now)))
    (one,) = effect.numbering.functions
    assert [run.said for run in one.runs] == ["2-3 → 1-2"]
    assert one.items == [("5. b)", "5. a)"), ("5. c)", "5. b)")]
    assert one.functions == 2


def test_a_text_that_names_a_unit_which_is_gone_or_renamed():
    old = base()
    texts = fill("h", "Apoyar a la División de Correo.", "Oír a la División de Citas.")
    at(old, "8.3").functions = texts
    units = without_mail(old)
    units[3] = replace(units[3], name="División de Citas y Turnos")
    heir = units[3].key
    stated = Succession("merged", (at(old, "8.2.1.1").key, heir), (heir,))
    found = changed(*units, old=old, recorded=[stated]).numbering.citations
    assert [(one.where, one.said, one.now) for one in found] == [
        ("8.3, 1.", "División de Correo", None),
        ("8.3, 2.", "División de Citas", "División de Citas y Turnos"),
    ]
    assert [one.name for one in found[0].heirs] == ["División de Citas y Turnos"]
    first = texts[0].text
    assert first[found[0].start : found[0].end] == "División de Correo"


def test_a_name_that_the_draft_has_is_not_an_old_one():
    old = base()
    at(old, "8.3").functions = fill("h", "Apoyar a la División de Correo.")
    units = without_mail(old)
    units[3] = replace(units[3], name="División de Correo")  # it takes the name over
    assert changed(*units, old=old).numbering.citations == []
    at(old, "8.3").functions = fill("h", "Apoyar a la División de Correo Aéreo.")
    assert changed(*without_mail(old), old=old).numbering.citations == []


def test_an_old_code_is_found_and_who_bears_it_now():
    said = "Según 8.2.1.2, 8.2.1.1.1 y 8.2.1.25; el 8.2.1 y la Ley 18.2.1.2 aparte."
    old = base()
    at(old, "8.3").functions = fill("h", said)
    found = changed(*without_mail(old), old=old).numbering.citations
    assert [(one.said, one.now, one.borne_by) for one in found] == [
        ("8.2.1.2", "8.2.1.1", None),
        ("8.2.1.1.1", None, None),
    ]
    at(old, "8.3").functions = fill("h", "Como dice 8.2.1.1.")
    (one,) = changed(*without_mail(old), old=old).numbering.citations
    assert (one.now, one.borne_by.name) == (None, "División de Citas")


def test_chapters_and_objectives_are_read_but_not_those_of_history():
    body = "Primero.\n\nLa División de Correo avisa."
    chapters = [
        Chapter(1, "Introducción", body=body),
        Chapter(2, "Antecedentes", body=body),
        Chapter(
            7,
            "Organogramas",
            "charts",
            charts=[
                Chart("7.1", "División de Correo", key("8.2.1.1")),
                Chart("7.2", "Unidad de Apoyo", key("8.3")),
            ],
        ),
    ]
    old = base()
    old.chapters = chapters
    units = without_mail(old)
    units[-1] = replace(units[-1], objective="Ayudar a la División de Correo.")
    new = edition(*units, label="2024")
    new.chapters = chapters
    numbering = effect_of(old, new).numbering
    assert [one.where for one in numbering.citations] == [
        "capítulo 1, párrafo 2",
        "capítulo 7, organograma 7.1",
        "8.3, objetivo",
    ]
    (chart,) = numbering.charts_without_unit
    assert (chart.number, chart.about.name) == ("7.1", "División de Correo")


def test_spans_and_depth_before_and_after():
    spans = changed(*without_mail()).spans
    assert (spans.old.heads, spans.old.mean, spans.old.median) == (4, 1.8, 2)
    assert (spans.new.heads, spans.new.mean, spans.new.median) == (3, 1.7, 2)
    assert (spans.old.depth, spans.new.depth) == (5, 4)
    assert spans.old.spans == {0: 4, 1: 1, 2: 3}
    assert spans.old.levels == {1: 1, 2: 2, 3: 2, 4: 2, 5: 1}
    (one,) = spans.changed
    assert (one.unit.code, one.old, one.new) == ("8.2.1", 2, 1)
    assert [single.unit.code for single in spans.single] == ["8.2.1"]
    assert [unit.code for unit in spans.new.widest] == ["8.1", "8.2"]
    kinds = {one.kind: one for one in spans.old.kinds}
    coordination = kinds["Coordinación"]
    assert (coordination.units, coordination.heads, coordination.greatest) == (2, 1, 2)
    assert list(kinds) == [
        "Dirección",
        "Unidad",
        "Coordinación",
        "División",
        "Subjefatura",
    ]


def test_a_wide_span_begins_above_the_threshold():
    def head(number):
        below = [unit(f"8.{n}", f"Unidad {n}") for n in range(2, number + 2)]
        return edition(unit("8.1", "Dirección"), *below)

    at_it, above = head(WIDE), head(WIDE + 1)
    assert effect_of(at_it, at_it).spans.wide == []
    (one,) = effect_of(at_it, above).spans.wide
    assert (one.old, one.new) == (WIDE, WIDE + 1)


def test_totals_by_level_and_by_branch():
    totals = changed(*without_mail()).totals
    assert totals.all.units == (8, 6)
    assert totals.all.functions == (10, 6)
    assert totals.root[1].units == (1, 1)
    assert [(unit.code, count.units) for unit, count in totals.branches] == [
        ("8.2", (6, 4)),
        ("8.3", (1, 1)),
    ]
    assert ("Subjefatura", 1, 0) in totals.kinds


def test_a_branch_that_is_gone_stands_last():
    totals = changed(
        *[one for one in base().units if one.code in ("8.1", "8.3")]
    ).totals
    assert [(unit.code, count.units) for unit, count in totals.branches] == [
        ("8.3", (1, 1)),
        ("8.2", (6, 0)),
    ]
