"""Chapters of text as Markdown paragraphs and items."""

from tests.exchange.importers.support import read, said

HEADER = "\n\n\nMANUAL DE ORGANIZACIÓN DE PRUEBA\n\n"


def body(text: str) -> str:
    return chapter(text).document.chapters[0].body


def chapter(text: str):
    return read(
        f"1. Antecedentes.\n\n{text}\n\n"
        "2. Funciones.\n\n2.1 Dirección de X\n\n- Dirigir.\n"
    )


def test_lines_are_paragraphs_and_bullets_items():
    assert body("Uno.\n\nDos:\n- Tres.\n- Cuatro.\n\nCinco.") == (
        "Uno.\n\nDos:\n\n- Tres.\n- Cuatro.\n\nCinco."
    )


def test_a_paragraph_cut_by_a_page_break_is_joined():
    assert body(f"Se crearon las áreas que{HEADER}permitan atender.") == (
        "Se crearon las áreas que permitan atender."
    )
    assert body(f"Se publicó el Reglamento Interior del{HEADER}Instituto.") == (
        "Se publicó el Reglamento Interior del Instituto."
    )


def test_an_item_cut_by_a_page_break_is_joined_and_the_list_goes_on():
    assert body(f"- Ley de Archivos{HEADER}Generales de 2018.\n- Ley de Prueba.") == (
        "- Ley de Archivos Generales de 2018.\n- Ley de Prueba."
    )


def test_a_short_title_inside_a_chapter_is_a_paragraph_of_its_own():
    assert body("Primera época\n\nEn 1990 nació.") == "Primera época\n\nEn 1990 nació."


def test_hard_wrapped_lines_are_one_paragraph():
    first = "En el año de 1990 se creó por decreto presidencial la entidad"
    assert body(f"{first}\nque hoy rige.\nY sigue.") == (
        f"{first} que hoy rige.\n\nY sigue."
    )


def test_attributions_that_lose_their_bullet_stay_items():
    text = (
        f"- I. Dirigir.\n- II. Aprobar.{HEADER}III. Resolver.\n\nIV. Proponer.\n\nFin."
    )
    assert (
        body(text)
        == "- I. Dirigir.\n- II. Aprobar.\n- III. Resolver.\n- IV. Proponer.\n\nFin."
    )
    assert len(said(chapter(text).report.corrections, "item_without_bullet")) == 2


def test_a_closing_note_printed_as_an_item_is_a_paragraph():
    note = "Las leyes citadas en el presente documento están vigentes."
    text = f"- Ley A.\n- Ley B.\n- {note}"
    assert body(text) == f"- Ley A.\n- Ley B.\n\n{note}"
    assert len(said(chapter(text).report.corrections, "closing_note")) == 1


def test_emphasis_and_subheadings_stay():
    assert body("### Origen\n\nNació *de facto* en 1990.") == (
        "### Origen\n\nNació *de facto* en 1990."
    )


def test_the_functions_chapter_has_no_body():
    assert chapter("Uno.").document.chapters[1].body == ""
