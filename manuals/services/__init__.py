"""Writes of manuals, editions and chapters, and the life cycle.

Every service: permission, state, full_clean, one transaction, reason, log line.
"""

from manuals.services.content import (
    CHAPTER_DATA,
    EDITION_DATA,
    change_chapter,
    change_edition,
    change_manual,
    create_chapter,
    create_edition,
    create_manual,
    delete_chapter,
    discard_edition,
    move_functions_chapter,
)
from manuals.services.glossary import (
    TERM_DATA,
    Proposal,
    TermGone,
    TermTaken,
    accept_terms,
    add_term,
    change_term,
    propose_terms,
    reject_terms,
    remove_term,
)
from manuals.services.lifecycle import (
    authorise_edition,
    edition_closed_by,
    record_authorised_edition,
    send_back_edition,
    submit_edition,
    withdraw_edition,
)
from manuals.services.locks import (
    demand_draft,
    demand_reason,
    demand_status,
    lock_draft,
    lock_edition,
    lock_with_manual,
)

__all__ = [
    "CHAPTER_DATA",
    "EDITION_DATA",
    "TERM_DATA",
    "Proposal",
    "TermGone",
    "TermTaken",
    "accept_terms",
    "add_term",
    "authorise_edition",
    "change_chapter",
    "change_edition",
    "change_manual",
    "change_term",
    "create_chapter",
    "create_edition",
    "create_manual",
    "delete_chapter",
    "demand_draft",
    "demand_reason",
    "demand_status",
    "discard_edition",
    "edition_closed_by",
    "lock_draft",
    "lock_edition",
    "lock_with_manual",
    "move_functions_chapter",
    "propose_terms",
    "record_authorised_edition",
    "reject_terms",
    "remove_term",
    "send_back_edition",
    "submit_edition",
    "withdraw_edition",
]
