"""Why a save is not undone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals.exceptions import DomainError


class CannotUndo(DomainError):
    """A save is none that an undo takes back; the message says why."""

    code = "cannot_undo"
    default_message = gettext_lazy("Este cambio no se puede deshacer.")


class AlreadyUndone(CannotUndo):
    """The save was undone before; ``at`` is the moment of the undo that holds."""

    code = "already_undone"

    def __init__(self, message, at):
        super().__init__(message)
        self.at = at


class StandsInTheWay(CannotUndo):
    """Somebody changed the same since; ``later`` are those saves, the latest first."""

    code = "stands_in_the_way"

    def __init__(self, later):
        self.later = later
        super().__init__(self._sentence(later))

    @staticmethod
    def _sentence(later):
        if not later:
            return _(
                "No se puede deshacer: lo que este cambio tocó cambió después de otro "
                "modo."
            )
        more = len(later) - 1
        text = _("No se puede deshacer por un cambio posterior: %(later)s") % {
            "later": later[0]
        }
        if more:
            text += " " + ngettext(
                "Hay %(number)d cambio posterior más.",
                "Hay %(number)d cambios posteriores más.",
                more,
            ) % {"number": more}
        return text + " " + _("Deshaga antes lo posterior.")
