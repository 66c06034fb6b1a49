"""Many writes of a draft in one request."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.v1 import batch_shapes, representations
from manual_org.api.v1.base import DraftMixin, EditionView
from manual_org.api.v1.batch import bodies
from manual_org.api.v1.batch.engine import Batch
from manuals.history import recording


class BatchView(DraftMixin, EditionView):
    operations = {"POST": "editions_batch"}
    also_refused = frozenset({412, 428})

    @extend_schema(request=bodies.Batch, responses=batch_shapes.BatchResult)
    def post(self, request, **address):
        """Create, change, move, reorder and delete units and functions of a draft.

        All of it is written, as one change, or nothing. Each operation is what its
        single address takes, with a reference in place of each code or key: `key`,
        `code`, or the `ref` of what an operation before it makes. Keys, codes and the
        ETags of `if_match` are those before the first operation; positions count when
        an operation's turn comes.

        Where one is not possible the others are tried all the same, and `errors` says
        of each what is wrong, with the `status` that it would have alone;
        `depends_on_failed` are those that need what another one failed to make. The
        status of the whole is that of the operations where they share one, else 409.
        """
        self.find_draft(conditional=False, **address)
        fields = self.body(bodies.Batch)
        batch = Batch(
            fields["operations"],
            view=self,
            user=request.user,
            reason=fields["reason"],
        )
        with (
            self.writing() as edition,
            recording(user=request.user, reason=fields["reason"]),
        ):
            results = batch.run(edition)
        return Response(
            {"edition": representations.stamp(self.edition), "results": results}
        )
