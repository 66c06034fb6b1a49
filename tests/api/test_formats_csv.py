"""Lists as CSV tables, for spreadsheets and for programs."""

import csv
import io

from functions.services import create_function
from manual_org.api.formats.csvtable import cell
from manuals.permissions import OPERATOR
from tests.api.support import (
    API,
    DRAFT,
    ApiTestCase,
    DraftTestCase,
    client_of,
    make_small_manual,
)
from tests.factories import REASON, authorise

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def read(response) -> list[dict]:
    """The rows as a program reads them."""
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TableTests(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        drawing = "8.1 8.2 8.2.1 8.2.2 " + " ".join(f"8.{n}" for n in range(3, 25))
        cls.edition, cls.units, cls.functions = make_small_manual(drawing=drawing)
        authorise(cls.edition)

    def table(self, address: str) -> list[dict]:
        response = self.client.get(address, headers={"accept": "text/csv"})
        self.assertEqual(response.status_code, 200, response.content)
        return read(response)

    def test_it_is_utf8_with_the_mark_that_excel_knows_and_lines_of_rfc_4180(self):
        response = self.client.get(f"{DRAFT}/units/?format=csv")
        text = response.content.decode()
        self.assertEqual(text[0], BOM)
        lines = text.removeprefix(BOM).split("\r\n")
        self.assertEqual(
            lines[0],
            "manual,edition,code,name,kind,parent_code,positions,printed_code,"
            "printed_page,objective,key,url,html_url",
        )
        self.assertTrue(lines[1].startswith("dir,2024,8.1,Coordinación 8.1,"))
        self.assertEqual((len(lines), lines[-1]), (28, ""))
        self.assertNotIn("\n", "".join(lines))

    def test_its_headers_say_what_it_is_and_name_the_file(self):
        for path, name in (
            ("units/", "dir-2024-unidades.csv"),
            ("functions/", "dir-2024-funciones.csv"),
            ("units/8.2/functions/", "dir-2024-8.2-funciones.csv"),
            ("chapters/", "dir-2024-capitulos.csv"),
            ("notes/", "dir-2024-motivos.csv"),
        ):
            with self.subTest(path=path):
                response = self.client.get(f"{DRAFT}/{path}?format=csv")
                self.assertEqual(
                    response.headers["Content-Type"],
                    "text/csv; charset=utf-8; header=present",
                )
                self.assertEqual(
                    response.headers["Content-Disposition"],
                    f'attachment; filename="{name}"',
                )
        response = self.client.get(f"{API}/manuals/dir/editions/?format=csv")
        self.assertIn('"dir-ediciones.csv"', response.headers["Content-Disposition"])

    def test_cells_say_what_json_says(self):
        for path, names in (
            ("units/", "code name kind parent_code key url html_url"),
            ("functions/", "unit_code number label text key unit_key url html_url"),
            ("chapters/", "number title kind url html_url"),
        ):
            with self.subTest(path=path):
                listed = self.client.get(f"{DRAFT}/{path}").json()["results"]
                rows = {
                    row.get("key", row.get("number")): row
                    for row in self.table(f"{DRAFT}/{path}")
                }
                for one in listed:
                    row = rows[one.get("key", one.get("number"))]
                    for name in names.split():
                        said = "" if one[name] is None else str(one[name])
                        self.assertEqual(row[name], said)

    def test_items_are_rows_below_their_function(self):
        for path in ("functions/", "units/8.2/functions/"):
            with self.subTest(path=path):
                rows = [
                    row
                    for row in self.table(f"{DRAFT}/{path}")
                    if row["unit_code"] == "8.2"
                ]
                self.assertEqual(
                    [(row["number"], row["label"], row["depth"]) for row in rows],
                    [
                        ("1", "1", "1"),
                        ("2", "2", "1"),
                        ("2", "a", "2"),
                        ("2", "i", "3"),
                    ],
                )
                keys = {name: str(one.key) for name, one in self.functions.items()}
                self.assertEqual(
                    [row["parent_key"] for row in rows],
                    ["", "", keys["second"], keys["item"]],
                )
                self.assertEqual(rows[3]["key"], keys["deep"])
                self.assertEqual(rows[3]["unit_name"], "Coordinación 8.2")
                for row in rows:
                    one = self.client.get(row["url"]).json()
                    self.assertEqual(one["text"], row["text"])
                    self.assertEqual(one["html_url"], row["html_url"])

    def test_a_list_is_whole_unless_a_page_is_asked_for(self):
        for query, count in (
            ("", 26),
            ("?page=1", 20),
            ("?page=2", 6),
            ("?page_size=2", 2),
            ("?under=8.2", 3),
        ):
            with self.subTest(query=query):
                self.assertEqual(len(self.table(f"{DRAFT}/units/{query}")), count)

    def test_a_page_says_where_its_neighbours_are(self):
        response = self.client.get(f"{DRAFT}/units/?format=csv&page=2&page_size=10")
        link = response.headers["Link"]
        self.assertRegex(link, r'<http[^>]+\?[^>]*page=3[^>]*>; rel="next"')
        self.assertRegex(link, r'<http[^>]+\?[^>]*page=1[^>]*>; rel="prev"')
        following = self.client.get(link.partition(">")[0].removeprefix("<"))
        self.assertEqual(len(read(following)), 6)
        whole = self.client.get(f"{DRAFT}/units/?format=csv").headers["Link"]
        self.assertNotIn("next", whole)

    def test_lists_of_several_editions_name_each(self):
        (manual,) = self.table(f"{API}/manuals/")
        self.assertEqual((manual["slug"], manual["current_edition"]), ("dir", "2024"))
        (edition,) = self.table(f"{API}/manuals/dir/editions/")
        self.assertEqual(
            (edition["manual"], edition["edition"], edition["in_force"]),
            ("dir", "2024", "true"),
        )
        hits = self.table(f"{API}/search/?q=planear")
        self.assertEqual(
            [(hit["edition"], hit["unit_code"], hit["text"]) for hit in hits],
            [("2024", "8.2", "Planear los programas.")],
        )
        (direct,) = self.table(f"{API}/search/?q=8.2+f1")
        self.assertEqual((direct["kind"], direct["unit_code"]), ("direct", "8.2"))
        self.assertTrue(direct["html_url"].endswith("#f1"))

    def test_an_empty_list_has_its_header(self):
        response = self.client.get(f"{DRAFT}/notes/?format=csv")
        self.assertEqual(
            response.content.decode("utf-8-sig"),
            "manual,edition,unit_code,unit_name,text,minor,unit_key,url\r\n",
        )


class OfDraftsTests(DraftTestCase):
    def test_texts_come_back_as_they_were(self):
        for text in (
            '=HYPERLINK("http://x")',
            "+1",
            "-1, o menos",
            "@SUM(A1)",
            "'Comillas' al principio",
            "''=1",
            'Con "comillas", comas; y puntos',
        ):
            with self.subTest(text=text):
                made = create_function(
                    unit=self.units["8.3"],
                    parent=None,
                    text=text,
                    user=OPERATOR,
                    reason=REASON,
                )
                response = self.client.get(f"{DRAFT}/functions/?format=csv")
                (row,) = [one for one in read(response) if one["key"] == str(made.key)]
                self.assertNotIn(row["text"][0], "=+-@")
                self.assertEqual(row["text"].removeprefix("'"), text)

    def test_steps_are_a_table_for_who_may_read_them(self):
        address = f"{DRAFT}/transitions/?format=csv"
        response = self.client.get(address)
        self.assertEqual(
            response.content.decode("utf-8-sig").splitlines()[0],
            "manual,edition,step,at,person,comment",
        )
        self.assertProblem(client_of().get(address), 401, "not_authenticated")


def test_cells():
    assert [cell(value) for value in (None, True, False, 7, ["B", "C"], [], "x")] == [
        "",
        "true",
        "false",
        "7",
        "B; C",
        "",
        "x",
    ]
    for sign in ("=", "+", "-", "@", "\t", " =", "＝"):
        assert cell(f"{sign}1") == f"'{sign}1"
