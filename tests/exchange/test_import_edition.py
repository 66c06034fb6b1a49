"""Importing into the database: whole, once, onto a base, or not at all."""

import datetime
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import TestCase

from exchange.importers.errors import ImportRejected
from exchange.reading import read_document
from exchange.services import duplicate_edition, export_edition, import_edition
from functions.models import Function
from manuals.exceptions import NotAllowed
from manuals.models import Edition, Manual, Transition
from manuals.permissions import OPERATOR
from tests.factories import REASON, ManualFactory, make_edition, make_user
from units.models import Unit, UnitKind
from units.trees import broken_trees

MANUAL = """\
MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBAS

Autorización

Lic. Ana Pérez Díaz
Titular de la Dirección de Pruebas

"Este Manual se ratifica con fecha 04 de marzo de 2021, conforme al oficio \
núm. 09/007/2021, de fecha 01 de marzo de 2021."

1. Introducción.

Este manual es de prueba.

2. Organogramas Estructurales.

2.1 Dirección de Pruebas.

Vigencia: 1 de enero de 2021

3. Funciones Sustantivas.

3.1 Dirección de Pruebas.

- Dirigir las pruebas.
- Informar de lo siguiente:
  - a) Los resultados; y
  - b) Los pendientes.

3.2 Unidad de Ensayos.

- Planear los ensayos de cada año.
- Registrar los ensayos terminados.

3.2.1 Coordinación de Registro.

- Guardar los registros.

3.3 Coordinación de Difusión.

- Publicar los resultados aprobados.
"""

FRAGMENT = """\
4.2 Unidad de Ensayos

1. Planear los ensayos de cada semestre.
2. Evaluar los ensayos en curso:
  a) Los propios; y
  b) Los de terceros.
3. Registrar los ensayos terminados.
"""


def importing(text, name="manual.txt", **options):
    options.setdefault("user", OPERATOR)
    options.setdefault("manual_slug", "pruebas")
    return import_edition(data=text.encode(), name=name, **options)


def everything():
    """What the database holds of manuals, to see that nothing changed."""
    return (
        list(Manual.objects.order_by("pk").values()),
        list(Edition.objects.order_by("pk").values()),
        list(Unit.objects.order_by("pk").values()),
        list(Function.objects.order_by("pk").values()),
        Unit.history.count(),
        Function.history.count(),
        Transition.objects.count(),
    )


class ImportTests(TestCase):
    def test_writes_a_draft_with_all_that_the_document_says(self):
        edition = importing(MANUAL).edition
        self.assertEqual((edition.label, edition.status), ("2021", "draft"))
        self.assertEqual(edition.ratified_on, datetime.date(2021, 3, 4))
        self.assertEqual(edition.document_number, "09/007/2021")
        self.assertEqual(
            list(
                Unit.objects.for_edition(edition)
                .in_reading_order()
                .values_list("code", "kind__name", "parent__code")
            ),
            [
                ("3.1", "Dirección", None),
                ("3.2", "Unidad", "3.1"),
                ("3.2.1", "Coordinación", "3.2"),
                ("3.3", "Coordinación", "3.1"),
            ],
        )
        self.assertEqual(
            list(edition.chapters.values_list("number", "kind")),
            [(1, "text"), (2, "charts"), (3, "functions")],
        )
        root = Unit.objects.get(edition=edition, code="3.1")
        chart = edition.chapters.get(number=2).charts.get()
        self.assertEqual(chart.unit_key, root.key)
        self.assertEqual(broken_trees(), [])

    def test_every_item_knows_its_line_and_its_file(self):
        edition = importing(MANUAL).edition
        source = edition.sources.get()
        function = Function.objects.get(text="Los pendientes.")
        self.assertEqual(function.source, source)
        lines = MANUAL.splitlines()
        self.assertIn("Los pendientes.", lines[function.source_line - 1])
        self.assertFalse(
            Function.objects.exclude(source=source).exists()
            or Unit.objects.exclude(source=source).exists()
        )

    def test_history_says_who_imported_and_from_what(self):
        editor = make_user("editor")
        edition = importing(MANUAL, user=editor).edition
        row = Function.history.first()
        self.assertEqual(row.history_user, editor)
        self.assertIn("manual.txt", row.history_change_reason)
        self.assertEqual(edition.transitions.get().step, "imported")

    def test_the_same_file_again_changes_nothing(self):
        importing(MANUAL)
        before = everything()
        result = importing(MANUAL)
        self.assertIs(result.written, False)
        self.assertEqual(everything(), before)

    def test_another_file_for_the_same_edition_is_refused_naming_it(self):
        importing(MANUAL)
        before = everything()
        with self.assertRaisesMessage(ImportRejected, "2021 ya existe"):
            importing(MANUAL.replace("pruebas", "ensayos"))
        self.assertEqual(everything(), before)

    def test_a_dry_run_stores_nothing(self):
        before = everything()
        result = importing(MANUAL, dry_run=True)
        self.assertEqual(result.reading.report.counts["units"], 4)
        self.assertIsNone(result.edition)
        self.assertEqual(everything(), before)

    def test_a_failure_half_way_leaves_nothing(self):
        before = everything()
        with (
            mock.patch("exchange.writing.write_functions", side_effect=MemoryError),
            self.assertRaises(MemoryError),
        ):
            importing(MANUAL)
        self.assertEqual(everything(), before)

    def test_a_level_that_the_catalogue_lacks_is_added_and_reported(self):
        exported = export_edition(
            edition=importing(MANUAL).edition, format="json", user=OPERATOR
        )
        data = exported.replace(b'"Unidad"', '"Gestión"'.encode())
        result = import_edition(data=data, name="x.json", user=OPERATOR, label="otra")
        kind = UnitKind.objects.get(name="Gestión")
        self.assertEqual(kind.plural, "Gestiones")
        self.assertEqual(kind.history.count(), 1)
        self.assertIn("new_kind", [one.kind for one in result.reading.report.doubts])
        self.assertEqual(kind.units.get().code, "3.2")

    def test_only_editors_of_the_whole_manual_import(self):
        for role in ("lector", "revisor", "autorizador", None):
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                importing(MANUAL, user=make_user(role))
        self.assertFalse(Edition.objects.exists())

    def test_recording_as_authorised_takes_the_ratification_as_effective_date(self):
        edition = importing(MANUAL, authorised=True).edition
        self.assertEqual(edition.status, "authorised")
        self.assertEqual(edition.effective_from, datetime.date(2021, 3, 4))
        self.assertEqual(edition.transitions.last().step, "recorded")

    def test_recording_as_authorised_asks_for_the_role_and_for_its_data(self):
        with self.assertRaises(NotAllowed):
            importing(MANUAL, authorised=True, user=make_user("editor"))
        with self.assertRaisesMessage(ValidationError, "quién autorizó"):
            importing(
                MANUAL[MANUAL.index("1. Introducción") :],
                label="1",
                authorised=True,
            )
        self.assertFalse(Edition.objects.exists())

    def test_without_a_year_the_edition_must_be_named(self):
        text = MANUAL[MANUAL.index("1. Introducción") :]
        with self.assertRaisesMessage(ImportRejected, "--edition"):
            importing(text)
        self.assertEqual(importing(text, label="uno").edition.label, "uno")


class RoundTripTests(TestCase):
    def test_export_import_export_gives_the_same_bytes(self):
        exported = export_edition(
            edition=importing(MANUAL).edition, format="json", user=OPERATOR
        )
        Edition.objects.all().delete()
        Manual.objects.all().delete()
        again = import_edition(data=exported, name="x.json", user=OPERATOR).edition
        self.assertEqual(
            export_edition(edition=again, format="json", user=OPERATOR), exported
        )

    def test_a_json_of_what_is_stored_changes_nothing(self):
        edition = importing(MANUAL).edition
        exported = export_edition(edition=edition, format="json", user=OPERATOR)
        before = everything()
        result = import_edition(data=exported, name="x.json", user=OPERATOR)
        self.assertIs(result.written, False)
        self.assertEqual(everything(), before)

    def test_an_authorised_edition_returns_as_it_was_with_its_flag(self):
        edition = importing(MANUAL, authorised=True).edition
        exported = export_edition(edition=edition, format="json", user=OPERATOR)
        again = import_edition(
            data=exported.replace(b'"pruebas"', b'"copia"'),
            name="x.json",
            user=OPERATOR,
            authorised=True,
        ).edition
        self.assertEqual(again.manual.slug, "copia")
        self.assertEqual(
            export_edition(edition=again, format="json", user=OPERATOR),
            exported.replace(b'"pruebas"', b'"copia"'),
        )

    def test_a_branch_is_exported_alone(self):
        edition = importing(MANUAL).edition
        exported = export_edition(
            edition=edition, format="json", unit_code="3.2", user=OPERATOR
        )
        self.assertIn(b"3.2.1", exported)
        self.assertNotIn(b"3.3", exported)


class BaseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.base = importing(MANUAL, authorised=True).edition

    def keys(self, edition):
        return {
            function.text: function.key
            for unit in read_document(edition).units
            for function in unit.functions
        }

    def test_a_fragment_replaces_the_functions_of_its_units_only(self):
        result = importing(FRAGMENT, base_label="2021", label="2024")
        draft = result.edition
        self.assertEqual((draft.status, draft.base), ("draft", self.base))
        before, after = self.keys(self.base), self.keys(draft)
        self.assertEqual(
            after["Planear los ensayos de cada semestre."],
            before["Planear los ensayos de cada año."],
        )
        for text in (
            "Registrar los ensayos terminados.",
            "Guardar los registros.",
            "Dirigir las pruebas.",
        ):
            self.assertEqual(after[text], before[text])
        self.assertNotIn(after["Evaluar los ensayos en curso:"], before.values())

    def test_another_chapter_number_is_taken_by_the_whole_draft_and_reported(self):
        result = importing(FRAGMENT, base_label="2021", label="2024")
        self.assertIn(
            "chapter_number", [doubt.kind for doubt in result.reading.report.doubts]
        )
        self.assertEqual(
            list(
                Unit.objects.for_edition(result.edition)
                .in_reading_order()
                .values_list("code", flat=True)
            ),
            ["4.1", "4.2", "4.2.1", "4.3"],
        )
        self.assertEqual(result.edition.functions_chapter, 4)

    def test_where_the_number_is_taken_the_chapters_exchange_numbers(self):
        fragment = FRAGMENT.replace("4.2 ", "2.2 ")
        draft = importing(fragment, base_label="2021", label="2024").edition
        self.assertEqual(
            list(draft.chapters.values_list("number", "kind")),
            [(1, "text"), (2, "functions"), (3, "charts")],
        )
        self.assertEqual(draft.chapters.get(kind="charts").charts.get().number, "3.1")

    def test_a_second_fragment_joins_the_same_draft(self):
        importing(FRAGMENT, base_label="2021", label="2024")
        second = "4.3 Coordinación de Difusión\n\n1. Publicar todo lo aprobado.\n"
        result = importing(second, base_label="2021", label="2024", name="b.txt")
        after = self.keys(result.edition)
        self.assertIn("Publicar todo lo aprobado.", after)
        self.assertIn("Planear los ensayos de cada semestre.", after)
        self.assertEqual(result.edition.sources.count(), 3)
        again = importing(second, base_label="2021", label="2024", name="b.txt")
        self.assertIs(again.written, False)

    def test_a_fragment_of_a_unit_without_place_is_refused(self):
        before = everything()
        with self.assertRaisesMessage(ImportRejected, "no tiene lugar"):
            importing(
                "3.9.1 Coordinación de Nada\n\n1. Hacer poco en absoluto.\n",
                base_label="2021",
                label="2024",
            )
        self.assertEqual(everything(), before)

    def test_a_whole_later_document_keeps_keys_and_suppresses(self):
        later = (
            MANUAL.replace("2021", "2024")
            .replace("cada año", "cada semestre")
            .replace("3.2.1 Coordinación de Registro.\n\n- Guardar los registros.", "")
        )
        draft = importing(later, base_label="2021").edition
        before, after = self.keys(self.base), self.keys(draft)
        self.assertEqual(
            after["Planear los ensayos de cada semestre."],
            before["Planear los ensayos de cada año."],
        )
        self.assertNotIn("Guardar los registros.", after)
        self.assertEqual(draft.base, self.base)

    def test_a_fragment_that_names_no_manual_is_of_the_one_of_its_base(self):
        onto = {"manual_slug": None, "base_label": "2021", "label": "2024"}
        with self.assertRaisesMessage(ImportRejected, "Ningún manual tiene la edición"):
            importing(FRAGMENT, **{**onto, "base_label": "1999"})
        self.assertEqual(importing(FRAGMENT, **onto).edition.base, self.base)
        make_edition("2021", manual=ManualFactory(slug="otro"))
        with self.assertRaisesMessage(ImportRejected, "(otro, pruebas): indique cuál"):
            importing(FRAGMENT, **{**onto, "label": "2025"})
        with self.assertRaisesMessage(ImportRejected, "No existe el manual «nadie»"):
            importing(FRAGMENT, **{**onto, "manual_slug": "nadie"})

    def test_an_unknown_base_is_refused(self):
        with self.assertRaisesMessage(ImportRejected, "no tiene la edición 1999"):
            importing(FRAGMENT, base_label="1999", label="2024")

    def test_the_base_is_not_touched(self):
        before = read_document(self.base)
        importing(FRAGMENT, base_label="2021", label="2024")
        self.assertEqual(read_document(self.base), before)


class DuplicateTests(TestCase):
    def test_a_duplicate_keeps_keys_and_lines_and_starts_as_a_draft(self):
        base = importing(MANUAL, authorised=True).edition
        draft = duplicate_edition(
            edition=base, label="2030", user=make_user("editor"), reason=REASON
        )
        old, new = read_document(base), read_document(draft)
        self.assertEqual(new.units, old.units)
        self.assertEqual(new.chapters, old.chapters)
        self.assertEqual((draft.status, draft.base), ("draft", base))
        self.assertIsNone(draft.effective_from)
        self.assertEqual(broken_trees(), [])

    def test_a_reader_duplicates_nothing(self):
        base = importing(MANUAL, authorised=True).edition
        with self.assertRaises(NotAllowed):
            duplicate_edition(
                edition=base, label="2030", user=make_user("lector"), reason=REASON
            )
        self.assertEqual(Edition.objects.count(), 1)
