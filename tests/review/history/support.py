"""Drafts with a past, for the tests of histories."""

from manuals.permissions import OPERATOR
from review.history.saves import moments, saves
from tests.factories import make_user

WHO = {"user": OPERATOR, "reason": "Preparación"}


def by(user, reason="Cambio"):
    return {"user": user, "reason": reason}


def person(name="Ana Pérez", role="editor"):
    first, last = name.split()
    return make_user(role, username=first.lower(), first_name=first, last_name=last)


def told(scope, filters=None, number=50):
    """The saves of a scope, latest first."""
    return saves(scope, list(moments(scope, filters)[:number]))


def lines(save):
    """What a save changed, each as (kind, actions, code, label)."""
    return [
        (change.kind, " ".join(change.actions), change.code, change.label)
        for change in save.changes
    ]


def facts(change):
    """What differs by name, long texts as one string with their marks."""
    return {
        fact.name: "".join(f"{mark}{text}" for mark, text in fact.redline)
        or f"{fact.old} > {fact.new}"
        for fact in change.facts
    }
