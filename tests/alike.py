"""One small manual with a draft, an edition in review and an authorised one, all alike.

For tables of permissions: every kind of person, and every thing that a person may have
to do with, in each state of an edition.
"""

from __future__ import annotations

from contextlib import contextmanager

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase

from exchange.models import MatchDoubt
from exchange.services import duplicate_edition, export_edition
from functions.models import Function
from functions.services import change_function
from functions.synonyms import add_synonym
from manual_org.api.tokens import create_token
from manual_org.webhooks.services import create_endpoint, send_ping
from manuals.models import (
    BranchGrant,
    Chapter,
    GlossaryTerm,
    Manual,
    Source,
)
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, submit_edition
from review.catalogues import add_entry
from review.models import (
    ChangeNote,
    KnownAcronym,
    LevelVerb,
    ObsoleteName,
    Succession,
)
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_tree,
    make_user,
)
from units.models import Unit
from units.services import change_unit, delete_unit

WHO = {"user": OPERATOR, "reason": REASON}
PEOPLE = (
    "anonymous",
    "no role",
    "lector",
    "other branch",
    "own branch",
    "editor",
    "revisor",
    "autorizador",
    "superuser",
)
STATES = {"D": "draft", "R": "in review", "A": "authorised"}
OURS = (
    "manuals",
    "units",
    "functions",
    "exchange",
    "review",
    "auth",
    "api",
    "webhooks",
)
LOG = "django_admin_log"


@contextmanager
def undone():
    """What happens inside is rolled back: the next person finds it unchanged."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


class AlikeTestCase(TestCase):
    """Three editions alike: 8.1 > 8.2 (> 8.2.1 8.2.2) 8.3 (> 8.3.7).

    The branch editors have 8.2 and 8.3; what is tried is 8.2.1 and its functions. The
    authorised edition is the base of the others, which lack its 8.2.3.
    """

    @classmethod
    def setUpTestData(cls):
        cls.people = {
            "anonymous": None,
            "no role": make_user(is_staff=True),
            "other branch": make_user("editor"),
            "own branch": make_user("editor"),
        }
        for role in ("lector", "editor", "revisor", "autorizador", "superuser"):
            cls.people[role] = make_user(role)
        cls.editions, cls.objects = {}, {}
        base = cls.fill_base()
        for letter, label in (("D", "2024"), ("R", "2025")):
            copy = duplicate_edition(edition=base, label=label, **WHO)
            cls.editions[letter] = copy
            gone = cls.unit(letter, "8.2.3")
            delete_unit(unit=gone, **WHO)
            ChangeNote.objects.create(edition=copy, unit_key=gone.key, text="Reforma.")
            cls.fill(copy, letter)
        submit_edition(edition=cls.editions["R"], user=OPERATOR)
        for person, code in (("other branch", "8.3"), ("own branch", "8.2")):
            grant = BranchGrant.objects.create(
                user=cls.people[person],
                manual=base.manual,
                unit_key=cls.unit("D", code).key,
            )
        cls.fill_register(grant)

    @classmethod
    def fill_base(cls):
        base = make_edition("2021")
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.2.3 8.3 8.3.1", base)
        # As a source printed it: there is something to number anew.
        Unit.objects.filter(pk=units["8.3.1"].pk).update(code="8.3.7")
        make_function(units["8.2.1"], "Planear.")
        make_function(units["8.2.1"], "Evaluar.")
        create_chapter(edition=base, number=1, title="Introducción", **WHO)
        cls.fill(base, "A")
        return authorise(base)

    @classmethod
    def fill(cls, edition, letter):
        """Everything that an edition may have, each with a version of before."""
        cls.editions[letter] = edition
        unit = cls.unit(letter, "8.2.1")
        first = unit.history.first()
        unit = change_unit(unit=unit, name=f"Coordinación {letter}", **WHO)
        function = Function.objects.get(unit=unit, parent=None, position=1)
        said = function.history.first()
        function = change_function(function=function, text=f"Planear {letter}.", **WHO)
        doubt = MatchDoubt.objects.create(
            edition=edition,
            what="unit",
            key=unit.key,
            base_key=unit.key,
            confidence=0.5,
            text=unit.name,
            base_text=unit.name,
        )
        keys = [[str(cls.unit(letter, code).key)] for code in ("8.3", "8.3.7")]
        rows = [
            (edition, None),
            (Chapter.objects.get(edition=edition, number=1), None),
            (unit, first),
            (function, said),
            (doubt, None),
            (
                ChangeNote.objects.create(
                    edition=edition, unit_key=unit.key, text="Reforma."
                ),
                None,
            ),
            (
                Succession.objects.create(
                    edition=edition, kind="split", from_keys=keys[0], to_keys=keys[1]
                ),
                None,
            ),
            (edition.transitions.create(step="created"), None),
            (
                Source.objects.get_or_create(
                    edition=edition, name="a.md", sha256="0" * 64
                )[0],
                None,
            ),
        ]
        for row, version in rows:
            cls.keep(row, version, letter)

    @classmethod
    def fill_register(cls, grant):
        """What belongs to no edition."""
        term = GlossaryTerm.objects.create(
            manual=grant.manual, term="PAE", meaning="Procedimiento", status="proposed"
        )
        synonym = add_synonym(
            manual=grant.manual,
            direction="equivalent",
            term="COFEMER",
            others=["CONAMER"],
            **WHO,
        )
        entries = [
            add_entry(entry=entry, **WHO)
            for entry in (
                ObsoleteName(name="Antigua"),
                LevelVerb(kind="Agencia", verb="archivar"),
                KnownAcronym(acronym="ABC", meaning="Abecé"),
            )
        ]
        user = make_user(username="quien-sea")
        for row in (
            Manual.objects.create(slug="otro", title="Otro manual"),
            make_kind("Gerencia"),
            term,
            synonym,
            *entries,
            grant,
            user,
            Group.objects.create(name="otro"),
        ):
            cls.keep(row, None, "")
        token, _key = create_token(user=user, name="Portal", by=OPERATOR)
        cls.keep(token, None, "")
        endpoint = create_endpoint(name="Portal", url="https://portal.example/", **WHO)
        cls.keep(endpoint, None, "")
        cls.keep(send_ping(endpoint=endpoint, user=OPERATOR), None, "")
        cls.source = export_edition(
            edition=cls.editions["D"], format="json", user=OPERATOR
        )

    @classmethod
    def keep(cls, row, version, letter):
        if version is None and hasattr(row, "history"):
            version = row.history.first()
        cls.objects[row._meta.model_name, letter] = (row, version)

    @classmethod
    def unit(cls, letter: str, code: str) -> Unit:
        return Unit.objects.select_related("edition__manual").get(
            edition=cls.editions[letter], code=code
        )

    def stored(self) -> dict[str, list]:
        """Every row of every table that a page may write, by table."""
        tables = [
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in OURS and model._meta.managed
        ]
        found = {}
        with connection.cursor() as cursor:
            for table in (*tables, LOG):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our names
                found[table] = sorted(map(_readable, cursor.fetchall()))
        return found


def _readable(row: tuple) -> str:
    # PostgreSQL's bytes come as memory views, each of them shown otherwise.
    return repr([bytes(one) if isinstance(one, memoryview) else one for one in row])
