"""What the rules find in an edition, for people with a role; and the rules."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from manual_org.api.errors import InvalidQuery
from manual_org.api.formats.csvtable import Table
from manual_org.api.pagination import PageQuery, page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import check_shapes as shapes
from manual_org.api.v1 import filters
from manual_org.api.v1.representations import Links, stamp
from manual_org.api.v1.views.progress import InsiderView
from manual_org.api.views import View
from manuals.brief import whole_editions
from review.checks.editions import catalogues_of, findings_of
from review.checks.findings import Finding, Place
from review.checks.jsonformat import finding_to_dict
from review.checks.registry import all_rules
from review.checks.summary import summary, waived
from review.waivers import fingerprints_waived
from units.outline import outline_of

FINDINGS = Table(
    "hallazgos",
    "rule rule_title severity waived unit_code function_number item_label"
    " chapter_number block_number excerpt message fix fingerprint html_url",
    example={"rule": "doubled_word", "severity": "warning", "unit_code": "8.4.3"},
)
RULES = Table(
    "reglas",
    "rule severity title explanation",
    of_edition=False,
    example={"rule": "doubled_word", "severity": "warning"},
)


class CheckQuery(filters.EditionPageQuery):
    rule = serializers.CharField(
        required=False, max_length=40, help_text="Only what this rule finds, by its id."
    )
    severity = serializers.ChoiceField(
        choices=shapes.SEVERITIES, required=False, help_text="Only of this severity."
    )
    waived = serializers.BooleanField(
        required=False,
        help_text="Only those that somebody waived, or that nobody did; all unless "
        "given.",
    )
    unit = filters.unit_code("Only in the unit with this code.")
    under = filters.unit_code("Only in the unit with this code and all below it.")


class CheckListView(InsiderView):
    operations = {"GET": "checks_list"}
    parameters = {"GET": CheckQuery}
    formats = (JSON, FINDINGS)
    read_editions = staticmethod(whole_editions)

    @extend_schema(responses=shapes.FindingPage)
    def get(self, request, **address):
        """What the rules find in the text and structure of an edition.

        As the command `check_manual` says it. Nothing here is changed or waived.
        """
        edition = self.find_edition(**address)
        if "rule" in self.query and self.query["rule"] not in all_rules():
            raise InvalidQuery.of(
                "rule", _("No hay una regla con este nombre."), "unknown_rule"
            )
        units = self._units(edition)
        findings = waived(
            findings_of(edition, catalogues_of(edition.manual)),
            fingerprints_waived(edition.manual),
        )
        chosen = [one for one in findings if self._is_asked_for(one, units)]
        page = page_of(self.query, len(chosen))
        links = self.links
        return Response(
            page.envelope(
                request,
                [represented(one, links) for one in chosen[page.slice]],
                edition=stamp(edition),
                summary={
                    "severities": summary(findings),
                    "rules": _counts_by_rule(findings),
                },
            )
        )

    def _units(self, edition) -> set[str] | None:
        """The codes that ``unit`` and ``under`` leave; None for all, chapters too."""
        codes = None
        for name in ("unit", "under"):
            if name not in self.query:
                continue
            unit = outline_of(edition).by_code.get(self.query[name])
            if unit is None:
                raise InvalidQuery.of(
                    name,
                    _("La edición no tiene una unidad con este código."),
                    "unknown_unit",
                )
            branch = unit.branch() if name == "under" else [unit]
            named = {one.code for one in branch}
            codes = named if codes is None else codes & named
        return codes

    def _is_asked_for(self, finding: Finding, units: set[str] | None) -> bool:
        query = self.query
        return (
            query.get("rule", finding.rule) == finding.rule
            and query.get("severity", finding.severity) == finding.severity
            and query.get("waived", finding.waived) == finding.waived
            and (units is None or finding.place.unit_code in units)
        )


class RuleListView(View):
    operations = {"GET": "checks_rules"}
    parameters = {"GET": PageQuery}
    formats = (JSON, RULES)

    @extend_schema(responses=shapes.CheckRulePage)
    def get(self, request):
        """The rules by which every edition is checked."""
        rules = list(all_rules().values())
        page = page_of(self.query, len(rules))
        results = [
            {
                "rule": rule.id,
                "severity": rule.severity.value,
                "title": rule.title,
                "explanation": rule.explanation,
            }
            for rule in rules[page.slice]
        ]
        return Response(page.envelope(request, results))


def represented(finding: Finding, links: Links) -> dict:
    rule = all_rules()[finding.rule]
    url, page = _addresses(finding.place, links)
    return {
        **finding_to_dict(finding),
        "rule_title": rule.title,
        "rule_explanation": rule.explanation,
        "url": url,
        "html_url": page,
    }


def _addresses(place: Place, links: Links) -> tuple[str, str]:
    """Of the function, unit, paragraph or chapter that a finding is about."""
    if place.chapter_number is not None:
        page = links.chapter_page(place.chapter_number)
        if place.block_number is not None:
            page += f"#p{place.block_number}"
        return links.chapter(place.chapter_number), page
    if place.unit_code is None:
        return links.edition, links.page
    page = links.unit_page(place.unit_code)
    if place.function_key is None:
        return links.unit(place.unit_code), page
    label = f"-{place.item_label}" if place.item_label else ""
    return (
        f"{links.functions}{place.function_key}/",
        f"{page}#f{place.function_number}{label}",
    )


def _counts_by_rule(findings: list[Finding]) -> list[dict]:
    counts = Counter((one.rule, one.waived) for one in findings)
    return [
        {
            "rule": name,
            "severity": rule.severity.value,
            "findings": counts[name, False],
            "waived": counts[name, True],
        }
        for name, rule in all_rules().items()
        if counts[name, False] or counts[name, True]
    ]
