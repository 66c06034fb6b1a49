"""The registry finds every rule; findings come in reading order."""

import re
from pathlib import Path

import pytest

import review.checks.rules
from review.checks import (
    Rule,
    Severity,
    all_rules,
    check,
    fixed,
    registry,
    rule,
    shipped,
)
from tests.review.checks import judging
from tests.review.checks.support import NOTHING, findings, listed, of_lists, of_texts

ROOT = Path(review.checks.rules.__file__).parents[3]
MODULES = sorted(Path(review.checks.rules.__file__).parent.glob("[a-z]*.py"))
STRUCTURE = {"code_repeated", "code_parent", "code_gap", "chapter_number"}
STRUCTURE |= {"chart_number", "chart_unit", "index_missing", "index_page"}
STRUCTURE |= {"unit_empty", "item_empty"}


def test_every_rule_written_in_a_module_is_registered():
    written = re.findall(
        r'@rule\(\n    "(\w+)"', "".join(path.read_text("utf-8") for path in MODULES)
    )
    assert sorted(written) == list(all_rules())
    assert len(written) == len(set(written)) >= 25


@pytest.mark.parametrize("one", all_rules().values(), ids=lambda one: one.id)
def test_a_rule_tells_people_what_it_is(one):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one.id)
    assert one.title and not one.title.endswith(".")
    assert one.explanation.endswith(".")
    assert one.find.__doc__


def test_the_guide_lists_every_rule_as_it_is():
    guide = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    listed_there = re.findall(r"^\| `(\w+)` \| (\w+) \| .+ \| (.+) \|$", guide, re.M)
    assert listed_there == [
        (one.id, str(one.severity), said_of(judging.judged(one.id)))
        for one in all_rules().values()
    ]


def said_of(record: dict) -> str:
    """The last column of the guide's table."""
    count = len(record["judged"])
    if not count:
        return "none"
    wrong = sum(one[4] for one in record["judged"])
    return f"{record['found']}; {wrong} of {count} false"


def test_only_structure_is_an_error():
    errors = {one.id for one in all_rules().values() if one.severity is Severity.ERROR}
    assert errors == STRUCTURE


def test_two_rules_may_not_have_one_id(monkeypatch):
    @rule("spaces", Severity.ADVICE, title="Otra", explanation="Otra.")
    def another(subject):
        yield from ()

    monkeypatch.setattr(
        review.checks.rules.sentences, "another", another, raising=False
    )
    with pytest.raises(ValueError, match="two rules have the id spaces"):
        registry.all_rules.__wrapped__()


def test_findings_come_in_reading_order():
    document = of_lists(
        A=["Hacer", "Elaborar ,esto"], B=[listed("Ver:", "Uno;", "Dos")]
    )
    found = check(document, shipped())
    orders = [(one.place.order, one.hit.start) for one in found]
    assert orders == sorted(orders)
    assert {one.place.unit_code for one in found} == {"8.2", "8.3"}


def test_only_the_rules_asked_for_are_applied():
    document = of_texts("Hacer de de todo")
    assert {one.rule for one in check(document, NOTHING, ["doubled_word"])} == {
        "doubled_word"
    }
    with pytest.raises(KeyError):
        check(document, NOTHING, ["no_such_rule"])


def test_an_empty_edition_has_no_findings():
    assert isinstance(all_rules()["spaces"], Rule)
    assert (
        check(of_lists(), shipped(), ["spaces", "near_copy", "closing_missing"]) == []
    )


def test_checking_changes_nothing():
    document = of_texts("Hacer  de de todo", listed("Ver:", "Uno", "Dos"))
    same = of_texts("Hacer  de de todo", listed("Ver:", "Uno", "Dos"))
    check(document, shipped())
    assert [one.text for one in document.units[0].functions] == [
        one.text for one in same.units[0].functions
    ]


def test_a_fingerprint_lasts_while_the_text_does():
    first, second = of_texts("Hacer todo"), of_texts("Ver.", "Hacer todo")
    second.units[0].functions[1].key = first.units[0].functions[0].key
    (before,), (after,) = (findings("ending_missing", one) for one in (first, second))
    assert before.fingerprint == after.fingerprint
    second.units[0].functions[1].text = "Hacer casi todo"
    (reworded,) = findings("ending_missing", second)
    assert reworded.fingerprint != before.fingerprint


def test_two_findings_in_one_text_have_two_fingerprints():
    found = findings("doubled_word", of_texts("Hacer de de todo y de de nada."))
    assert len({one.fingerprint for one in found}) == 2


def test_fixes_that_overlap_wait_for_the_next_check():
    text = "Hacer  ,esto.."
    document = of_texts(text)
    mended = fixed(text, check(document, shipped()))
    again = check(of_texts(mended), shipped())
    assert fixed(mended, again) == "Hacer, esto."


@pytest.mark.parametrize(
    "text", ["Hacer esto", "Hacer de de todo ..", "Ver ,la cosa  ;"]
)
def test_a_text_mended_until_nothing_is_offered_has_no_fix_left(text):
    for _round in range(4):
        found = [one for one in check(of_texts(text), shipped()) if one.has_fix]
        text = fixed(text, found)
    assert found == []


def test_an_excerpt_shows_the_range_between_whole_words():
    before, after = (" ".join(f"{side}{at}" for at in range(20)) for side in "ab")
    (finding,) = findings("doubled_word", of_texts(f"{before} de de {after}"))
    assert re.fullmatch(r"…(a\d\d? )+de de( b\d\d?)+…", finding.excerpt)
    assert len(finding.excerpt) < 100


def test_the_excerpt_of_a_long_range_leaves_its_middle_out():
    text = "Comenzar " + "palabra " * 40 + "terminar."
    (finding,) = findings("item_ending", of_texts(listed("Ver:", text[:-1], "Otro.")))[
        :1
    ]
    assert finding.excerpt.endswith(" terminar")
    (whole,) = findings("unit_empty", of_lists(**{"Muchas " * 30: []}))
    assert whole.excerpt.count("…") == 1
    assert set(whole.excerpt.split()) <= {"División", "de", "Muchas", "…"}
