"""Steps of an edition that concern all of its content."""

from django.utils.translation import gettext_lazy

from exchange.admin.forms import DuplicateForm
from exchange.services import duplicate_edition
from manuals import permissions
from manuals.admin.steps import StepView


class DuplicateStep(StepView):
    """Copy an edition into a draft: how every change of an authorised one begins."""

    changes_content = False
    slug = "duplicar"
    form_class = DuplicateForm
    title = gettext_lazy("Duplicar como borrador")
    explanation = gettext_lazy(
        "El borrador empieza igual a esta edición, con sus capítulos, unidades y "
        "funciones, y se compara después con ella. Esta edición no cambia."
    )
    done = gettext_lazy("Se creó el borrador a partir de «%(object)s».")

    @classmethod
    def permitted(cls, model_admin, request, obj):
        return permissions.may_edit_everything(request.user, obj.manual)

    def perform(self, form):
        return duplicate_edition(
            edition=self.object,
            label=form.cleaned_data["label"],
            **self.authorship(form),
        )

    def remember(self, edition, reason):
        # What the draft is made for is the likeliest reason of its first changes.
        super().remember(self.object, reason)
