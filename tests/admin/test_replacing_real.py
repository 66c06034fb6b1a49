"""The change of a name through a real manual, by what the page proposes."""

from urllib.parse import urlencode

from django.test import TestCase
from django.urls import reverse

from exchange.services import import_edition
from functions.models import Function
from functions.search.checking import wrong
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_user
from tests.support import real_manual_path

FIND, REPLACE = "Delegaciones", "Órganos de Operación Administrativa Desconcentrada"


class RealManualTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        path = real_manual_path("002")
        cls.draft = import_edition(
            data=path.read_bytes(),
            name=path.name,
            user=OPERATOR,
            manual_slug="dir",
            label="2024",
            reason=REASON,
        ).edition
        cls.editor = make_user("editor")

    def setUp(self):
        query = {"edition": self.draft.pk, "find": FIND, "replace": REPLACE}
        address = reverse("admin:functions_function_replace")
        self.address = f"{address}?{urlencode(query)}"
        self.client.force_login(self.editor)

    def test_finds_what_is_there_and_leaves_proper_names_alone(self):
        page = self.client.get(self.address)
        preview = page.context["preview"]
        self.assertEqual(
            (preview.number, preview.in_functions, preview.in_units), (193, 188, 71)
        )
        hits = [hit for one in preview.functions() for hit in one.hits]
        self.assertEqual(sum(1 for hit in hits if hit.note), 8)
        self.assertEqual(
            {hit.chosen for hit in hits if hit.note}, {False}, "names are left alone"
        )
        self.assertEqual(
            page.context["chosen"], {"hits": 185, "functions": 185, "units": 70}
        )

    def test_saves_it_in_one_go(self):
        preview = self.client.get(self.address).context["preview"]
        before = dict(Function.objects.values_list("pk", "text"))
        history = Function.history.count()
        chosen = [
            hit.value for one in preview.functions() for hit in one.hits if hit.chosen
        ]
        answer = self.client.post(
            self.address,
            {
                "shown": preview.shown,
                "hit": chosen,
                "reason": "Por decreto",
                "seen": self.client.get(self.address).context["form"]["seen"].value(),
            },
            follow=True,
        )
        self.assertContains(
            answer,
            "185 coincidencias en 185 funciones e incisos de 70 unidades. "
            "Quedan 8 coincidencias sin reemplazar.",
        )
        after = dict(Function.objects.values_list("pk", "text"))
        changed = [pk for pk, text in before.items() if after[pk] != text]
        self.assertEqual(len(changed), 185)
        self.assertEqual(
            len(set(Function.objects.filter(pk__in=changed).values_list("unit"))), 70
        )
        for pk in changed:
            self.assertEqual(
                after[pk].replace(REPLACE, FIND), before[pk], "nothing else changed"
            )
        moments = Function.history.order_by("-history_id")[:185]
        self.assertEqual(Function.history.count(), history + 185)
        self.assertEqual(len({row.history_date for row in moments}), 1)
        self.assertEqual(wrong(), [])
