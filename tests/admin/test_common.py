"""«Funciones comunes»: the groups of an edition, filtered and paged."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from manuals import cache
from tests.admin.common import NEAR, ODD, OTHER, PLAN, CommonTestCase
from tests.factories import make_edition, make_function, make_tree


class CommonListTests(CommonTestCase):
    def groups(self, user=None, **query):
        page = self.open("edition", "common", self.draft.pk, user=user, **query)
        return [(one.text, one.number, one.units) for one in page.context["groups"]]

    def test_the_edition_and_its_checks_lead_to_it(self):
        address = self.url("edition", "common", self.draft.pk)
        for name in ("change", "checks"):
            page = self.open("edition", name, self.draft.pk, user=self.lector)
            self.assertContains(page, address)

    def test_one_text_in_several_units_is_a_group(self):
        self.assertEqual(self.groups(), [(PLAN, 3, 3), (OTHER, 2, 2)])

    def test_similar_ones_are_in_it_with_what_they_say_otherwise(self):
        query = {"modo": "parecidas"}
        self.assertEqual(self.groups(**query), [(PLAN, 5, 3), (OTHER, 2, 2)])
        page = self.open("edition", "common", self.draft.pk, **query)
        self.assertContains(page, "2 grupos con 7 funciones.")
        others = page.context["groups"][0].others
        self.assertEqual(
            [
                "".join(text for mark, text in one.redline if mark != "-")
                for one in others
            ],
            [NEAR, ODD],
        )
        # Marks that are read aloud, not only colours.
        self.assertContains(
            page, '<span class="visually-hidden">[no dice: </span>la<span', html=False
        )
        self.assertContains(page, '<span class="visually-hidden">[dice: </span>su<span')

    def test_a_finding_about_copies_leads_to_its_group(self):
        page = self.open("edition", "checks", self.draft.pk, regla="near_copy")
        ((row, *_rest),) = [group["rows"] for group in page.context["groups"]]
        self.assertContains(page, row.common_url.replace("&", "&amp;"))
        self.client.force_login(self.editor)
        self.assertRedirects(self.client.get(row.common_url), self.address(self.same))
        for key in ("x", "0" * 32):
            page = self.open("edition", "common", self.draft.pk, funcion=key)
            self.assertEqual(page.context["number"], 2)

    def test_branch_and_words_filter_the_groups_of_any_of_their_functions(self):
        self.assertEqual(self.groups(rama="8.3.1"), [(OTHER, 2, 2)])
        self.assertEqual(self.groups(rama="8.2.1"), [(PLAN, 3, 3)])
        self.assertEqual(self.groups(rama="8.9"), self.groups())
        self.assertEqual(self.groups(q="INFORMACION turnen"), [(OTHER, 2, 2)])
        self.assertEqual(self.groups(q="actual"), [])
        self.assertEqual(self.groups(q="actual", modo="parecidas"), [(PLAN, 5, 3)])
        page = self.open("edition", "common", self.draft.pk, q="nada de eso")
        self.assertContains(page, "Ningún grupo con estos filtros.")

    def test_who_edits_is_led_to_a_function_of_their_own(self):
        def led(user, **query):
            page = self.open("edition", "common", self.draft.pk, user=user, **query)
            first = page.context["groups"][0]
            return first.url, first.may_change

        self.assertEqual(led(self.editor), (self.address(self.seed), True))
        self.assertEqual(
            led(self.branch_editor, q="turnen")[1], False, "outside the branch"
        )
        url, may_change = led(self.lector, modo="parecidas")
        self.assertEqual(may_change, False)
        self.assertTrue(url.endswith("?modo=parecidas"), "it knows the way back")

    def test_a_closed_edition_is_read(self):
        page = self.open("edition", "common", self.closed.pk)
        self.assertContains(page, "su contenido se puede leer, pero no cambiar")
        self.assertContains(page, "Ninguna función está en dos unidades.")

    def test_there_are_pages_of_groups_and_the_queries_stay_the_same(self):
        counts = []
        self.client.force_login(self.branch_editor)
        for label, number in (("2025", 2), ("2026", 30)):
            edition = make_edition(label)
            units = make_tree("8.1 8.2", edition)
            for one in range(number):
                for unit in units.values():
                    make_function(unit, f"Revisar {one * 'la '}cuenta.")
            cache.clear()
            address = self.url("edition", "common", edition.pk)
            self.client.get(address)
            with CaptureQueriesContext(connection) as captured:
                page = self.client.get(address, {"modo": "parecidas"})
            counts.append(len(captured))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 16)
        page = self.open("edition", "common", edition.pk)
        self.assertEqual(len(page.context["groups"]), 25)
        page = self.open("edition", "common", edition.pk, p="2")
        self.assertEqual(len(page.context["groups"]), 5)
        self.assertContains(page, "Página 2 de 2")
