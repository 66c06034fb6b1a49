"""Units named that the edition does not have."""

from exchange.document import Function
from review.checks import shipped
from tests.review.checks.support import findings
from tests.review.compare.building import edition, unit


def naming(text: str):
    return edition(
        unit("8.1", "Dirección de Incorporación", Function(text)),
        unit("8.2", "Unidad de Servicios Estratégicos"),
        unit("8.2.1", "División de Cobro y Control de Cuotas"),
        unit(
            "8.2.1.1",
            "Subjefaturas de División de Análisis (A,C)",
            kind="Subjefatura",
            positions=["A", "C"],
        ),
    )


def unknown(text: str) -> list[tuple[str, str | None]]:
    """What is marked as unknown, and what would be put."""
    return [
        (one.place.text[one.hit.start : one.hit.end], one.hit.replacement)
        for one in findings("unit_unknown", naming(text))
    ]


def elsewhere(text: str) -> list[str]:
    return [
        one.place.text[one.hit.start : one.hit.end]
        for one in findings("unit_elsewhere", naming(text))
    ]


def test_a_misspelt_name_offers_the_unit():
    assert unknown("Apoyar a la Unidad de Servicio Estratégicos.") == [
        ("Unidad de Servicio Estratégicos", "Unidad de Servicios Estratégicos")
    ]
    (finding,) = findings(
        "unit_unknown", naming("Ver la División de Cobro y Control Cuotas.")
    )
    assert finding.message == (
        "No existe «División de Cobro y Control Cuotas»; quizá 8.2.1 División de Cobro "
        "y Control de Cuotas."
    )


def test_a_name_that_goes_on_is_another_unit():
    text = "Ver la División de Cobro y Control de Cuotas de Morelos."
    assert unknown(text) == []
    assert elsewhere(text) == ["División de Cobro y Control de Cuotas de Morelos"]


def test_another_letter_is_no_slip():
    document = edition(
        unit("8.1", "Dirección de Pruebas", Function("Ver la División de Cobro C.")),
        unit("8.2", "División de Cobro A"),
        unit("8.3", "División de Cobro B"),
    )
    (finding,) = findings("unit_unknown", document)
    assert finding.fix is None


def test_the_right_name_under_another_level_is_offered_without_a_fix():
    assert unknown("Apoyar a la División de Servicios Estratégicos.") == [
        ("División de Servicios Estratégicos", None)
    ]


def test_a_name_with_a_word_more_or_less_is_near():
    assert unknown("Ver la División de Cobro de Cuotas.") == [
        ("División de Cobro de Cuotas", None)
    ]
    assert unknown("Ver la División de Cobro, Control y Registro de Cuotas.") == [
        ("División de Cobro, Control y Registro de Cuotas", None)
    ]
    assert unknown("Ver la División de Cuotas.") == []


def test_what_the_catalogue_knows_as_something_else_is_no_unit():
    document = naming("Aplicar la Unidad de Medida y Actualización.")
    assert len(findings("unit_elsewhere", document)) == 1
    assert findings("unit_elsewhere", document, shipped()) == []


def test_what_follows_the_name_is_not_part_of_it():
    text = "Apoyar a la Unidad de Servicio Estratégicos y de Otras Áreas."
    assert [name for name, _fix in unknown(text)] == ["Unidad de Servicio Estratégicos"]


def test_right_names_are_not_found():
    for text in (
        "Apoyar a la Unidad de Servicios Estratégicos y sus áreas.",
        "Apoyar a la UNIDAD DE SERVICIOS ESTRATÉGICOS.",
        "Apoyar a la Subjefatura de División de Análisis A.",
        "Apoyar a la Jefatura de la División de Cobro y Control de Cuotas.",
        "Apoyar a las Unidades de Incorporación y de Cobro.",
        "Apoyar a la Unidad Administrativa competente y a su Unidad.",
    ):
        assert unknown(text) == [], text
        assert elsewhere(text) == [], text


def test_other_units_are_named_once():
    text = (
        "Ver con la Dirección Jurídica del Instituto; la Dirección Jurídica, y otras."
    )
    (finding,) = findings("unit_elsewhere", naming(text))
    assert finding.severity == "advice"
    assert finding.message == (
        "«Dirección Jurídica» no está en este manual. Se nombra 2 veces."
    )
    assert unknown(text) == []


def test_an_edition_without_units_has_no_findings():
    assert findings("unit_unknown", edition()) == []
