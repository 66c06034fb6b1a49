"""The findings of an edition as the admin shows them: filtered, in order, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals.admin.forms import person_name
from manuals.models import Edition
from review.checks.editions import catalogues_of, findings_of
from review.checks.findings import Finding, Severity, excerpt_parts
from review.checks.registry import all_rules
from review.checks.summary import summary, waived
from review.checks.textformat import place_name
from review.checks.texts import with_block
from review.checks.words import fold
from review.models import Waiver
from review.waivers import Reach, fingerprints_waived
from units.outline import outline_of

SHORT = 16  # characters of a fingerprint in an address
CHAPTERS = "capitulos"  # a branch that no code names
SEVERITIES = {
    Severity.ERROR: gettext_lazy("error"),
    Severity.WARNING: gettext_lazy("advertencia"),
    Severity.ADVICE: gettext_lazy("sugerencia"),
}
_PLURALS = {
    Severity.ERROR: gettext_lazy("Errores"),
    Severity.WARNING: gettext_lazy("Advertencias"),
    Severity.ADVICE: gettext_lazy("Sugerencias"),
}
_ORDER = {severity: rank for rank, severity in enumerate(SEVERITIES)}
BY_RULE, BY_UNIT = "regla", "unidad"
PENDING, WAIVED, ALL = "", "si", "todas"


def counts_said(counts: dict[str, int]) -> list[str]:
    """«2 errores», «5 advertencias» ...; what there is none of is said too."""
    errors, warnings = counts["error"], counts["warning"]
    advice, waived_ones = counts["advice"], counts["waived"]
    return [
        ngettext("%(n)d error", "%(n)d errores", errors) % {"n": errors},
        ngettext("%(n)d advertencia", "%(n)d advertencias", warnings) % {"n": warnings},
        ngettext("%(n)d sugerencia", "%(n)d sugerencias", advice) % {"n": advice},
        _("%(n)d con dispensa") % {"n": waived_ones},
    ]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know it takes as not asked."""

    severity: str = ""
    rule: str = ""
    branch: str = ""
    waived: str = PENDING
    view: str = BY_RULE

    @classmethod
    def read(cls, query) -> Asked:
        severity, rule = query.get("severidad", ""), query.get("regla", "")
        waived_ones, view = query.get("dispensa", PENDING), query.get("vista", BY_RULE)
        return cls(
            severity=severity if severity in _ORDER else "",
            rule=rule if rule in all_rules() else "",
            branch=query.get("rama", ""),
            waived=waived_ones if waived_ones in (WAIVED, ALL) else PENDING,
            view=view if view == BY_UNIT else BY_RULE,
        )

    def query(self, **others) -> str:
        asked = {
            "severidad": self.severity,
            "regla": self.rule,
            "rama": self.branch,
            "dispensa": self.waived,
            "vista": self.view if self.view != BY_RULE else "",
            **others,
        }
        return urlencode({name: value for name, value in asked.items() if value})


class Found:
    """The findings of an edition with their waivers, and what a person may do."""

    def __init__(self, edition: Edition, user):
        self.edition, self.user = edition, user
        self.outline = outline_of(edition)
        self.all = waived(
            findings_of(edition, catalogues_of(edition.manual)),
            fingerprints_waived(edition.manual),
        )

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.user, self.edition)

    @cached_property
    def counts(self) -> dict[str, int]:
        return summary(self.all)

    def asked_for(self, asked: Asked) -> list[Finding]:
        """Those that the filters leave, in the order of the view."""
        found = [
            one
            for one in self.all
            if (not asked.severity or one.severity == asked.severity)
            and (not asked.rule or one.rule == asked.rule)
            and (asked.waived == ALL or one.waived == (asked.waived == WAIVED))
        ]
        top = self.outline.by_code.get(asked.branch)
        if asked.branch == CHAPTERS:
            found = [one for one in found if one.place.chapter_number is not None]
        elif top is not None:
            keys = {unit.key for unit in top.branch()}
            found = [one for one in found if one.place.unit_key in keys]
        if asked.view == BY_RULE:
            # A stable sort: within a rule the reading order remains.
            found.sort(key=lambda one: _rank(one.rule))
        return found

    def overview(self) -> list[dict]:
        """What each rule still finds in the whole edition, errors first."""
        numbers = Counter(one.rule for one in self.all if not one.waived)
        known = all_rules()
        return [
            {
                "rule": name,
                "title": known[name].title,
                "severity": _PLURALS[known[name].severity],
                "number": numbers[name],
            }
            for name in sorted({one.rule for one in self.all}, key=_rank)
        ]

    @cached_property
    def chapters(self) -> dict[int, tuple[int, str, str]]:
        """Number -> id, title and body."""
        rows = self.edition.chapters.values_list("number", "pk", "title", "body")
        return {number: tuple(rest) for number, *rest in rows}

    def named(self, names: list[str]) -> list[Finding]:
        """Those whose fingerprints begin so."""
        wanted = {name[:SHORT] for name in names}
        return [one for one in self.all if one.fingerprint[:SHORT] in wanted]

    def may_fix(self, finding: Finding) -> bool:
        """Whether the text of a function or chapter can be mended by this person."""
        return (
            self.edition.is_draft
            and finding.has_fix
            and not finding.waived
            and finding.place.field in ("text", "block")
            and self.reach.edits(finding)
            and (finding.place.field == "text" or self._fits(finding))
        )

    def _fits(self, finding: Finding) -> bool:
        number = finding.place.chapter_number
        _pk, _title, body = self.chapters.get(number, (0, "", ""))
        return with_block(body, finding.place.block_number, finding.fix) is not None

    def shown(self, findings: list[Finding]) -> list[Shown]:
        """These in words, their waivers read at once."""
        prints = [one.fingerprint for one in findings if one.waived]
        waivers = {
            waiver.fingerprint: waiver
            for waiver in Waiver.objects.filter(
                manual=self.edition.manual, fingerprint__in=prints
            ).select_related("person")
        }
        return [
            Shown(self, finding, waivers.get(finding.fingerprint))
            for finding in findings
        ]

    def groups(self, shown: list[Shown], asked: Asked, whole: list[Finding]) -> list:
        """(heading, details, rows) for a page; headings count what all pages have."""
        numbers: dict[str, int] = {}
        name = _unit_name if asked.view == BY_UNIT else _rule_name
        for finding in whole:
            numbers[name(finding)] = numbers.get(name(finding), 0) + 1
        found = []
        for said, rows in groupby(shown, key=lambda row: name(row.finding)):
            rows = list(rows)
            found.append({**self._head(rows[0], asked), "rows": rows})
            found[-1]["number"] = numbers[said]
        return found

    def _head(self, row: Shown, asked: Asked) -> dict:
        if asked.view == BY_UNIT:
            return {
                "title": self._part(row.finding),
                "url": row.url,
                "chapter": row.finding.place.chapter_number is not None,
            }
        rule = all_rules()[row.finding.rule]
        return {
            "title": rule.title,
            "severity": SEVERITIES[rule.severity],
            "level": str(rule.severity),
            "explanation": rule.explanation,
            "rule": rule.id,
            "fixable": any(
                one.rule == rule.id and self.may_fix(one) for one in self.all
            ),
        }

    def _part(self, finding: Finding) -> str:
        """The unit or chapter that a finding is in, as a heading."""
        number = finding.place.chapter_number
        unit = self.outline.by_key.get(finding.place.unit_key)
        if unit is not None and number is None:
            return f"{unit.code} {unit.name}"
        if number in self.chapters:
            return _("Capítulo %(number)d. %(title)s") % {
                "number": number,
                "title": self.chapters[number][1],
            }
        return _("La edición")


def _unit_name(finding: Finding) -> str:
    place = finding.place
    return str(place.unit_key if place.unit_code else place.chapter_number)


def _rank(name: str) -> tuple[int, str]:
    """Rules by severity, then by their titles."""
    rule = all_rules()[name]
    return _ORDER[rule.severity], fold(rule.title)


def _rule_name(finding: Finding) -> str:
    return finding.rule


class Shown:
    """One finding for the templates."""

    def __init__(self, found: Found, finding: Finding, waiver: Waiver | None):
        self._found, self.finding, self.waiver = found, finding, waiver
        self.value = finding.fingerprint[:SHORT]
        self.place = place_name(finding.place)
        self.message = finding.message
        self.level = str(finding.severity)
        self.severity = SEVERITIES[finding.severity]
        self.title = all_rules()[finding.rule].title
        self.may_waive = finding in found.reach
        self.can_fix = found.may_fix(finding)
        place, hit = finding.place, finding.hit
        self.before, self.marked, self.after = excerpt_parts(
            place.text, hit.start, hit.end
        )
        if self.can_fix:
            self.old = _visible(place.text[hit.start : hit.end])
            self.new = _visible(hit.replacement)
        self.related = [
            place_name(one)
            for one in sorted(hit.related, key=lambda other: other.order)
        ]
        if waiver is not None:
            self.waived_by = person_name(waiver.person)

    @property
    def url(self) -> str:
        """Where the unit or chapter is edited."""
        place = self.finding.place
        unit = self._found.outline.by_key.get(place.unit_key)
        if unit is not None and place.chapter_number is None:
            return reverse("admin:units_unit_change", args=[unit.id])
        if place.chapter_number in self._found.chapters:
            pk, *_rest = self._found.chapters[place.chapter_number]
            return reverse("admin:manuals_chapter_change", args=[pk])
        return ""

    @property
    def common_url(self) -> str:
        """Of a function that other units have too: where they are changed together."""
        place = self.finding.place
        if self.finding.rule != "near_copy" or place.function_key is None:
            return ""
        address = reverse("admin:manuals_edition_common", args=[self._found.edition.pk])
        return f"{address}?{urlencode({'funcion': place.function_key})}"


def _visible(text: str) -> str:
    """A change of blanks alone has to be seen."""
    return text.replace(" ", "␣") if not text.strip() else text
