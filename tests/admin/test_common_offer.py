"""After a unit is saved: other units had the same text, and the change is offered."""

from functions.models import Function
from review.admin.common_offer import MOST, offer_message
from tests.admin.common import NEAR, NEW, PLAN, CommonTestCase
from tests.admin.support import form_of


class OfferTests(CommonTestCase):
    def save(self, texts, user=None, code="8.2"):
        """Save a unit with other texts in place of these; where that leads."""
        unit = self.unit(code)
        self.client.force_login(user or self.editor)
        address = self.url("unit", "change", unit.pk)
        form = form_of(self.client.get(address))
        for name, value in form.items():
            if name.endswith("-text") and value in texts:
                form[name] = texts[value]
        form.update(reason="Reforma", _continue="1")
        return self.client.post(address, form, follow=True)

    def offers(self, page):
        return [
            str(one) for one in page.context["messages"] if "ver y cambiar" in str(one)
        ]

    def test_the_others_are_offered_with_the_change_filled_in(self):
        page = self.save({PLAN: NEW})
        self.assertEqual(self.text(self.seed), NEW)
        (said,) = self.offers(page)
        self.assertIn(
            "4 funciones de otras unidades tenían el mismo texto, o casi, que la "
            "función 4:",
            said,
        )
        address = said.partition('href="')[2].partition('"')[0]
        group = self.client.get(address)
        change = group.context["preview"].change
        self.assertEqual((change.old, change.new), (PLAN, NEW))
        self.assertContains(group, "Ya dice el texto nuevo.")
        self.assertEqual(
            [way for _place, way, _ways in self.members(group)],
            ["dejar", "completo", "llevar", "completo", "dejar"],
        )
        response = self.confirm(group)
        self.assertRedirects(
            response,
            self.url("unit", "change", self.unit("8.2").pk),
            fetch_redirect_response=False,
        )
        self.assertEqual(self.text(self.outside), NEW)

    def test_several_changed_functions_are_offered_one_by_one(self):
        texts = {PLAN: NEW, NEAR: NEAR.replace("anual", "mensual")}
        (said,) = self.offers(self.save(texts, code="8.2.1"))
        self.assertEqual(said.count("ver y cambiar"), 2)
        self.assertIn("que la función 1:", said)
        self.assertIn("que la función 2:", said)

    def test_a_message_speaks_of_some_and_counts_the_rest(self):
        said = offer_message([(str(n), n, "/x/") for n in range(1, MOST + 3)])
        self.assertIn("1 función de otra unidad tenía el mismo texto", said)
        self.assertEqual(said.count("ver y cambiar"), MOST)
        self.assertIn("Lo mismo pasa con 2 funciones más de las que cambió.", said)

    def test_nothing_is_offered_where_no_other_unit_had_it(self):
        self.assertEqual(self.offers(self.save({"Planear.": "Planear todo."})), [])
        self.assertEqual(self.offers(self.save({})), [])
        # Items are no common functions, and a function that only moved says the same.
        self.assertEqual(self.offers(self.save({"Un inciso.": "Otro inciso."})), [])

    def test_nothing_is_offered_that_the_person_may_not_change(self):
        Function.objects.filter(pk__in=[self.same.pk, self.near.pk]).delete()
        page = self.save({PLAN: NEW}, user=self.branch_editor)
        self.assertEqual(self.text(self.seed), NEW)
        self.assertEqual(self.offers(page), [])
