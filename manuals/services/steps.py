"""The record of an edition's steps: who took each, when, and what they said."""

from __future__ import annotations

from manuals.models import Edition, Transition


def log_step(edition: Edition, step: str, user, comment: str) -> None:
    Transition.objects.create(
        edition=edition,
        step=step,
        user=user if getattr(user, "pk", None) else None,
        comment=comment,
    )
