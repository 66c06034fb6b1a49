"""A manual's editions read at once."""

from django.test import TestCase

from manuals.brief import edition_reader, editions_in_brief, whole_editions
from manuals.models import Edition
from tests.factories import ManualFactory, make_edition


class BriefTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("2021", elaborated_by="Luz Ríos")
        make_edition("2024")
        make_edition("2021", manual=ManualFactory(slug="otro", title="Otro"))

    def test_reads_the_editions_of_one_manual_with_one_query(self):
        with self.assertNumQueries(1):
            found = editions_in_brief("dir")
            self.assertEqual({edition.label for edition in found}, {"2021", "2024"})
            self.assertEqual({edition.manual.slug for edition in found}, {"dir"})
            self.assertFalse(any(edition.is_in_force() for edition in found))
        self.assertEqual(editions_in_brief("nada"), [])

    def test_reads_whole_editions_too(self):
        with self.assertNumQueries(1):
            (found,) = (one for one in whole_editions("dir") if one.label == "2021")
            self.assertEqual(found.elaborated_by, "Luz Ríos")
            self.assertEqual(found.manual.institution, "Instituto de Pruebas")
        stored = Edition.objects.get(pk=self.edition.pk)
        for field in Edition._meta.concrete_fields:
            self.assertEqual(
                getattr(found, field.attname), getattr(stored, field.attname), field
            )

    def test_reads_by_another_lookup(self):
        read = edition_reader("key")
        self.assertEqual(read(self.edition.key.hex), [self.edition])
