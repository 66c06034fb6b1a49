"""Errors of the domain: each has a machine code, an HTTP status and a sentence."""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """The base of every refusal; ``str()`` of it is fit to show to a person.

    ``about`` are the things that stand in the way, such as editions or units.
    """

    code = "refused"
    status = 409
    default_message = _("La operación no es posible.")

    def __init__(self, message=None, *, about=()):
        self.message = message or self.default_message
        self.about = tuple(about)
        super().__init__(self.message)

    def __str__(self):
        return str(self.message)


class NotAllowed(DomainError):
    """The person has no role, or no branch, that permits the operation."""

    code = "permission_denied"
    status = 403
    default_message = _("No tiene permiso para realizar esta operación.")


class SecondPersonRequired(NotAllowed):
    """Whoever submitted an edition was about to authorise it too."""

    code = "second_person_required"
    default_message = _(
        "Usted envió esta edición a revisión: la autoriza otra persona."
    )


class ScopeMissing(NotAllowed):
    """The person may, but came with a token made for less; ``scope`` is what it lacks.

    The scopes are those of manuals/scopes.py.
    """

    code = "scope_missing"
    messages = {
        "read_drafts": _(
            "El token no permite leer borradores: hace falta uno con el alcance "
            "read_drafts."
        ),
        "write": _("El token solo permite leer: hace falta uno con el alcance write."),
        "manual": _("El token está limitado a un manual y esto queda fuera de él."),
        "branch": _("El token está limitado a una rama y esto queda fuera de ella."),
    }

    def __init__(self, scope: str):
        self.scope = scope
        super().__init__(self.messages[scope])


class EditionClosed(DomainError):
    """Content was to be changed in an edition that is not a draft."""

    code = "edition_closed"
    default_message = _("La edición no es un borrador: su contenido no puede cambiar.")


class ChapterGone(DomainError):
    """The chapter was deleted meanwhile."""

    code = "chapter_gone"
    default_message = _("El capítulo ya no existe en esta edición.")


class InvalidTransition(DomainError):
    """The life cycle does not lead from the edition's state to the one asked for."""

    code = "invalid_transition"
    default_message = _("El estado de la edición no permite este paso.")


class EditionsOverlap(DomainError):
    """Two editions of one manual would be in force on the same day."""

    code = "editions_overlap"
    default_message = _("Habría dos ediciones vigentes el mismo día.")


class ReasonRequired(DomainError):
    """A change was asked for without saying why."""

    code = "reason_required"
    status = 400
    default_message = _("Indique el motivo del cambio.")


class Stale(DomainError):
    """Somebody saved meanwhile: what the person saw is no longer what is stored."""

    code = "stale"
    status = 412
    default_message = _(
        "Otra persona guardó cambios mientras tanto. Revise la versión actual."
    )
