"""Trying every operation of a batch, so that all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError

from functions.models import Function
from manual_org.api import conditions
from manual_org.api.blocking import blockers_of
from manual_org.api.errors import (
    REFUSALS,
    PreconditionRequired,
    Problem,
    Refused,
    problem_of,
)
from manual_org.api.rendering import to_bytes
from manual_org.api.v1.batch.actions import ACTIONS, Action
from manual_org.api.v1.batch.bodies import shape_of, unknown_operation
from manual_org.api.v1.batch.state import State, Thing
from manuals.exceptions import Stale
from manuals.models import Edition
from units.models import Unit
from units.permissions import demand_unit, editable_units

FAILED_DEPENDENCY = 424
_REFERENCES = ("unit", "function", "parent")


class Operation:
    """One operation as it was read; ``fields`` are those of its action."""

    def __init__(self, index: int, given: Any):
        self.pointer = f"#/operations/{index}"
        self.errors: list[dict] = []
        self.fields: dict = {}
        self.thing: Thing | None = None
        is_object = isinstance(given, dict)
        self.name = given.get("op") if is_object else None
        self.ref = given.get("ref") if is_object else None
        shape = shape_of(self.name)
        try:
            if is_object and shape is None:
                raise ValidationError({"op": unknown_operation()})
            # Whatever is no object is refused by any of the shapes.
            reader = (shape or shape_of("delete_unit"))(data=given)
            reader.is_valid(raise_exception=True)
        except ValidationError as error:
            self.add(problem_of(error, {}))
            return
        self.fields = dict(reader.validated_data)
        self.fields.pop("op")
        self.ref = self.fields.pop("ref", None)
        self.if_match = self.fields.pop("if_match", "").strip()
        self.target = self.fields.pop(self.action.target, None)
        if self.target and "ref" not in self.target and not self.if_match:
            self.add(problem_of(PreconditionRequired(), {}))

    @property
    def action(self) -> Action:
        return ACTIONS[self.name]

    @property
    def aims_at_function(self) -> bool:
        return self.action.target == "function"

    def references(self) -> Iterator[tuple[str, dict]]:
        """Each reference with where it stands."""
        if self.target:
            yield self.action.target, self.target
        for name in _REFERENCES:
            if self.fields.get(name) and name != self.action.target:
                yield name, self.fields[name]
        for number, reference in enumerate(self.fields.get("children", ())):
            yield f"children/{number}", reference

    def add(self, problem: Problem, blockers=()) -> None:
        """Note what is wrong, each error with the status that it has alone."""
        errors = problem.errors or blockers or [{}]
        for error in errors:
            pointer = error.get("pointer", "#").removeprefix("#")
            if problem.code in ("stale", "precondition_required"):
                pointer = "/if_match"
            if problem.scope:
                error = {**error, "scope": problem.scope}
            self.errors.append(
                {
                    "code": problem.code,
                    "detail": problem.detail,
                    **error,
                    "pointer": self.pointer + pointer,
                    "status": problem.status,
                }
            )


class Batch:
    """Operations of one draft; their bodies are read before its lock is taken."""

    def __init__(self, operations: list, *, view, user, reason: str):
        self._view, self._user = view, user
        self.said = {"user": user, "reason": reason}
        self._operations = [
            Operation(index, given) for index, given in enumerate(operations)
        ]
        self._made: dict[str, Operation] = {}
        self._resolve_refs()

    def run(self, edition: Edition) -> list[dict]:
        """Carry out all operations; returns what each left.

        The caller holds the lock, the transaction and an open recording, all of which
        Refused, with every error, must undo.
        """
        self.edition = edition
        self._before = State(edition, self._view.links, self._function_keys())
        self._demand_seen()
        for one in self._operations:
            if not one.errors and not self._waits_in_vain(one):
                self._try(one)
        self._demand_all_done()
        return self._results()

    def unit(self, reference: dict, field: str) -> Unit:
        """The unit as it stands now; ValidationError of the field without one."""
        pk = self._made_pk(reference) or self._unit_before(reference)
        unit = (
            Unit.objects.for_edition(self.edition)
            .select_related("kind", "parent")
            .filter(pk=pk)
            .first()
        )
        if unit is None:
            message = _("La edición no tiene esta unidad.")
            raise _of_field(field, message, "unknown_unit")
        unit.edition = self.edition
        return unit

    def function(self, reference: dict, field: str) -> Function:
        """The function as it stands now; ValidationError of the field without one."""
        lookup = {"key": reference.get("key")}
        if "ref" in reference:
            lookup = {"pk": self._made_pk(reference)}
        function = (
            Function.objects.for_edition(self.edition)
            .select_related("unit", "parent")
            .filter(**lookup)
            .first()
        )
        if function is None:
            message = _("La edición no tiene esta función.")
            raise _of_field(field, message, "unknown_function")
        function.edition = function.unit.edition = self.edition
        return function

    def place(self, fields: dict) -> tuple[Unit | None, Function | None]:
        """The unit and the parent that an operation names, taken out of its fields."""
        unit, parent = fields.pop("unit", None), fields.pop("parent", None)
        if unit is not None:
            unit = self.unit(unit, "unit")
        if parent is None:
            return unit, None
        parent = self.function(parent, "parent")
        if unit is not None and parent.unit_id != unit.pk:
            message = _("No hay una función con este identificador en la unidad.")
            raise _of_field("parent", message, "unknown_function")
        return parent.unit, parent

    def _resolve_refs(self) -> None:
        """Refuse names given twice, and those that no operation before gives."""
        for one in self._operations:
            if not one.errors:
                for where, reference in one.references():
                    self._demand_known_ref(one, where, reference)
            if not isinstance(one.ref, str):
                continue
            if one.ref in self._made and not one.errors:
                message = _("Otra operación ya lleva este nombre.")
                one.add(problem_of(_of_field("ref", message, "repeated_ref"), {}))
            self._made.setdefault(one.ref, one)

    def _demand_known_ref(self, one: Operation, where: str, reference: dict) -> None:
        if "ref" not in reference:
            return
        maker = self._made.get(reference["ref"])
        is_function = where == "function" or (
            where == "parent" and one.name in ("create_function", "move_function")
        )
        makes = "create_function" if is_function else "create_unit"
        # One whose name is wrong may have meant to make it.
        if maker is None or shape_of(maker.name) and maker.name != makes:
            message = _("Ninguna operación anterior crea lo que lleva este nombre.")
            one.add(problem_of(_of_field(f"{where}/ref", message, "unknown_ref"), {}))

    def _function_keys(self) -> set[UUID]:
        return {
            one.target["key"]
            for one in self._operations
            if not one.errors and one.aims_at_function and "key" in one.target
        }

    def _unit_before(self, reference: dict) -> int | None:
        if "code" in reference:
            return self._before.ids_by_code.get(reference["code"])
        return self._before.ids_by_key.get(reference.get("key"))

    def _demand_seen(self) -> None:
        """Note targets that are not there, not the person's to edit, or stale."""
        targets = {}
        for one in self._operations:
            if not one.errors and one.target and "ref" not in one.target:
                try:
                    targets[one] = self._target_before(one)
                except NotFound as error:
                    one.add(problem_of(error, {}))
        editable = set(
            editable_units(self._user, self.edition).values_list("pk", flat=True)
        )
        versions = [thing for one, thing in targets.items() if one.if_match != "*"]
        self._before.read_functions(versions)
        for one, thing in targets.items():
            try:
                self._demand_editable(thing, editable)
                if one.if_match != "*" and not conditions.is_current(
                    one.if_match, self._before.representation(thing)
                ):
                    raise Stale
            except REFUSALS as error:
                self._note(one, error)

    def _target_before(self, one: Operation) -> Thing:
        aspect = one.action.aspect
        if aspect == "function":
            key = one.target["key"]
            if key not in self._before.functions:
                raise NotFound(_("La edición no tiene esta función."))
            return Thing(aspect, key, self._before.functions[key][0])
        pk = self._unit_before(one.target)
        if pk is None:
            raise NotFound(_("La edición no tiene esta unidad."))
        return Thing(aspect, self._before.key_of(pk), pk)

    def _demand_editable(self, thing: Thing, editable: set[int]) -> None:
        pk = thing.pk
        if thing.aspect == "function":
            pk = self._before.functions[thing.key][1]
        if pk not in editable:  # which says why
            unit = Unit.objects.get(pk=pk)
            unit.edition = self.edition
            demand_unit(self._user, unit)

    def _waits_in_vain(self, one: Operation) -> bool:
        """Whether it needs what an operation that failed was to make; says so."""
        for where, reference in one.references():
            maker = self._made.get(reference.get("ref"))
            if maker is not None and maker.errors:
                message = _("No se pudo realizar la operación «%(ref)s».")
                problem = Problem(
                    FAILED_DEPENDENCY,
                    "depends_on_failed",
                    message % {"ref": reference["ref"]},
                )
                problem.errors = [{"pointer": f"#/{where}"}]
                one.add(problem)
        return bool(one.errors)

    def _try(self, one: Operation) -> None:
        try:
            with transaction.atomic():
                target = self._target_now(one)
                one.thing = one.action.run(self, target, **one.fields)
        except REFUSALS as error:
            self._note(one, error)

    def _target_now(self, one: Operation):
        """What an operation before may have deleted."""
        if not one.target:
            return None
        find = self.function if one.aims_at_function else self.unit
        try:
            return find(one.target, one.action.target)
        except ValidationError as error:
            ((message,),) = error.detail.values()
            raise NotFound(str(message)) from None

    def _made_pk(self, reference: dict) -> int | None:
        maker = self._made.get(reference.get("ref"))
        return maker.thing.pk if maker is not None else None

    def _note(self, one: Operation, error: Exception) -> None:
        request = self._view.request._request
        one.add(problem_of(error, {}), blockers_of(error, request, self.edition))

    def _demand_all_done(self) -> None:
        failed = [one for one in self._operations if one.errors]
        if not failed:
            return
        statuses = {error["status"] for one in failed for error in one.errors}
        statuses.discard(FAILED_DEPENDENCY)
        detail = ngettext(
            "No se escribió nada: %(count)d operación no es posible.",
            "No se escribió nada: %(count)d operaciones no son posibles.",
            len(failed),
        )
        raise Refused(
            Problem(
                statuses.pop() if len(statuses) == 1 else 409,
                "batch_failed",
                detail % {"count": len(failed)},
                [error for one in failed for error in one.errors],
            )
        )

    def _results(self) -> list[dict]:
        things = [one.thing for one in self._operations]
        keys = {thing.key for thing in things if thing.aspect == "function"}
        after = State(self.edition, self._view.links, keys)
        after.read_functions(things)
        return [_result(one, after) for one in self._operations]


def _of_field(field: str, message: str, code: str) -> ValidationError:
    detail: dict = {}
    inner = detail
    *path, last = field.split("/")
    for name in path:
        inner = inner.setdefault(name, {})
    inner[last] = [ErrorDetail(message, code=code)]
    return ValidationError(detail)


def _result(one: Operation, after: State) -> dict:
    left = after.representation(one.thing)
    return {
        "op": one.name,
        "ref": one.ref,
        "key": str(one.thing.key),
        "code": after.code_of(one.thing),
        "url": left and left["url"],
        "etag": left and conditions.etag_of(to_bytes(left)),
    }
