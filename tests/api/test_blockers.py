"""A conflict names what stands in the way, for programs too."""

from manuals.services import submit_edition
from tests.api.support import DRAFT, EDITION, StepTestCase, client_of
from tests.factories import REASON, authorise, make_edition
from units.models import Unit
from units.services import change_unit

SITE = "http://testserver"


class BlockerTests(StepTestCase):
    def setUp(self):
        self.client = client_of(self.editor)

    def refused(self, response, code: str) -> list[dict]:
        return self.assertProblem(response, 409, code)["errors"]

    def change(self, method: str, address: str, body=None):
        body = {**(body or {}), "reason": REASON}
        return getattr(self.client, method)(address, body, headers={"if-match": "*"})

    def named(self, code: str) -> dict:
        return {
            "key": str(self.units[code].key),
            "code": code,
            "url": f"{SITE}{DRAFT}/units/{code}/",
        }

    def test_errors_that_the_checks_find(self):
        errors = self.refused(self.take("submit", self.editor), "errors_found")
        self.assertEqual(
            [one["unit"] for one in errors if one["code"] == "error_found"],
            [self.named(code) for code in ("8.1", "8.2.1", "8.2.2")],
        )
        self.assertEqual({one["rule"] for one in errors}, {errors[0]["rule"]})

    def test_units_without_a_note(self):
        authorise(self.edition)
        draft = self.take("duplicate", self.editor, {"label": "2026"})
        self.assertEqual(draft.status_code, 201)
        copy = DRAFT.replace("2024", "2026")
        unit = Unit.objects.get(edition__label="2026", code="8.3")
        change_unit(unit=unit, user=self.editor, reason=REASON, name="Otra")
        gone = self.client.delete(
            f"{copy}/units/8.2.2/?reason=x", headers={"if-match": "*"}
        )
        self.assertEqual(gone.status_code, 204)
        errors = self.refused(
            self.take("submit", self.editor, at=copy), "notes_missing"
        )
        self.assertEqual(
            [(one["code"], one["unit"]["code"], one["unit"]["url"]) for one in errors],
            [
                ("note_missing", "8.2.2", None),
                ("note_missing", "8.3", f"{SITE}{copy}/units/8.3/"),
            ],
        )

    def test_an_edition_in_force_on_the_same_days(self):
        authorise(make_edition("2021"))
        submit_edition(edition=self.edition, user=self.editor)
        (error,) = self.refused(
            self.take("authorise", self.authoriser, {"effective_from": "2020-01-01"}),
            "editions_overlap",
        )
        self.assertEqual(
            error["edition"],
            {
                "manual": "dir",
                "label": "2021",
                "status": "authorised",
                "url": f"{SITE}{EDITION}/",
            },
        )

    def test_a_draft_that_starts_from_it(self):
        self.assertEqual(
            self.take("duplicate", self.editor, {"label": "2026"}).status_code, 201
        )
        (error,) = self.refused(
            self.client.delete(f"{DRAFT}/?reason=x", headers={"if-match": "*"}),
            "blocked",
        )
        self.assertEqual(error["edition"]["label"], "2026")

    def test_the_structure(self):
        for code, parent in (("8.2", "8.2.1"), ("8.1", "8.3")):
            response = self.change(
                "post", f"{DRAFT}/units/{code}/move/", {"parent_code": parent}
            )
            (error,) = self.refused(response, "tree_conflict")
            named = "8.1" if code == "8.1" else parent
            self.assertEqual(error["unit"], self.named(named))

    def test_a_second_root(self):
        body = {"name": "x", "kind": "División", "parent_code": None}
        (error,) = self.refused(
            self.change("post", f"{DRAFT}/units/", body), "tree_conflict"
        )
        self.assertEqual(error["unit"], self.named("8.1"))
