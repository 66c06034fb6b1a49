"""Every function of the base: in its unit, in another one, alike elsewhere, or gone."""

from dataclasses import replace

import pytest

from review.reorganisation import effect_of
from review.reorganisation.effect import CLOSING, LIKELY, MOVED, WITHOUT
from tests.review.compare.building import edition, function, unit
from tests.review.reorganisation.building import at, base, changed, fill, without

LETTERS = "Revisar las cartas que salen por correo certificado."


def outcome(text: str, elsewhere: str, *, before: str = "") -> tuple[str, float]:
    """What becomes of a text when its unit goes and another unit has ``elsewhere``."""
    stays = unit("8.2", "Unidad A", *(fill("x", before) if before else []))
    old = edition(
        unit("8.1", "Dirección"), stays, unit("8.3", "Unidad B", *fill("y", text))
    )
    functions = stays.functions if before else fill("nuevo", elsewhere)
    now = replace(stays, functions=functions)
    (fate,) = effect_of(old, edition(old.units[0], now)).homes.fates
    return fate.outcome, fate.home.likeness if fate.home else 0.0


def test_a_function_keeps_its_key_in_another_unit():
    old = base()
    carried = at(old, "8.2.1.1").functions[0]
    cites = replace(at(old, "8.2.1.2"), code="8.2.1.1")
    cites.functions = [*cites.functions, carried]
    units = without(old, "8.2.1.1", "8.2.1.1.1", "8.2.1.2")
    units.insert(3, cites)
    effect = changed(*units)
    (fate,) = effect.homes.of(MOVED)
    assert (fate.unit.old_code, fate.label) == ("8.2.1.1", "1.")
    assert (fate.home.unit.code, fate.home.label) == ("8.2.1.1", "2.")
    assert fate.unit_removed
    assert [one.text for one in effect.homes.of(WITHOUT)] == [
        "Llevar el registro de los acuses que devuelve el correo.",
        "Sellar los envíos.",
    ]
    assert len(effect.homes.of(CLOSING)) == 1


def test_a_function_may_lose_its_place_in_a_unit_that_lives_on():
    old = base()
    correo = at(old, "8.2.1.1")
    fewer = replace(correo, functions=correo.functions[1:])
    units = [fewer if one is correo else one for one in old.units]
    (fate,) = changed(*units, old=old).homes.fates
    assert (fate.outcome, fate.unit_removed) == (WITHOUT, False)


def test_a_text_written_again_elsewhere_is_its_likely_home():
    again = LETTERS.replace("que salen", "que nos salen")
    assert outcome(LETTERS, LETTERS) == (LIKELY, 1.0)
    found, likeness = outcome(LETTERS, again)
    assert found == LIKELY
    assert 0.9 <= likeness < 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Firmar las cartas que salen por correo certificado.",  # another verb
        "Revisar las cartas que llegan de otras áreas por mensajería.",
        "Revisar las cartas que salen por correo ordinario.",  # another matter
    ],
)
def test_what_is_only_near_is_no_home(elsewhere):
    assert outcome(LETTERS, elsewhere) == (WITHOUT, 0.0)


def test_short_texts_are_alike_by_chance():
    assert outcome("Sellar los envíos.", "Sellar los envíos.") == (WITHOUT, 0.0)


def test_a_common_function_is_told_from_a_new_home():
    (fate,) = effect_of(
        edition(
            unit("8.1", "Dirección"),
            unit("8.2", "Unidad A", *fill("x", LETTERS)),
            unit("8.3", "Unidad B", *fill("y", LETTERS)),
        ),
        edition(unit("8.1", "Dirección"), unit("8.2", "Unidad A", *fill("x", LETTERS))),
    ).homes.fates
    assert (fate.outcome, fate.home.new_there) == (LIKELY, False)


def test_who_had_a_like_text_before_must_speak_of_the_same_matter():
    mine = "Atender las consultas que hagan por escrito las áreas en materia de cobro."
    other = "Atender las consultas que por escrito hagan las áreas en materia de obras."
    longer = mine.replace("que hagan", "que le hagan")
    assert outcome(mine, "", before=other)[0] == WITHOUT
    assert outcome(mine, "", before=longer)[0] == LIKELY
    assert outcome(mine, "", before=mine.replace("áreas", "área"))[0] == LIKELY
    numbered = mine.replace("de cobro", "del programa 18")
    assert outcome(numbered, "", before=numbered.replace("18", "19"))[0] == WITHOUT


def test_a_new_text_comes_before_one_that_stood_there():
    old = edition(
        unit("8.1", "Dirección"),
        unit("8.2", "Unidad A", *fill("x", LETTERS)),
        unit("8.3", "Unidad B", *fill("y", LETTERS)),
        unit("8.4", "Unidad C"),
    )
    new = edition(
        *old.units[:2], unit("8.3", "Unidad C", *fill("z", LETTERS), of="8.4")
    )
    (fate,) = effect_of(old, new).homes.fates
    assert (fate.home.unit.name, fate.home.new_there) == ("Unidad C", True)


def test_items_are_sought_below_what_their_function_is_like():
    def listed(name, *items):
        texts = [function(f"{name}{at}", text) for at, text in enumerate(items)]
        return function(
            name, "Revisar, en el ámbito de la unidad, lo que sigue:", *texts
        )

    items = ["Los acuses.", "Las cartas que salen por correo.", "Los sellos."]
    old = edition(
        unit("8.1", "Dirección"),
        unit("8.2", "Unidad A"),
        unit("8.3", "Unidad B", listed("y", *items)),
    )
    new = edition(
        unit("8.1", "Dirección"), unit("8.2", "Unidad A", listed("z", *items[1:]))
    )
    fates = effect_of(old, new).homes.fates
    assert [(one.label, one.outcome) for one in fates] == [
        ("1.", LIKELY),
        ("1. a)", WITHOUT),
        ("1. b)", LIKELY),
        ("1. c)", LIKELY),
    ]
    assert [one.home.label for one in fates if one.home] == ["1.", "1. a)", "1. b)"]


def test_one_head_with_other_items_is_no_home():
    def listed(name, item):
        head = "Revisar, en el ámbito de la unidad, lo que sigue:"
        return function(name, head, function(f"{name}a", item))

    old = edition(
        unit("8.1", "Dirección"),
        unit("8.2", "Unidad B", listed("y", "Las cartas que salen por correo.")),
    )
    new = edition(
        unit("8.1", "Dirección", listed("z", "Los pagos que entran en la caja."))
    )
    assert {one.outcome for one in effect_of(old, new).homes.fates} == {WITHOUT}
