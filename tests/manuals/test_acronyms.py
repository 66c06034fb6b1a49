"""Which «Nombre largo (SIGLA)» pairs a text gives, and which it only seems to give."""

import pytest

from manuals.acronyms import Finder


def found(text, names=()):
    return [(pair.term, pair.meaning) for pair in Finder(names).pairs_in(text)]


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        # Initials; small words give none.
        (
            "ante el Servicio de Administración Tributaria (SAT), a petición de parte",
            "SAT",
            "Servicio de Administración Tributaria",
        ),
        (
            "el procedimiento administrativo de ejecución (PAE)",
            "PAE",
            "procedimiento administrativo de ejecución",
        ),
        # Initials of small words count where the acronym needs them.
        ("el sistema IMSS Desde Su Empresa (IDSE)", "IDSE", "IMSS Desde Su Empresa"),
        # First syllables.
        (
            "ante de la Procuraduría de la Defensa del Contribuyente (PRODECON)",
            "PRODECON",
            "Procuraduría de la Defensa del Contribuyente",
        ),
        (
            "el Instituto del Fondo Nacional de la Vivienda para los Trabajadores "
            "(INFONAVIT)",
            "INFONAVIT",
            "Instituto del Fondo Nacional de la Vivienda para los Trabajadores",
        ),
        (
            "el Instituto del Fondo Nacional de la Vivienda para los Trabajadores "
            "(Infonavit)",
            "Infonavit",
            "Instituto del Fondo Nacional de la Vivienda para los Trabajadores",
        ),
        (
            "la Secretaría de Medio Ambiente y Recursos Naturales (SEMARNAT)",
            "SEMARNAT",
            "Secretaría de Medio Ambiente y Recursos Naturales",
        ),
        # A letter from inside a word; a name of which not every word counts.
        (
            "tales como el Instituto Nacional de Estadística y Geografía (INEGI)",
            "INEGI",
            "Instituto Nacional de Estadística y Geografía",
        ),
        (
            "el Instituto Nacional de Transparencia, Acceso a la Información y "
            "Protección de Datos Personales (INAI)",
            "INAI",
            "Instituto Nacional de Transparencia, Acceso a la Información y "
            "Protección de Datos Personales",
        ),
        (
            "el Reglamento de la Ley del Seguro Social en materia de Afiliación, "
            "Clasificación de Empresas, Recaudación y Fiscalización (RACERF)",
            "RACERF",
            "Reglamento de la Ley del Seguro Social en materia de Afiliación, "
            "Clasificación de Empresas, Recaudación y Fiscalización",
        ),
        # Accents, quotes, dots, emphasis, plurals.
        (
            "la Clave Única de Registro de Población («CURP»)",
            "CURP",
            "Clave Única de Registro de Población",
        ),
        (
            "el “Salario Base de Cotización” (“SBC”)",
            "SBC",
            "Salario Base de Cotización",
        ),
        (
            "del Registro Federal de Contribuyentes (R.F.C.)",
            "R.F.C.",
            "Registro Federal de Contribuyentes",
        ),
        ("las áreas de Recursos Humanos (RR.HH.)", "RR.HH.", "Recursos Humanos"),
        (
            "a las Pequeñas y Medianas Empresas (PyMEs)",
            "PyME",
            "Pequeñas y Medianas Empresas",
        ),
        (
            "contratación de Personal por Tiempo Determinado (PTD's) al servicio",
            "PTD",
            "Personal por Tiempo Determinado",
        ),
        (
            "con las Administradoras de Fondos para el Retiro (AFORES)",
            "AFORES",
            "Administradoras de Fondos para el Retiro",
        ),
        # «En lo sucesivo», in parentheses and out of them.
        (
            'el Instituto Mexicano del Seguro Social (en adelante, "IMSS")',
            "IMSS",
            "Instituto Mexicano del Seguro Social",
        ),
        (
            "la Unidad de Medida y Actualización, en lo sucesivo UMA, y lo demás",
            "UMA",
            "Unidad de Medida y Actualización",
        ),
        (
            "el Instituto Mexicano del Seguro Social (en lo sucesivo, el Instituto)",
            "Instituto",
            "Instituto Mexicano del Seguro Social",
        ),
        (
            "conforme a la Ley del Seguro Social, en adelante la “Ley”, y otras",
            "Ley",
            "Ley del Seguro Social",
        ),
        # Other ways round.
        (
            "ISSSTE (Instituto de Seguridad y Servicios Sociales de los Trabajadores "
            "del Estado)",
            "ISSSTE",
            "Instituto de Seguridad y Servicios Sociales de los Trabajadores "
            "del Estado",
        ),
        (
            "la Secretaría de Hacienda y Crédito Público, SHCP, y otras",
            "SHCP",
            "Secretaría de Hacienda y Crédito Público",
        ),
    ],
)
def test_the_letters_decide_how_far_left_the_long_name_goes(text, term, meaning):
    assert found(text) == [(term, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "Subjefaturas de División de Análisis y Programación (A,B,C)",
        "Subjefaturas de División de Análisis y Programación (A)",
        "el patrón (es) o sujeto(s) obligado(s)",
        "en los términos de la fracción (II) y del inciso (a)",
        "uso de herramientas informáticas (software)",
        "la información de las bases de datos (SINDO, SISCOB, entre otras)",
        "la Unidad de Gobierno Digital (Gov.Mx)",
        "el reporte de movimientos (altas, bajas y modificaciones)",
        "Ley del Seguro Social (DOF 21-XII-1995)",
        "el Organismo Internacional de Normalización (ISO)",
        "las y los trabajadores (IMSS)",
        "La Procuraduría (PRODECON)",
        "Coordinación de Cobranza (Cobranza)",
        "la Dirección Administrativa (Direc)",
        # Two sentences, two clauses: no name reaches across.
        "Integrar el Sistema. Atención Tributaria (SAT)",
        "registro federal; de contribuyentes (RFC)",
        # Letters that fit by chance between commas need every word.
        "Seguridad Social, SIPARE, CFDI, etc.",
        "Comité Técnico (El Comité)",
        "(SAT)",
        "",
    ],
)
def test_nothing_is_reported_rather_than_nonsense(text):
    assert found(text) == []


def test_several_pairs_of_one_sentence_do_not_mix():
    assert found(
        "la Secretaría de la Función Pública (SFP), del Órgano Interno de Control (OIC)"
    ) == [
        ("SFP", "Secretaría de la Función Pública"),
        ("OIC", "Órgano Interno de Control"),
    ]


def test_a_known_name_completes_what_the_sentence_shortens():
    names = ["Unidad de Alta al Padrón", "Unidad de Baja y Cobro", "Unidad de Cobro"]
    text = "las Unidades de Alta al Padrón (UAP), de Baja y Cobro (UBC)"
    assert found(text, names) == [
        ("UAP", "Unidad de Alta al Padrón"),
        ("UBC", "Unidad de Baja y Cobro"),
    ]
    assert found(text) == [("UAP", "Unidades de Alta al Padrón")]
    assert found(text, ["Unidad de  Baja y\nCobro"])[1] == (
        "UBC",
        "Unidad de Baja y Cobro",
    )


def test_the_place_of_a_pair_holds_name_and_term():
    text = "Ante el Servicio de Administración Tributaria (SAT)."
    [pair] = Finder().pairs_in(text)
    assert text[pair.start : pair.end] == "Servicio de Administración Tributaria (SAT)"


def test_the_name_is_no_longer_than_its_letters_ask():
    # Words that all begin alike are the worst case for laying letters over words.
    text = " ".join(["Aa"] * 5000) + " (AAAAAA)"
    assert found(text) == [("AAAAAA", " ".join(["Aa"] * 6))]
