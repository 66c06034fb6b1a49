"""The common functions of a real manual, counted."""

from bench.compare import KINDS
from exchange.importers.text import read_bytes
from review.common.grouping import (
    Member,
    Surroundings,
    similar_groups,
    verbatim_groups,
)


def test_the_groups_of_the_whole_manual(real_manual):
    path = real_manual("002")
    document = read_bytes(
        path.read_bytes(), source_name=path.name, kinds=KINDS
    ).document
    members = [
        Member(unit_order * 1000 + at, unit_order, (unit_order, at), function.text)
        for unit_order, unit in enumerate(document.units)
        for at, function in enumerate(unit.functions)
    ]
    verbatim, similar = verbatim_groups(members), similar_groups(members)
    assert (len(verbatim), sum(map(len, verbatim))) == (95, 279)
    assert (len(similar), sum(map(len, similar))) == (224, 671)
    homes = {member.id: at for at, group in enumerate(similar) for member in group}
    for group in verbatim:
        assert len({homes[member.id] for member in group}) == 1
    assert Surroundings(members).of(similar[0][-1].text) == similar[0]
