"""What a person writes in each form of the admin, beside what the page fills in.

By the name of the address, with the action where a list has some; where it depends on
the manual at hand, a function of the test case.
"""

from __future__ import annotations

NEW_USER = {"username": "nueva", "usable_password": "true"}
PASSWORDS = {"password1": "clave-larga-7", "password2": "clave-larga-7"}
OWN_PASSWORD = {
    "old_password": "clave",
    "new_password1": "clave-larga-7",
    "new_password2": "clave-larga-7",
}
DAY = {"effective_from": "2030-01-01", "confirmed": "2030-01-01"}
DELETED = {"post": "yes"}  # Django's own question before a deletion


class SentFile:
    """A file of a form that is sent again and again."""

    name = "a.csv"

    def __init__(self, text: str):
        self.text = text

    def read(self) -> bytes:
        return self.text.encode()


def _manual(case) -> int:
    return case.editions["D"].manual_id


def _chosen(model: str, action: str, **values):
    """Rows ticked in a list and an action for them."""

    def form(case):
        row, _version = case.objects[model, ""]
        chosen = {"action": action, "_selected_action": row.pk, "index": 0}
        return {**chosen, **values}

    return form


FORMS = {
    "api_apitoken_add": lambda case: {
        "user": case.people["editor"].pk,
        "name": "Portal",
    },
    "api_apitoken_revocar": {},
    "auth_group_add": {"name": "nuevo", "permissions": []},
    "auth_group_change": {"name": "distinto", "permissions": []},
    "auth_group_delete": DELETED,
    "auth_user_add": {**NEW_USER, **PASSWORDS},
    "auth_user_change": {"first_name": "Luz"},
    "auth_user_changelist:deactivate": _chosen("user", "deactivate"),
    "auth_user_password_change": PASSWORDS,
    "exchange_matchdoubt_confirmar": {},
    "exchange_matchdoubt_nueva": {},
    "exchange_matchdoubt_otra": lambda case: {
        "base_key": str(case.unit("A", "8.2.3").key)
    },
    "functions_function_replace": {},
    "functions_function_restaurar": {},
    "functions_synonym_add": {
        "term": "multa",
        "others": "sanción",
        "direction": "everyday",
        "manual": "",
    },
    "functions_synonym_change": {"others": "Comisión"},
    "functions_synonym_delete": {},
    "manuals_branchgrant_add": lambda case: {
        "user": case.people["editor"].pk,
        "manual": _manual(case),
        "unit_code": "8.3",
    },
    "manuals_branchgrant_delete": {},
    "manuals_chapter_add": {"number": 2, "title": "Dos", "kind": "text"},
    "manuals_chapter_change": {"title": "Otro"},
    "manuals_chapter_delete": {},
    "manuals_edition_add": lambda case: {
        "manual": _manual(case),
        "label": "2041",
        "numbering": "numbers",
    },
    "manuals_edition_autorizar": DAY,
    "manuals_edition_baja": {"on": "2030-01-01"},
    "manuals_edition_capitulo-de-funciones": {"number": 9},
    "manuals_edition_change": {"elaborated_by": "Luz"},
    "manuals_edition_common_group": {"text": "Otro."},
    "manuals_edition_delete": {},
    "manuals_edition_devolver": {},
    "manuals_edition_duplicar": {"label": "2050"},
    "manuals_edition_enviar": {},
    "manuals_edition_import": {"upload": "", "label": "2040"},
    "manuals_edition_motivos": {},
    "manuals_edition_registrar": DAY,
    "manuals_edition_renumerar": {},
    "manuals_edition_undo": {},
    "manuals_edition_waive": {},
    "manuals_glossaryterm_aceptar": {},
    "manuals_glossaryterm_add": lambda case: {
        "manual": _manual(case),
        "term": "UMA",
        "meaning": "Unidad de medida",
    },
    "manuals_glossaryterm_change": {"meaning": "Otro significado"},
    "manuals_glossaryterm_changelist:accept_selected": _chosen(
        "glossaryterm", "accept_selected"
    ),
    "manuals_glossaryterm_changelist:reject_selected": _chosen(
        "glossaryterm", "reject_selected"
    ),
    "manuals_glossaryterm_delete": {},
    "manuals_glossaryterm_rechazar": {},
    "manuals_manual_add": {"title": "Tercero", "slug": "tercero"},
    "manuals_manual_change": {"acronym": "XYZ"},
    "manuals_manual_delete": {},
    "password_change": OWN_PASSWORD,
    "review_changenote_add": {"unit_code": "8.2.2", "text": "Porque sí."},
    "review_changenote_change": {"text": "Otro."},
    "review_changenote_delete": {},
    "review_knownacronym_add": {"acronym": "XYZ", "meaning": "Equis"},
    "review_knownacronym_change": {"meaning": "Otro"},
    "review_knownacronym_delete": {},
    "review_knownacronym_import": {"file": SentFile("acronym,meaning\nXYZ,Equis\n")},
    "review_levelverb_add": {"kind": "Gerencia", "verb": "dictar"},
    "review_levelverb_change": {"instead": "otro"},
    "review_levelverb_delete": {},
    "review_levelverb_import": {"file": SentFile("kind,verb\nGerencia,dictar\n")},
    "review_obsoletename_add": {"name": "Vieja", "manual": ""},
    "review_obsoletename_change": {"note": "Otra"},
    "review_obsoletename_delete": {},
    "review_obsoletename_import": {"file": SentFile("name\nVieja\n")},
    "review_succession_add": {
        "kind": "merged",
        "from_codes": "8.2.2, 8.2.3",
        "to_codes": "8.2.2",
    },
    "review_succession_delete": {},
    "units_unit_add": lambda case: {
        "name": "Nueva",
        "kind": case.unit("D", "8.2").kind_id,
        "target": case.unit("D", "8.2").pk,
    },
    "units_unit_agregar": {"name": "Nueva", "kind": "Coordinación"},
    "units_unit_change": {"name": "Otra"},
    "units_unit_delete": {},
    "units_unit_mover": {"place": "2"},
    "units_unit_mover-funcion": lambda case: {
        "function": str(case.objects["function", "D"][0].key),
        "target": "8.2.2",
    },
    "units_unit_nombre": {"name": "Otra"},
    "units_unit_restaurar": {},
    "units_unitkind_add": {"name": "Agencia", "plural": "Agencias", "rank": 5},
    "units_unitkind_change": {"rank": 7},
    "units_unitkind_delete": {},
    "webhooks_delivery_changelist:send_again": _chosen("delivery", "send_again"),
    "webhooks_delivery_reenviar": {},
    "webhooks_endpoint_add": {"name": "Otro", "url": "https://otro.example/"},
    "webhooks_endpoint_change": {"name": "Otro"},
    "webhooks_endpoint_delete": {},
    "webhooks_endpoint_detener": {},
    "webhooks_endpoint_probar": {},
    "webhooks_endpoint_secreto": {},
}


def form_for(case, name: str) -> dict:
    form = FORMS[name]
    return form(case) if callable(form) else form
