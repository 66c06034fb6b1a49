"""The catalogues in the database: what holds for a manual; CSV in and out."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.test import TestCase

from manuals.exceptions import NotAllowed, ReasonRequired
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from review.catalogues import (
    LARGEST,
    CatalogueRejected,
    EntryGone,
    add_entry,
    change_entry,
    export_catalogue,
    import_catalogue,
    remove_entry,
    stored,
)
from review.checks import shipped
from review.checks.editions import check_edition
from review.models import KnownAcronym, LevelVerb, ObsoleteName
from tests.factories import REASON, ManualFactory, make_function, make_tree, make_user

WHO = {"user": OPERATOR, "reason": REASON}
HEAD = "name,current,direct,since,institution,note\r\n"


def as_sets(catalogues):
    return [set(entries) for entries in vars(catalogues).values()]


class StoredTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.manual = ManualFactory()
        cls.other = ManualFactory(slug="otro", institution="Otra Institución")

    def test_what_ships_is_there_from_the_beginning(self):
        self.assertEqual(as_sets(stored(self.manual)), as_sets(shipped()))

    def test_a_manual_has_its_names_and_an_institution_its_verbs_and_acronyms(self):
        own = {"institution": self.manual.institution}
        ObsoleteName.objects.create(manual=self.manual, name="La Antigua")
        LevelVerb.objects.create(kind="Jefatura", verb="dictar", **own)
        KnownAcronym.objects.create(acronym="XYZ", meaning="Equis", **own)
        here, there = stored(self.manual), stored(self.other)
        for name, few in vars(there).items():
            self.assertEqual(len(getattr(here, name)), len(few) + 1, name)

    def test_the_narrower_entry_precedes(self):
        general = KnownAcronym.objects.get(acronym="CFF")
        self.assertFalse(general.common)
        KnownAcronym.objects.create(
            acronym="CFF",
            meaning="Otro",
            common=True,
            institution=self.manual.institution.upper(),
        )
        (found,) = (one for one in stored(self.manual).acronyms if one.acronym == "CFF")
        self.assertEqual((found.meaning, found.common), ("Otro", True))
        (found,) = (one for one in stored(self.other).acronyms if one.acronym == "CFF")
        self.assertFalse(found.common)

    def test_the_checks_use_them(self):
        units = make_tree("8.1")
        make_function(units["8.1"], "Atender a la Antigua Comisión.")
        edition = units["8.1"].edition

        def found():
            report = check_edition(edition=edition, user=OPERATOR)
            return [one for one in report.findings if one.rule == "obsolete_name"]

        self.assertEqual(found(), [])
        row = ObsoleteName(
            manual=edition.manual,
            name="Antigua Comisión",
            current="Nueva Comisión",
            direct=True,
        )
        add_entry(entry=row, **WHO)
        self.assertEqual(found()[0].fix, "Atender a la Nueva Comisión.")


class WritingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.manual = ManualFactory()
        cls.row = add_entry(
            entry=ObsoleteName(manual=cls.manual, name="Vieja", current="Nueva"), **WHO
        )

    def test_each_change_is_in_the_history_with_its_reason(self):
        change_entry(entry=self.row, current="Otra", **WHO)
        remove_entry(entry=self.row, **WHO)
        records = ObsoleteName.history.filter(name="Vieja").order_by("history_id")
        self.assertEqual([one.history_type for one in records], ["+", "~", "-"])
        self.assertEqual({one.history_change_reason for one in records}, {REASON})
        with self.assertRaises(EntryGone):
            change_entry(entry=self.row, current="Otra", **WHO)

    def test_only_editors_without_a_branch_limit_write(self):
        limited = make_user("editor")
        BranchGrant.objects.create(
            user=limited, manual=self.manual, unit_key=self.manual_key()
        )
        content = f"{HEAD}Una,Otra,,,,\r\n".encode()
        for user in (limited, make_user("lector"), make_user("revisor")):
            with self.assertRaises(NotAllowed):
                change_entry(entry=self.row, current="x", user=user, reason=REASON)
            with self.assertRaises(NotAllowed):
                import_catalogue(
                    model=ObsoleteName, content=content, user=user, reason=REASON
                )
        with self.assertRaises(ReasonRequired):
            change_entry(entry=self.row, current="x", user=OPERATOR, reason="")

    def manual_key(self):
        return make_tree("8.1")["8.1"].key

    def test_a_name_stands_once_in_a_manual_and_replaces_something_else(self):
        for values, expected in (
            ({"name": " Vieja "}, "ya está en el catálogo"),
            ({"name": "Igual", "current": "Igual"}, "mismo nombre"),
            ({"name": "Otra", "direct": True}, "se puede poner en su lugar"),
        ):
            with self.assertRaisesMessage(ValidationError, expected):
                add_entry(entry=ObsoleteName(manual=self.manual, **values), **WHO)


class FileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.manual = ManualFactory()

    def read(self, text, model=ObsoleteName, **options):
        content = text if isinstance(text, bytes) else text.encode()
        return import_catalogue(model=model, content=content, **{**WHO, **options})

    def refused(self, text, expected, **options):
        before = list(ObsoleteName.objects.values_list("pk", "name"))
        with self.assertRaisesMessage(CatalogueRejected, expected):
            self.read(text, **options)
        self.assertEqual(list(ObsoleteName.objects.values_list("pk", "name")), before)

    def test_what_was_exported_reads_as_no_change(self):
        for model in (ObsoleteName, LevelVerb, KnownAcronym):
            with self.subTest(model=model):
                written = export_catalogue(model)
                done = self.read(written, model, replace=True)
                self.assertEqual(done.total, 0)
                self.assertEqual(export_catalogue(model), written)

    def test_rows_are_added_changed_and_with_the_box_removed(self):
        first = f"{HEAD}Una,Dos,1,2020-01-02,,Nota\r\nTres,Cuatro,,,,\r\n"
        done = self.read(f"\ufeff{first}", scope=self.manual)
        self.assertEqual((done.added, done.changed, done.removed), (2, 0, 0))
        self.assertEqual(export_catalogue(ObsoleteName, self.manual).count("\r\n"), 3)
        second = f"{HEAD}Una,Otra,1,,,\r\nCinco,,,,,\r\n"
        done = self.read(second, scope=self.manual)
        self.assertEqual((done.added, done.changed, done.removed), (1, 1, 0))
        done = self.read(second, scope=self.manual, replace=True)
        self.assertEqual((done.added, done.changed, done.removed), (0, 0, 1))
        own = ObsoleteName.objects.filter(manual=self.manual)
        self.assertEqual([one.name for one in own], ["Cinco", "Una"])
        record = own[1].history.latest("history_id")
        self.assertEqual((record.current, record.history_type), ("Otra", "~"))

    def test_files_of_other_spreadsheets_read_alike(self):
        rows = "name,current,note\r\nUna,Dos,Nota; larga\r\n"
        done = self.read(rows, scope=self.manual)
        self.assertEqual(done.added, 1)
        written = export_catalogue(ObsoleteName, self.manual)
        for text in (
            '\ufeffname;current;note\r\nUna;Dos;"Nota; larga"\r\n',
            'name\tcurrent\tnote\nUna\tDos\t"Nota; larga"\n',
            '"name","current","note"\r"Una","Dos","Nota; larga"\r',
        ):
            with self.subTest(text=text):
                self.assertEqual(self.read(text, scope=self.manual).total, 0)
        self.assertEqual(export_catalogue(ObsoleteName, self.manual), written)

    def test_the_first_wrong_line_is_named_and_nothing_is_written(self):
        for text, expected in (
            (f"{HEAD}Una,,,,,\r\n,Dos,,,,\r\n", "Línea 3: falta name."),
            (f"{HEAD}Una,,si,,,\r\n", "Línea 2: «si» no es 0 ni 1."),
            (f"{HEAD}Una,,,ayer,,\r\n", "Línea 2: «ayer» no es una fecha"),
            (f"{HEAD}Una,,,,,,más\r\n", "Línea 2: sobra un dato."),
            (f"{HEAD}Una,,,,,\r\nUna,x,,,,\r\n", "Línea 3: repite la línea 2."),
            (f"{HEAD}Una,Una,,,,\r\n", "Línea 2: Es el mismo nombre"),
            (f"{HEAD}{'x' * 256},,,,,\r\n", "Línea 2: "),
            (f'{HEAD}Una,"sin cerrar,,,,\r\n', "Línea 2: "),
            ("nombre,current\r\nUna,\r\n", "Columnas que no se esperan: nombre."),
            ("current\r\nUna\r\n", "Faltan columnas: name."),
            ("name,name\r\nUna,Dos\r\n", "dos columnas con el mismo nombre"),
            (HEAD, "no tiene ninguna entrada"),
            ("", "Faltan columnas"),
            (f"{HEAD}Ciñó,,,,,\r\n".encode("cp1252"), "Línea 2: no es UTF-8."),
            (b"x" * (LARGEST + 1), "más de 1 MB"),
            (
                f"{HEAD}Una,Dos,,,,\r\n=A1,,,,,\r\n",
                "Línea 3: No puede comenzar con «=»",
            ),
            (f"{HEAD}Una,@SUM(A1),,,,\r\n", "Línea 2: No puede comenzar con «@»"),
            (f"{HEAD};Una;;;;\r\n".encode("utf-16"), "Línea 1: no es UTF-8."),
        ):
            with self.subTest(expected):
                self.refused(text, expected, scope=self.manual)

    def test_entries_are_plain_values(self):
        value = shipped().obsolete_names[0]
        self.assertNotEqual(replace(value, current="x"), value)
