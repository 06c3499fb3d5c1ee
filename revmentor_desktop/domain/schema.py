"""All tables of a file, in one place: importing this module has mapped every class."""

from __future__ import annotations

from revmentor_desktop.domain import (
    changes,
    decisions,
    ledger,
    organisation,
    pairs,
    presets,
    printed,
    programmes,
    questionnaires,
    session_logs,
    staff,
    topics,
)
from revmentor_desktop.domain.base import Base

SUBJECTS = (
    organisation,
    staff,
    topics,
    programmes,
    presets,
    decisions,
    pairs,
    session_logs,
    changes,
    questionnaires,
    printed,
    ledger,
)
METADATA = Base.metadata
