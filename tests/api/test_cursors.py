"""Cursors: nothing is missed or repeated while rows come and go."""

import random
from itertools import pairwise
from uuid import uuid4

from django.test import SimpleTestCase, override_settings

from functions.models import Function
from functions.services import create_function, delete_function
from manual_org.api import cursors
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, make_function, make_user
from units.models import Unit
from units.services import create_unit, delete_unit, move_unit


class PlaceTests(SimpleTestCase):
    """A place in a list of keys, found again in what became of the list."""

    keys = [f"k{number}" for number in range(40)]

    def found(self, cut, now, besides=()):
        return cursors.find(cursors.place_at(cut, self.keys, besides), now)

    def test_is_found_in_the_same_list(self):
        for cut in range(len(self.keys) + 1):
            self.assertEqual(self.found(cut, self.keys), cut)

    def test_moves_with_what_is_deleted_and_added(self):
        chance = random.Random(7)  # noqa: S311
        for _round in range(200):
            cut = chance.randrange(1, len(self.keys))
            near = set(range(cut - cursors.NEAR, cut + cursors.NEAR))
            now = [
                key
                for index, key in enumerate(self.keys)
                if chance.random() < (0.8 if index in near else 0.3)
            ]
            for _more in range(chance.randrange(5)):
                now.insert(chance.randrange(len(now) + 1), str(uuid4()))
            at = self.found(cut, now)
            old = set(self.keys[:cut]), set(self.keys[cut:])
            if any(self.keys[index] in now for index in near if 0 <= index < cut):
                self.assertTrue(old[0].isdisjoint(now[at:]))
            self.assertTrue(old[1].isdisjoint(now[:at]))

    def test_is_where_most_neighbours_are_when_one_moved_away(self):
        now = [key for key in self.keys if key != "k19"]
        self.assertEqual(self.found(20, [*now, "k19"]), 19)
        self.assertEqual(self.found(20, ["k19", *now]), 20)

    def test_is_found_beside_a_branch_that_is_gone(self):
        now = self.keys[:5] + self.keys[35:]
        self.assertIsNone(self.found(20, now))
        self.assertEqual(self.found(20, now, besides=[5, 35]), 5)

    def test_only_what_was_given_out_for_the_list_is_read(self):
        place = cursors.place_at(3, self.keys)
        text = cursors.write("units", [place, place])
        self.assertEqual(cursors.read("units", text), [place, place])
        other = "B" if text[9] == "A" else "A"
        for wrong in (
            "",
            "x",
            "ñ",
            f"{text}!",
            f"{text}=",
            text[:-1],
            f"{text[:9]}{other}{text[10:]}",
        ):
            with self.subTest(wrong=wrong), self.assertRaises(cursors.NotACursor):
                cursors.read("units", wrong)
        with self.assertRaises(cursors.NotACursor):
            cursors.read("functions", text)
        with (
            override_settings(SECRET_KEY="another"),
            self.assertRaises(cursors.NotACursor),
        ):
            cursors.read("units", text)


class CursorTests(ApiTestCase):
    # 8.1
    # ├── 8.2  nine functions
    # │   ├── 8.2.1 ... 8.2.4  three functions each
    # └── 8.3  one function
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.units, _functions = make_small_manual(
            "2024", "8.1 8.2 8.2.1 8.2.2 8.2.3 8.2.4 8.3"
        )
        for number in range(7):
            make_function(cls.units["8.2"], f"Planear {number}.")
        for code in ("8.2.1", "8.2.2", "8.2.3", "8.2.4"):
            for number in range(3):
                make_function(cls.units[code], f"Revisar {number}.")
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = client_of(self.editor)

    def read(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def keys(self, address):
        """All keys of a list, by cursor; pages joined."""
        return [key for keys in self.pages(address) for key in keys]

    def pages(self, address):
        while address:
            body = self.read(address)
            self.assertIsNone(body["previous"])
            yield [one["key"] for one in body["results"]]
            address = body["next"]

    def test_pages_by_cursor_join_to_the_whole_list(self):
        for path in (
            "units/?",
            "units/?under=8.2&kind=Coordinación&",
            "units/?order=-code&",
            "units/?order=-name&",
            "units/?order=functions&",
            "functions/?",
            "functions/?under=8.2.2&",
            "functions/?kind=Coordinación&",
            "functions/?text=planear&",
        ):
            whole = self.read(f"{DRAFT}/{path}page_size=100")
            keys = [one["key"] for one in whole["results"]]
            self.assertEqual(len(keys), whole["count"])
            for size in (1, 2, 5, 100):
                with self.subTest(path=path, size=size):
                    address = f"{DRAFT}/{path}page_size={size}&cursor="
                    self.assertEqual(self.keys(address), keys)
                    self.assertEqual(self.read(address)["count"], len(keys))

    def test_an_empty_list_has_one_page(self):
        body = self.read(f"{DRAFT}/functions/?unit=8.1&cursor=")
        self.assertEqual((body["count"], body["next"], body["results"]), (0, None, []))

    def change(self, step):
        """Something that another person does in the draft while pages are read."""
        units = Unit.objects.for_edition(self.edition).order_by("lft")
        unit = units[step % units.count()]
        said = {"user": self.editor, "reason": REASON}
        functions = Function.objects.filter(unit=unit, parent=None)
        first = functions.order_by("position").first()
        if step % 3 == 0 and first is not None:
            delete_function(function=first, **said)
        elif step % 3 == 1:
            create_function(unit=unit, text="Nueva.", position=1, **said)
        elif step == 2:
            create_unit(
                edition=self.edition,
                parent=units[1],
                name="Nueva",
                kind=unit.kind,
                position=1,
                **said,
            )
        elif step == 5:
            delete_unit(unit=units.get(key=self.units["8.2.2"].key), **said)

    def assertStaysOnce(self, address, model):
        before = self.keys(address)
        read = []
        for step, keys in enumerate(self.pages(address)):
            read += keys
            self.change(step)
        stayed = set(before) & {
            str(key) for key in model.objects.values_list("key", flat=True)
        }
        self.assertLess(len(stayed), len(before))
        self.assertEqual(len(read), len(set(read)))
        self.assertEqual(
            [key for key in read if key in stayed],
            [key for key in before if key in stayed],
        )

    def test_functions_that_stay_are_read_once(self):
        self.assertStaysOnce(f"{DRAFT}/functions/?page_size=2&cursor=", Function)

    def test_functions_that_a_filter_leaves_are_read_once(self):
        path = "functions/?page_size=2&text=r&cursor="
        self.assertStaysOnce(f"{DRAFT}/{path}", Function)

    def test_units_that_stay_are_read_once(self):
        self.assertStaysOnce(f"{DRAFT}/units/?page_size=1&cursor=", Unit)

    def test_goes_on_where_the_last_unit_read_was_deleted_with_its_branch(self):
        body = self.read(f"{DRAFT}/units/?page_size=4&cursor=")  # to 8.2.2
        gone = Unit.objects.get(key=self.units["8.2"].key)
        delete_unit(unit=gone, user=self.editor, reason=REASON)
        (only,) = self.read(body["next"])["results"]
        self.assertEqual(only["key"], str(self.units["8.3"].key))

    def test_goes_on_where_the_last_function_read_left_with_its_unit(self):
        body = self.read(f"{DRAFT}/functions/?page_size=10&cursor=")  # in 8.2.1
        gone = Unit.objects.get(key=self.units["8.2.1"].key)
        delete_unit(unit=gone, user=self.editor, reason=REASON)
        following = self.read(body["next"])["results"][0]
        self.assertEqual(following["unit_key"], str(self.units["8.2.2"].key))
        self.assertEqual(following["number"], 1)

    def test_a_unit_moved_away_does_not_take_the_place_along(self):
        body = self.read(f"{DRAFT}/units/?page_size=3&cursor=")  # to 8.2.1
        unit = Unit.objects.get(key=self.units["8.2.1"].key)
        target = Unit.objects.get(key=self.units["8.3"].key)
        move_unit(unit=unit, target=target, user=self.editor, reason=REASON)
        following = self.read(body["next"])["results"][0]
        self.assertEqual(following["key"], str(self.units["8.2.2"].key))

    def test_begins_again_where_nothing_is_left(self):
        body = self.read(f"{DRAFT}/units/?page_size=4&cursor=")
        for unit in Unit.objects.for_edition(self.edition):
            Unit.objects.filter(pk=unit.pk).update(key=uuid4())
        problem = self.assertProblem(
            self.client.get(body["next"]), 400, "invalid_query"
        )
        self.assertPointers(problem, {("cursor", "gone")})

    def test_another_lists_cursor_is_refused(self):
        def cursor(path):
            following = self.read(f"{DRAFT}/{path}page_size=1&cursor=")["next"]
            return following.rpartition("cursor=")[2].partition("&")[0]

        units, functions = cursor("units/?"), cursor("functions/?")
        self.assertNotEqual(units, functions)
        by_name = cursor("units/?order=name&")
        for path in (
            f"functions/?cursor={units}",
            f"units/?cursor={functions}",
            f"units/?cursor={by_name}",
            f"units/?order=-name&cursor={by_name}",
            "units/?cursor=x",
            "functions/?cursor=%C3%B1",
        ):
            with self.subTest(path=path):
                response = self.client.get(f"{DRAFT}/{path}")
                body = self.assertProblem(response, 400, "invalid_query")
                self.assertPointers(body, {("cursor", "invalid")})
        make_small_manual("2025")
        response = self.client.get(
            f"{API}/manuals/dir/editions/2025/units/?cursor={units}"
        )
        self.assertProblem(response, 400, "invalid_query")

    def test_page_and_cursor_exclude_each_other(self):
        response = self.client.get(f"{DRAFT}/units/?page=1&cursor=")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("page", "not_with_cursor")})

    def test_functions_by_their_text_have_no_cursor(self):
        response = self.client.get(f"{DRAFT}/functions/?order=text&cursor=")
        body = self.assertProblem(response, 400, "invalid_query")
        self.assertPointers(body, {("cursor", "only_by_code")})

    def test_numbers_follow_each_other_in_every_unit(self):
        address = f"{DRAFT}/functions/?page_size=4&cursor="
        read = []
        while address:
            body = self.read(address)
            read += [(one["unit_code"], one["number"]) for one in body["results"]]
            address = body["next"]
        for before, after in pairwise(read):
            if before[0] == after[0]:
                self.assertEqual(after[1], before[1] + 1)
