"""A manual in which every page of the admin has something to show, and all of them.

It is the matrix's manual with names and texts that strain a page: five levels, long
names, a word without blanks, many functions with items. ``PAGES`` are the admin's
addresses by the states of the edition in which they show a page, "" for those that are
about none; ``NO_PAGE`` says of the others why they show none.
"""

from functions.services import change_function
from manuals.permissions import OPERATOR
from tests.admin.matrix import MatrixTestCase
from tests.factories import REASON, make_function, make_unit
from tests.web.test_browser import LONG, WORD
from units.services import change_unit

WHO = {"user": OPERATOR, "reason": REASON}
MANY = 14
STRANGE = f"{LONG} {WORD}"
TITLE = f"Manual de Organización de la {LONG}"


def of(model: str, *names: str) -> list[str]:
    return [f"{model}_{name}" for name in names]


CATALOGUE = ("changelist", "add", "change", "delete", "history")
KEPT = (*CATALOGUE, "deleted", "simple_history")
PAGES = {
    "": [
        *("index", "app_list", "password_change", "password_change_done"),
        *("manuals_edition_import", "manuals_edition_add", "manuals_edition_deleted"),
        *of("manuals_glossaryterm", *KEPT, "aceptar", "rechazar"),
        *of("manuals_manual", *KEPT),
        *of("manuals_branchgrant", *KEPT),
        *of("units_unitkind", *KEPT),
        *of("functions_synonym", *KEPT),
        *of("review_obsoletename", *KEPT, "import"),
        *of("review_levelverb", *KEPT, "import"),
        *of("review_knownacronym", *KEPT, "import"),
        *of("auth_group", *CATALOGUE),
        *of("auth_user", "changelist", "add", "change", "history", "password_change"),
        *of("api_apitoken", "changelist", "add", "change", "history", "deleted"),
        *of("api_apitoken", "simple_history", "revocar"),
        *of("webhooks_endpoint", *KEPT, "probar", "secreto", "detener"),
        *of("webhooks_delivery", "changelist", "change", "history", "reenviar"),
        *("manuals_transition_changelist", "manuals_source_changelist"),
        *of("manuals_edition", "changelist"),
        *of("manuals_chapter", "changelist", "deleted"),
        *of("units_unit", "changelist", "deleted"),
        *of("functions_function", "changelist", "deleted"),
        *of("exchange_matchdoubt", "changelist", "deleted"),
        *of("review_changenote", "changelist", "deleted"),
        *of("review_succession", "changelist", "deleted"),
    ],
    "DRA": [
        *of("manuals_edition", "change", "history", "simple_history", "saves"),
        *of("manuals_edition", "duplicar", "checks", "common", "common_group"),
        *of("manuals_edition", "waive", "waivers"),
        *of("manuals_transition", "change", "history"),
        *of("manuals_source", "change", "history"),
        *of("manuals_chapter", "change", "history", "simple_history"),
        *of("units_unit", "change", "history", "simple_history", "structure"),
        "units_unit_functions_history",
        *of("functions_function", "change", "history", "simple_history"),
        *of("exchange_matchdoubt", "change", "history", "simple_history"),
        *of("review_changenote", "change", "history", "simple_history"),
        *of("review_succession", "change", "history", "simple_history"),
    ],
    "DR": of("manuals_edition", "reorganisation"),
    "D": [
        *of("manuals_edition", "enviar", "registrar", "renumerar", "delete", "undo"),
        "manuals_edition_capitulo-de-funciones",
        *of("manuals_chapter", "add", "delete"),
        *of("units_unit", "add", "delete", "mover", "nombre", "agregar", "restaurar"),
        "units_unit_mover-funcion",
        *of("functions_function", "replace", "restaurar"),
        *of("exchange_matchdoubt", "confirmar", "nueva", "otra"),
        *of("review_changenote", "add", "delete"),
        *of("review_succession", "add", "delete"),
    ],
    "R": of("manuals_edition", "autorizar", "devolver"),
    "A": ["manuals_edition_baja"],
}
# Each shows the same page for who may not.
NOBODY_MAY = [
    *("auth_user_delete", "api_apitoken_delete"),
    *("functions_function_add", "functions_function_delete"),
    *of("manuals_transition", "add", "delete"),
    *of("manuals_source", "add", "delete"),
    *of("webhooks_delivery", "add", "delete"),
    *of("exchange_matchdoubt", "add", "delete"),
]
NO_PAGE = {
    **dict.fromkeys(NOBODY_MAY, "nobody may"),
    "review_obsoletename_export": "a file",
    "review_levelverb_export": "a file",
    "review_knownacronym_export": "a file",
    "manuals_edition_fix": "where there is something to mend; a case of its own",
    "manuals_edition_unwaive": "where something is waived; a case of its own",
    "manuals_edition_motivos": "where notes are missing; a case of its own",
    "webhooks_endpoint_activar": "where one is stopped; a case of its own",
    "login": "for who has none; a case of its own",
    "logout": "takes a form only",
    "autocomplete": "data",
    "jsi18n": "a script",
    "view_on_site": "leads to another page",
    "manuals_edition_export": "a file",
    "manuals_edition_reorganisation_csv": "a file",
    "units_unit_functions_paste": "data",
    "units_unit_functions_changes": "data",
}


class Everything(MatrixTestCase):
    """The matrix's manual, strained; ``write`` it and ask for addresses."""

    @classmethod
    def write(cls) -> "Everything":
        cls.setUpTestData()
        return cls()

    @classmethod
    def fill_base(cls):
        edition = super().fill_base()
        edition.manual.title = TITLE
        edition.manual.save()
        return edition

    @classmethod
    def fill(cls, edition, letter):
        super().fill(edition, letter)
        unit = cls.unit(letter, "8.2.1")
        if letter == "A":
            cls.strain(unit)
        function = unit.functions.filter(parent=None).last()
        change_function(function=function, text=f"{letter}. {STRANGE}", **WHO)
        cls.objects["unit", letter] = (unit, unit.history.last())

    @classmethod
    def strain(cls, unit):
        change_unit(unit=unit, name=STRANGE, **WHO)
        for code in ("8.1", "8.2"):
            change_unit(unit=cls.unit("A", code), name=f"{code} {LONG}", **WHO)
        for number in range(MANY):
            function = make_function(unit, f"{number}. {STRANGE}")
        for _level in range(2):
            function = make_function(unit, LONG, parent=function)
        for _level in range(2):
            unit = make_unit(unit, name=STRANGE)
