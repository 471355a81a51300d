"""The rows of the workflow: where a document stands, its log, and who holds which role."""

from workflow.models.process import (
    Moves,
    Process,
    ProcessQuerySet,
    RoleGroup,
    TransitionLog,
    chain_hash,
    seal,
)

__all__ = ["Moves", "Process", "ProcessQuerySet", "RoleGroup", "TransitionLog", "chain_hash", "seal"]
