"""Chapters that somebody deleted meanwhile, and numbers that no chapter can have."""

from django.core.exceptions import ValidationError
from django.test import TestCase

from manuals.exceptions import ChapterGone
from manuals.models import Chapter
from manuals.permissions import OPERATOR
from manuals.services import change_chapter, delete_chapter, move_functions_chapter
from tests.factories import REASON, make_edition

SAID = {"user": OPERATOR, "reason": REASON}


class ContentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.chapter = Chapter.objects.create(
            edition=cls.edition, number=8, title="Funciones", kind="functions"
        )

    def test_a_chapter_deleted_meanwhile_is_refused_in_words(self):
        stale = Chapter.objects.get(pk=self.chapter.pk)
        delete_chapter(chapter=self.chapter, **SAID)
        written = Chapter.history.count()
        for write in (
            lambda: change_chapter(chapter=stale, title="Otro", **SAID),
            lambda: delete_chapter(chapter=stale, **SAID),
        ):
            with self.assertRaisesMessage(ChapterGone, "ya no existe"):
                write()
        self.assertEqual(Chapter.history.count(), written)

    def test_a_number_that_no_chapter_can_have_is_refused_in_words(self):
        with self.assertRaises(ValidationError):
            move_functions_chapter(edition=self.edition, number=-1, **SAID)
        self.chapter.refresh_from_db()
        self.assertEqual(self.chapter.number, 8)
