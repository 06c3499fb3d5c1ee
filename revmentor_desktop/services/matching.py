"""From the file to the matching engine and back: who can be paired, what is proposed, what is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.people import Person, Pool, Rules
from revmentor_desktop.domain.matching.propose import Proposal, check_pair, propose
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.pairs import OPEN_STATES, Pair, PairState
from revmentor_desktop.domain.programmes import Enrolment, EnrolmentState, Role, Tie, TieKind
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import Interest, InterestKind, Topic
from revmentor_desktop.i18n import _
from revmentor_desktop.services import pairs, programmes
