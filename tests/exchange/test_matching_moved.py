"""Functions that change units: what is known before anything alike is looked for."""

from exchange.document import Document, Edition, Function, Unit
from exchange.matching import match_onto

PATROL = "Organizar la brigada de protección civil del edificio y sus simulacros."
BOARD = "Elaborar el tablero mensual que muestra, por zona, las primas pendientes."


def document(**functions: list[str]) -> Document:
    """Two units, "A" (8.1) and "B" (8.2), with these texts."""
    units = [
        Unit(
            code=code,
            name=f"División {name}",
            kind="División",
            parent_code=None if code == "8.1" else "8.1",
            functions=[
                Function(text)
                for text in (
                    f"Atender los asuntos de la materia {name}.",
                    f"Llevar el registro de los expedientes {name}.",
                    *functions.get(name, []),
                )
            ],
        )
        for code, name in (("8.1", "A"), ("8.2", "B"))
    ]
    return Document(edition=Edition(label="1", functions_chapter=8), units=units)


def continued(base: Document, new: Document) -> dict[str, str]:
    """The base text that each new text was taken for."""
    match_onto(base, new)
    texts = {f.key: f.text for unit in base.units for f in unit.functions}
    return {
        f.text: texts[f.key]
        for unit in new.units
        for f in unit.functions
        if f.key in texts
    }


def test_an_unchanged_text_in_another_unit_is_known_before_a_like_one():
    like = "Organizar la brigada de protección civil del almacén y sus rutas."
    base = document(A=[PATROL])
    new = document(A=[like], B=[PATROL])
    found = continued(base, new)
    assert found[PATROL] == PATROL
    assert like not in found


def test_a_text_of_several_units_has_not_moved():
    base = document(A=[PATROL], B=[PATROL])
    new = document(B=[PATROL])
    found = continued(base, new)
    assert found[PATROL] == PATROL
    assert new.units[1].functions[2].key == base.units[1].functions[2].key


def test_a_moved_text_that_was_added_to_keeps_its_key_with_doubt():
    longer = (
        "Elaborar el tablero mensual que muestra, por zona y por clase de riesgo, "
        "las primas revisadas y pendientes."
    )
    base = document(A=[BOARD])
    new = document(B=[longer])
    matches = match_onto(base, new)
    assert new.units[1].functions[2].key == base.units[0].functions[2].key
    (doubt,) = matches.doubts
    assert doubt.kind == "match_function"


def test_a_short_text_inside_a_long_one_elsewhere_is_another_function():
    base = document(A=["Elaborar los informes mensuales."])
    new = document(
        B=["Elaborar los informes mensuales, trimestrales y anuales de la cobranza."]
    )
    assert len(continued(base, new)) == 4


OLD = (
    "Resolver las diferencias de competencia que surjan entre las unidades "
    "administrativas que dependen de ella, y dejar por escrito el criterio adoptado."
)
NEW = (
    "Decidir, en un plazo de diez días hábiles, a qué unidad administrativa "
    "corresponde un asunto cuando dos o más se declaren competentes o ninguna lo haga."
)


def test_a_text_rewritten_alone_in_its_place_keeps_its_key_with_doubt():
    base, new = document(A=[OLD]), document(A=[NEW])
    matches = match_onto(base, new)
    assert new.units[0].functions[2].key == base.units[0].functions[2].key
    assert [doubt.kind for doubt in matches.doubts] == ["match_function"]


def test_a_text_that_says_something_else_among_several_is_new():
    base, new = document(A=[OLD]), document(A=[NEW, PATROL])
    assert NEW not in continued(base, new)


def test_keys_that_are_known_stay_where_they_are():
    base = document(A=[PATROL])
    new = document(A=["Otra materia, que nada tiene que ver con aquella."], B=[PATROL])
    new.units[0].functions[2].key = base.units[0].functions[2].key
    match_onto(base, new)
    assert new.units[0].functions[2].key == base.units[0].functions[2].key
    assert new.units[1].functions[2].key != base.units[0].functions[2].key
