from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

_PUBLISHED = ("authorised", "withdrawn")
_KINDS = {
    "authorised": "edition.authorised",
    "recorded": "edition.authorised",
    "closed": "edition.ended",
    "withdrawn": "edition.withdrawn",
}


_BEGUN = ("created", "duplicated", "imported")


def tell_editions(apps, schema_editor):
    """The feed of a database of before begins with its editions.

    In the order of their steps; an edition without the step that its state speaks of
    is told at the beginning of its first day. A draft is told as begun.
    """
    edition_model = apps.get_model("manuals", "Edition")
    change_model = apps.get_model("manuals", "Change")
    transition_model = apps.get_model("manuals", "Transition")
    alias = schema_editor.connection.alias
    editions = {
        edition.pk: edition
        for edition in edition_model.objects.using(alias).select_related(
            "manual", "base"
        )
    }
    published = {
        pk: edition for pk, edition in editions.items() if edition.status in _PUBLISHED
    }
    told = [
        (at, pk, edition_id, _KINDS[step])
        for pk, edition_id, step, at in transition_model.objects.using(alias)
        .filter(edition__in=published, step__in=_KINDS)
        .values_list("pk", "edition_id", "step", "at")
    ]
    known = {(edition_id, kind) for _at, _pk, edition_id, kind in told}
    for edition in published.values():
        days = {"edition.authorised": edition.effective_from}
        if edition.withdrawn_on:
            days["edition.withdrawn"] = edition.withdrawn_on
        told += [
            (timezone.make_aware(datetime.combine(day, time())), 0, edition.pk, kind)
            for kind, day in days.items()
            if (edition.pk, kind) not in known
        ]
    begun = dict(
        transition_model.objects.using(alias)
        .filter(edition__in=editions.keys() - published.keys(), step__in=_BEGUN)
        .order_by("-at", "-pk")
        .values_list("edition_id", "at")
    )
    told += [
        (begun.get(pk, timezone.now()), 0, pk, "edition.created")
        for pk in editions.keys() - published.keys()
    ]
    change_model.objects.using(alias).bulk_create(
        change_model(
            at=at,
            kind=kind,
            manual_id=editions[edition_id].manual_id,
            manual_slug=editions[edition_id].manual.slug,
            edition_id=edition_id,
            edition_label=editions[edition_id].label,
            details=_details(kind, editions[edition_id], published.values()),
            public=kind != "edition.created",
        )
        for at, _pk, edition_id, kind in sorted(told)
    )


def _details(kind, edition, published):
    if kind == "edition.created":
        return {"base": edition.base.label if edition.base else None}
    if kind == "edition.withdrawn":
        return {"withdrawn_on": edition.withdrawn_on.isoformat()}
    if kind == "edition.ended":
        return {"effective_to": edition.effective_to.isoformat()}
    base, first = edition.base, edition.effective_from
    previous = [
        (other.effective_from, other.label)
        for other in published
        if other.manual_id == edition.manual_id
        and other.effective_from < first
        and (
            other.effective_to == first - timedelta(days=1)
            or other.withdrawn_on == first
        )
    ]
    return {
        "base": base.label if base and base.status in _PUBLISHED else None,
        "previous": max(previous)[1] if previous else None,
        "effective_from": first.isoformat(),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("manuals", "0006_changes"),
    ]

    operations = [
        migrations.RunPython(tell_editions, migrations.RunPython.noop, elidable=True),
    ]
