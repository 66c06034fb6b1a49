"""A manual in which every page of the reader's site has something to show.

8.1 > 8.2 > 8.2.1 > 8.2.1.1 > 8.2.1.1.1, all of long names; the last has 47 functions
with items on three levels; its siblings share one name, which functions use. Editions
2021 and 2024 differ in names, texts, units and chapters; the draft "b" comes after
them. The manual "futuro" has no edition in force.
"""

from django.contrib.auth import get_user_model

from exchange.services import duplicate_edition
from functions.services import move_function
from manuals.permissions import OPERATOR
from manuals.services import add_term
from tests.factories import (
    REASON,
    ManualFactory,
    authorise,
    make_edition,
    make_function,
    make_user,
)
from tests.web.support import FUTURE, LATER, PAST, filled_edition
from tests.web.test_browser import LONG, WORD, differ, fill

MOST_FUNCTIONS = 47
READER, STRANGER = "lector", "persona"
SAID = {"user": OPERATOR, "reason": REASON}
DIR = "/manuales/dir/"
DEEP = "8.2.1.1.1"

# Address -> status, of what everybody may read.
PUBLIC = {
    "/": 200,
    "/nada/": 404,
    "/buscar/": 200,
    "/buscar/?q=unidad&ediciones=todas": 200,
    "/buscar/?q=nadadenada&fecha=2022-02-30": 200,
    "/manuales/futuro/": 200,
    f"{DIR}a/2000-01-01/": 404,
    f"{DIR}2021/": 200,
    f"{DIR}2024/": 200,
    f"{DIR}2021/8.1/": 200,
    f"{DIR}2024/8.3/": 200,
    f"{DIR}2021/{DEEP}/": 200,
    f"{DIR}2024/{DEEP}/": 200,
    f"{DIR}2021/{DEEP}.1/": 404,  # a unit that came later
    f"{DIR}2024/9.9/": 404,
    f"{DIR}2024/capitulos/1/": 200,
    f"{DIR}2024/capitulos/7/": 200,
    f"{DIR}2024/capitulos/8/": 200,
    f"{DIR}2024/glosario/": 200,
    f"{DIR}2024/buscar/": 200,
    f"{DIR}2024/buscar/?q=revisar&desde=8.2": 200,
    f"{DIR}2024/buscar/?q=revisra": 200,
    f"{DIR}2021/buscar/?q=revisar&vista=quien&desde=8.2": 200,
    f"{DIR}2024/8.2.1.1.2/menciones/": 200,
    f"{DIR}2024/8.2/menciones/": 200,
    f"{DIR}2024/8.2.1.1.2/homonimas/": 200,
    f"{DIR}2024/organigrama/": 200,
    f"{DIR}2021/8.2.1/organigrama/": 200,
    f"{DIR}2024/8.2.1/rama/": 200,
    f"{DIR}comparar/": 200,
    f"{DIR}comparar/2021/2024/": 200,
    f"{DIR}comparar/2021/2024/?vista=columnas&rama=8.2": 200,
    f"{DIR}comparar/2021/2024/cuadro/": 200,
    f"{DIR}2024/{DEEP}/historial/": 200,
    f"{DIR}2024/{DEEP}/historial/f12-a/": 200,
}
# Of what a reader of drafts, who is staff, sees besides.
DRAFT = {
    f"{DIR}b/": 200,
    f"{DIR}b/{DEEP}/": 200,
    f"{DIR}b/buscar/?q=revisar": 200,
    f"{DIR}b/historial/": 200,
    f"{DIR}b/historial/?rama=9.9": 200,
    f"{DIR}b/{DEEP}/historial/": 200,
    f"{DIR}b/{DEEP}/historial/f1/": 200,
}
# Of what is refused to who has an account and no role.
REFUSED = {f"{DIR}2024/historial/": 403}


def write_everything():
    """Write it all; returns the draft."""
    manual = ManualFactory(
        title=f"Manual de Organización de la {LONG}", notice="Textos ficticios"
    )
    by = {"manual": manual, **SAID}
    add_term(term="PAE", meaning=f"Procedimiento de {LONG}", **by)
    add_term(term="UMA", meaning=LONG, explanation=f"{LONG}. {WORD}", **by)
    first = make_edition(
        "2021", manual=manual, authorisation_text=f"{LONG}\n\n- {LONG}"
    )
    fill(first)
    deep = first.units.get(code=DEEP)
    for number in range(12, MOST_FUNCTIONS):
        make_function(deep, f"Revisar el PAE y la UMA con la {LONG}: {number}. {WORD}")
    second = duplicate_edition(edition=authorise(first, PAST), label="2024", **SAID)
    differ(second)
    draft = duplicate_edition(edition=authorise(second, LATER), label="b", **SAID)
    functions = draft.units.get(code=DEEP).functions.filter(parent=None)
    move_function(function=functions.get(position=2), position=5, **SAID)
    make_user("lector", READER)
    make_user(None, STRANGER)
    authorise(
        filled_edition("2199", manual=ManualFactory(slug="futuro", title=LONG)), FUTURE
    )
    return draft


def account(name):
    return get_user_model().objects.get(username=name)
