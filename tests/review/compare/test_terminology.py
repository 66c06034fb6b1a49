"""One term replaced everywhere by another, and what only looks like that."""

import pytest

from review.compare import compare
from tests.review.compare.building import (
    compared,
    edition,
    function,
    of_texts,
    unit,
    weights,
)

OLD = [
    "Coordinar a las Delegaciones en materia de cobranza.",
    "Pedir a la Delegación el padrón de patrones.",
    "Informar sobre las Delegaciones adscritas y las Subdelegaciones.",
    "Atender al patrón.",
]
NEW = [
    "Coordinar a los Órganos de Operación Desconcentrada en materia de cobranza.",
    "Pedir al Órgano de Operación Desconcentrada el padrón de patrones.",
    "Informar sobre los Órganos de Operación Desconcentrada adscritos y las "
    "Subdelegaciones.",
    "Atender al patrón.",
]


def terms(comparison) -> list[tuple[str, str, int]]:
    return [(term.old, term.new, term.count) for term in comparison.terminology]


def test_a_term_is_reported_once_with_its_count_in_singular_and_plural():
    comparison = compared(OLD, NEW)
    assert terms(comparison) == [
        ("Delegaciones", "Órganos de Operación Desconcentrada", 3)
    ]
    assert comparison.terminology[0].forms == (
        ("Delegaciones", "Órganos de Operación Desconcentrada"),
        ("Delegación", "Órgano de Operación Desconcentrada"),
    )


def test_articles_and_agreement_that_follow_the_term_are_explained():
    assert weights(OLD, NEW) == ["terminology", "terminology", "terminology", None]


def test_capitals_beside_a_term_are_explained_too():
    old = [*OLD[:2], "La persona Titular visita las Delegaciones."]
    new = [
        *NEW[:2],
        "La persona titular visita los Órganos de Operación Desconcentrada.",
    ]
    assert weights(old, new) == ["terminology"] * 3


def test_another_word_beside_the_term_is_substantive():
    new = [*NEW[:2], NEW[2].replace("Informar", "Decidir"), NEW[3]]
    assert weights(OLD, new)[2] == "substantive"


def test_another_number_beside_the_term_is_substantive():
    old = [*OLD[:2], "Visitar las Delegaciones y a los patrones de cada una."]
    new = [
        *NEW[:2],
        "Visitar los Órganos de Operación Desconcentrada y al patrón de cada una.",
    ]
    assert weights(old, new)[2] == "substantive"


def test_a_term_of_one_text_only_is_a_rewording():
    comparison = compared([OLD[0], OLD[3]], [NEW[0], NEW[3]])
    assert comparison.terminology == []
    assert weights([OLD[0], OLD[3]], [NEW[0], NEW[3]]) == ["substantive", None]


def test_one_common_function_of_many_units_is_one_text():
    """Copies of one function say nothing that one of them does not say."""
    old = edition(
        unit("8.1", "Dirección A", function("a", "Firmar los oficios de trámite.")),
        unit("8.2", "Unidad B", function("b", "Firmar los oficios de trámite.")),
    )
    new = edition(
        unit("8.1", "Dirección A", function("a", "Firmar los acuerdos de trámite.")),
        unit("8.2", "Unidad B", function("b", "Firmar los acuerdos de trámite.")),
    )
    assert compare(old, new).terminology == []


def test_a_term_that_mostly_remains_was_not_replaced():
    kept = [f"Revisar las Delegaciones, asunto {number}." for number in range(5)]
    old, new = [*OLD[:2], *kept], [*NEW[:2], *kept]
    assert compared(old, new).terminology == []
    assert weights(old, new)[:2] == ["substantive"] * 2


def test_a_term_may_remain_in_units_that_nobody_touched():
    """A draft where two units were revised: the others say nothing about the term."""
    kept = [
        unit(
            f"8.{n}", f"Unidad {n}", function(f"k{n}", f"Citar a las Delegaciones {n}.")
        )
        for n in range(2, 9)
    ]
    documents = [
        edition(
            unit(
                "8.1",
                "Dirección",
                *(function(f"f{at}", text) for at, text in enumerate(texts)),
            ),
            *kept,
        )
        for texts in (OLD, NEW)
    ]
    assert terms(compare(*documents))[0][2] == 3


def test_the_word_that_always_stands_before_belongs_to_the_term():
    old = [
        "Enviar al buzón IMSS los avisos.",
        "Abrir el buzón IMSS.",
        "Informar al IMSS.",
    ]
    new = [text.replace("buzón IMSS", "buzón tributario") for text in old]
    assert terms(compared(old, new)) == [("buzón IMSS", "buzón tributario", 2)]


def test_it_does_so_though_the_word_itself_remains_nowhere():
    old = ["Enviar al buzón IMSS los avisos.", "Abrir el buzón IMSS cada día."]
    new = [text.replace("IMSS", "tributario") for text in old]
    assert terms(compared(old, new)) == [("buzón IMSS", "buzón tributario", 2)]


def test_an_article_that_comes_with_the_new_term_is_explained():
    old = [*OLD[:2], "Integrar los padrones de Delegaciones."]
    new = [
        *NEW[:2],
        "Integrar los padrones de los Órganos de Operación Desconcentrada.",
    ]
    assert weights(old, new)[2] == "terminology"


def test_a_part_of_a_term_alone_elsewhere_is_no_term():
    old = [
        "Avisar a la Oficina de Cobros.",
        "Citar a la Oficina de Cobros hoy.",
        "Sellar los Cobros.",
    ]
    new = [
        "Avisar al Departamento de Recaudación.",
        "Citar al Departamento de Recaudación hoy.",
        "Sellar la Recaudación.",
    ]
    assert weights(old, new) == ["terminology", "terminology", "substantive"]


def test_a_term_that_was_only_added_to_is_found_by_its_noun():
    old = ["Integrar el expediente del caso.", "Archivar cada expediente."]
    new = [text.replace("expediente", "expediente electrónico") for text in old]
    assert terms(compared(old, new)) == [
        ("expediente", "expediente electrónico", 2),
    ]
    assert weights(old, new) == ["terminology"] * 2


def test_a_longer_phrase_is_not_reported_by_its_parts():
    old = ["Avisar a la Oficina de Cobros.", "Citar a la Oficina de Cobros hoy."]
    new = [
        text.replace("la Oficina de Cobros", "el Departamento de Recaudación")
        for text in old
    ]
    assert terms(compared(old, new)) == [
        ("Oficina de Cobros", "Departamento de Recaudación", 2)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("treinta", "quince"),
        ("30", "15"),
        ("mensual", "anual"),
        ("podrá", "deberá"),
        ("autorizar", "proponer"),
        ("con", "sin"),
    ],
)
def test_numbers_periods_orders_and_acts_are_never_terms(one, other):
    old = [f"Rendir el informe {one} asunto A.", f"Llevar el censo {one} asunto B."]
    new = [text.replace(one, other) for text in old]
    assert compared(old, new).terminology == []
    assert weights(old, new) == ["substantive"] * 2


def test_the_act_that_opens_a_function_is_never_a_term():
    old = ["Elaborar el padrón.", "Elaborar el censo."]
    new = ["Formular el padrón.", "Formular el censo."]
    assert weights(old, new) == ["substantive"] * 2


def test_the_new_name_of_a_unit_explains_the_texts_that_cite_it():
    def documents(name: str, verb: str):
        return edition(
            unit("8.1", "Dirección", function("a", f"Oír a la {name} en el caso.")),
            unit("8.2", name, function("b", f"{verb} lo que pida la {name}.")),
        )

    comparison = compare(
        documents("División de Enlace", "Hacer"),
        documents("División de Enlace Institucional", "Evitar"),
    )
    assert terms(comparison) == [
        ("División de Enlace", "División de Enlace Institucional", 2)
    ]
    found = [change.weight for one in comparison.units for change in one.functions]
    assert found == ["terminology", "substantive"]


def test_a_new_name_that_nothing_cites_is_no_term():
    old = edition(unit("8.1", "Dirección de Cobro"))
    new = edition(unit("8.1", "Dirección de Cobranza"))
    assert compare(old, new).terminology == []


def test_terms_are_found_in_chapters_and_objectives_too():
    old, new = of_texts(OLD[:1], NEW[:1])
    for document, text in ((old, OLD[1]), (new, NEW[1])):
        document.units[0].objective = text
    comparison = compare(old, new)
    assert terms(comparison)[0][2] == 2
    assert comparison.units[0].objective.weight == "terminology"
