"""The full-text index of the passages on each engine, and the questions put to it.

SQLite: an FTS5 table over the stems, kept by triggers, so that no road to the table of
passages passes it by. PostgreSQL: a generated ``tsvector`` with a GIN index. Both are
made after a migration, if missing, as the guards are. Stems are plain small letters and
figures, so that both engines cut and compare them alike.

A question is a tree: a stem, or ``("and", ...)``, ``("or", ...)`` of questions, or
``("phrase", stem, ...)``; ``but`` lists questions of which none may hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

_SQLITE = (
    "CREATE VIRTUAL TABLE functions_passage_text USING fts5"
    "(stems, content='functions_passage', content_rowid='id', tokenize='ascii')"
)
_REBUILD = (
    "INSERT INTO functions_passage_text(functions_passage_text) VALUES ('rebuild')"
)
_CHECK = (
    "INSERT INTO functions_passage_text(functions_passage_text, rank)"
    " VALUES ('integrity-check', 1)"
)
_ADD = "INSERT INTO functions_passage_text(rowid, stems) VALUES (new.id, new.stems);"
_REMOVE = (
    "INSERT INTO functions_passage_text(functions_passage_text, rowid, stems)"
    " VALUES ('delete', old.id, old.stems);"
)
_TRIGGERS = {
    "functions_passage_text_added": (
        "CREATE TRIGGER functions_passage_text_added"
        " AFTER INSERT ON functions_passage BEGIN " + _ADD + " END"
    ),
    "functions_passage_text_removed": (
        "CREATE TRIGGER functions_passage_text_removed"
        " AFTER DELETE ON functions_passage BEGIN " + _REMOVE + " END"
    ),
    "functions_passage_text_changed": (
        "CREATE TRIGGER functions_passage_text_changed"
        " AFTER UPDATE OF stems ON functions_passage BEGIN " + _REMOVE + _ADD + " END"
    ),
}
_POSTGRESQL = (
    "ALTER TABLE functions_passage ADD COLUMN IF NOT EXISTS vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED",
    "CREATE INDEX IF NOT EXISTS functions_passage_vector"
    " ON functions_passage USING gin (vector)",
)

Question = str | tuple


def ensure(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Make what the database lacks of the index; says whether anything was missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if "functions_passage" not in tables:
            return False
        if connection.vendor == "postgresql":
            if _has_vector(cursor):
                return False
            for statement in _POSTGRESQL:
                cursor.execute(statement)
            return True
        missing = _missing_triggers(cursor)
        if "functions_passage_text" not in tables:
            cursor.execute(_SQLITE)
        elif not missing:
            return False
        for name in missing:
            cursor.execute(_TRIGGERS[name])
        cursor.execute(_REBUILD)
        return True


def removal(vendor: str) -> list[str]:
    """What takes the full-text index away again."""
    if vendor == "postgresql":
        return ["ALTER TABLE functions_passage DROP COLUMN IF EXISTS vector"]
    return [
        *(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS),
        "DROP TABLE IF EXISTS functions_passage_text",
    ]


def rebuild(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the full-text index anew from the passages."""
    if ensure(using):
        return
    connection = connections[using]
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "REINDEX INDEX functions_passage_vector" if postgresql else _REBUILD
        )


def is_sound(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the full-text index is there and agrees with the passages."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _has_vector(cursor)
        tables = connection.introspection.table_names(cursor)
        if "functions_passage_text" not in tables or _missing_triggers(cursor):
            return False
        try:
            cursor.execute(_CHECK)
        except DatabaseError:
            return False
        return True


def where(vendor: str, *, of_one_edition: bool = False) -> str:
    """The condition on ``passage.id``; its parameter is a compiled question.

    ``of_one_edition``: and twice the edition, whose passages lie in a stretch that
    FTS5 need not look beyond. PostgreSQL finds such a way by itself.
    """
    if vendor == "postgresql":
        return "passage.vector @@ %s::tsquery"
    matching = (
        "SELECT rowid FROM functions_passage_text WHERE functions_passage_text MATCH %s"
    )
    if of_one_edition:
        matching += (
            " AND rowid BETWEEN"
            " (SELECT MIN(passage_id) FROM functions_entry WHERE edition_id = %s)"
            " AND (SELECT MAX(passage_id) FROM functions_entry WHERE edition_id = %s)"
        )
    return f"passage.id IN ({matching})"


def compile_question(
    vendor: str, question: Question, but: Sequence[Question] = ()
) -> str:
    """The question as the engine writes it; stems hold nothing that needs escaping."""
    if vendor == "postgresql":
        text = _tsquery(question)
        return " & ".join([text, *(f"!{_tsquery(one)}" for one in but)])
    text = _match(question)
    for one in but:
        text = f"({text} NOT {_match(one)})"
    return text


def _match(question: Question) -> str:
    if isinstance(question, str):
        return f'"{question}"'
    kind, *parts = question
    if kind == "phrase":
        return f'"{" ".join(parts)}"'
    return f"({f' {kind.upper()} '.join(map(_match, parts))})"


def _tsquery(question: Question) -> str:
    if isinstance(question, str):
        return f"'{question}'"
    kind, *parts = question
    sign = {"phrase": " <-> ", "and": " & ", "or": " | "}[kind]
    return f"({sign.join(map(_tsquery, parts))})"


def _has_vector(cursor) -> bool:
    cursor.execute(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attname = 'vector' AND NOT attisdropped"
        " AND EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass(%s))",
        ["functions_passage", "functions_passage_vector"],
    )
    return bool(cursor.fetchone()[0])


def _missing_triggers(cursor) -> list[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    present = {name for (name,) in cursor.fetchall()}
    return [name for name in _TRIGGERS if name not in present]
