"""What was judged still stands, and each rule's docstring states its share."""

import re

import pytest

from review.checks import Severity, all_rules
from tests.review.checks import judging

RULES = sorted(all_rules())
STATED = re.compile(r"False\s+alarms\s+on\s+002:\s+(\d+)\s+of\s+(\d+)\s+judged\.")


@pytest.mark.parametrize("rule", RULES)
def test_the_findings_judged_are_still_there(rule, real_manual):
    findings = judging.findings_in(real_manual("002")).get(rule, [])
    record = judging.judged(rule)
    assert record["found"] == len(findings)
    assert [tuple(one[:4]) for one in record["judged"]] == [
        judging.key(one) for one in judging.sample(findings)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_the_docstring_states_the_share_of_false_alarms(rule):
    record = judging.judged(rule)
    wrong = sum(one[4] for one in record["judged"])
    said = all_rules()[rule].find.__doc__
    if record["judged"]:
        assert STATED.search(said).groups() == (str(wrong), str(len(record["judged"])))
    else:
        assert re.search(r"Finds\s+nothing\s+on\s+002\.", said)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_with_many_false_alarms_is_advice(rule):
    record = judging.judged(rule)
    wrong = sum(one[4] for one in record["judged"])
    if 10 * wrong > len(record["judged"]):
        assert all_rules()[rule].severity is Severity.ADVICE


def test_no_two_findings_have_one_fingerprint(real_manual):
    found = [
        finding.fingerprint
        for findings in judging.findings_in(real_manual("002")).values()
        for finding in findings
    ]
    assert len(set(found)) == len(found) > 500


def test_every_record_is_of_a_rule():
    assert sorted(path.stem for path in judging.FOLDER.glob("*.json")) == RULES
