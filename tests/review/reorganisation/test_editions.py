"""The effect of stored editions: who may ask, in how many queries, and the command."""

import json
import tempfile
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from manuals import cache
from manuals.exceptions import NotAllowed
from manuals.models import Edition
from manuals.permissions import OPERATOR
from review.reorganisation.editions import effect_of_edition
from review.successions import record_succession
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_tree,
    make_unit,
    make_user,
)
from units.models import Unit, UnitKind
from units.services import delete_unit, move_unit

WHO = {"user": OPERATOR, "reason": REASON}
TEXTS = (
    "Dirigir el trabajo de todas las unidades.",
    "Ordenar el cobro de las cuotas atrasadas.",
    "Enviar los avisos por correo a los domicilios.",
    "Recibir los pagos en la caja de la oficina.",
    "Apoyar con personal a quien lo solicite.",
)


class EditionTestCase(TestCase):
    """A draft of 8.1 > 8.2 (> 8.2.1 8.2.2) 8.3, without its 8.2.

    8.2.1 hangs from 8.3 now; 8.2.2 went with its superior.
    """

    @classmethod
    def setUpTestData(cls):
        cls.base = make_edition("2021")
        cls.units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3", cls.base)
        for unit, text in zip(cls.units.values(), TEXTS, strict=True):
            make_function(unit, text)
        authorise(cls.base)
        cls.draft = duplicate_edition(edition=cls.base, label="2024", **WHO)
        live = {unit.code: unit for unit in cls.draft.units.all()}
        move_unit(unit=live["8.2.1"], target=live["8.3"], **WHO)
        delete_unit(unit=cls.draft.units.get(code="8.2"), **WHO)

    def effect(self, user=OPERATOR, **more):
        draft = Edition.objects.with_manual().get(pk=self.draft.pk)
        return effect_of_edition(edition=draft, user=user, **more)


class EffectOfEditionTests(EditionTestCase):
    def test_a_draft_against_its_base(self):
        effect = self.effect()
        self.assertEqual((effect.old.edition, effect.new.edition), ("2021", "2024"))
        removed = [one.unit.old_code for one in effect.structure.removed]
        self.assertEqual(removed, ["8.2", "8.2.2"])
        (hung,) = effect.structure.rehung
        self.assertEqual((hung.unit.new_code, hung.new_parent.code), ("8.2.1", "8.2"))
        self.assertEqual(effect.homes.counts["functions"]["without"], 2)

    def test_stated_successions_and_ranks_are_known(self):
        kept, heir = self.units["8.2"].key, self.units["8.3"].key
        record_succession(
            edition=self.draft,
            kind="merged",
            from_keys=[kept, heir],
            to_keys=[heir],
            **WHO,
        )
        first = self.effect().structure.removed[0]
        self.assertTrue(first.has_stated_heir)
        self.assertEqual([one.unit.key for one in first.heirs], [heir])
        root = self.draft.units.get(parent=None)
        low = make_kind("Subjefatura")
        UnitKind.objects.filter(pk=low.pk).update(rank=900)
        Unit.objects.filter(pk=root.pk).update(kind=low)
        levels = self.effect().structure.levels
        self.assertEqual({one.parent_kind for one in levels}, {"Subjefatura"})

    def test_who_may_not_read_the_draft_may_not_read_its_effect(self):
        with self.assertRaises(NotAllowed):
            self.effect(user=make_user())
        self.assertTrue(self.effect(user=make_user("lector")).structure.removed)

    def test_an_edition_without_a_base_is_refused_unless_one_is_named(self):
        with self.assertRaisesMessage(ValidationError, "no parte de otra"):
            effect_of_edition(edition=self.base, user=OPERATOR)
        effect = effect_of_edition(edition=self.base, user=OPERATOR, base=self.draft)
        self.assertEqual(len(effect.structure.new), 2)

    def test_closed_editions_are_computed_once(self):
        later = duplicate_edition(edition=self.base, label="2030", **WHO)
        authorise(later, effective_from=date(2030, 1, 1))
        later = Edition.objects.with_manual().get(pk=later.pk)
        effect_of_edition(edition=later, user=OPERATOR)
        with CaptureQueriesContext(connection) as queries:
            self.assertTrue(effect_of_edition(edition=later, user=OPERATOR).is_none)
        self.assertLess(len(queries), 6)

    def test_the_queries_are_the_same_for_few_units_and_many(self):
        counts = []
        for more in range(2):
            root = self.draft.units.get(parent=None)
            for number in range(8 * more):
                make_function(make_unit(root), f"Atender el asunto {number}.")
            draft = Edition.objects.select_related("base__manual", "manual")
            draft = draft.get(pk=self.draft.pk)
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                effect_of_edition(edition=draft, user=OPERATOR)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 16)


class CommandTests(EditionTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "effect"

    def run_command(self, *arguments, **options) -> bytes:
        call_command(
            "simulate_reorganisation", *arguments, output=str(self.file), **options
        )
        return self.file.read_bytes()

    def refused(self, *arguments, **options) -> str:
        with self.assertRaises(CommandError) as caught:
            self.run_command(*arguments, **options)
        self.assertEqual(caught.exception.returncode, 2)
        self.assertFalse(self.file.exists())
        return str(caught.exception)

    def test_text_is_the_format_unless_another_is_asked_for(self):
        text = self.run_command("dir", "2024").decode()
        self.assertIn("efecto de la edición 2024 sobre la 2021", text)
        self.assertIn("Funciones sin lugar (2)", text)

    def test_json_and_csv(self):
        tree = json.loads(self.run_command("dir", "2024", format="json"))
        self.assertEqual(tree["format"], "manual-org/reorganisation/1")
        self.assertEqual(tree["summary"]["removed"], 2)
        content = self.run_command("dir", "2024", format="csv")
        self.assertTrue(content.startswith(b"\xef\xbb\xbfapartado,"))

    def test_another_base_may_be_named(self):
        tree = json.loads(
            self.run_command("dir", "2024", base="2024", format="json"),
        )
        self.assertIs(tree["summary"]["same"], True)

    def test_bad_input_is_refused(self):
        self.assertIn("no parte de otra", self.refused("dir", "2021"))
        self.assertIn("1999", self.refused("dir", "1999"))
        self.assertIn("1998", self.refused("dir", "2024", base="1998"))
        self.assertIn("nada", self.refused("nada", "2024"))
        self.assertIn("pdf", self.refused("dir", "2024", format="pdf"))
