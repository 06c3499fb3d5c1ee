"""The tables that version 2 of the file makes or makes anew, as they were when it shipped."""

from __future__ import annotations

TABLES = {
    "issued_documents": """
CREATE TABLE issued_documents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    programme_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    pair_id INTEGER,
    staff_id INTEGER,
    gathering_id INTEGER,
    CONSTRAINT ck_issued_documents_documentkind CHECK (kind IN ('invitation', 'interest form', 'manager note', 'mentor letter', 'mentee letter', 'timeline', 'agreement', 'first meeting', 'conversation cards', 'session log', 'sign in', 'midpoint review', 'you said', 'certificate'))
)
 STRICT""",
    "organisation": """
CREATE TABLE organisation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    footer TEXT NOT NULL,
    logo BLOB,
    accent TEXT NOT NULL,
    paper TEXT NOT NULL,
    language TEXT NOT NULL,
    sponsor TEXT NOT NULL,
    coordinator TEXT NOT NULL,
    support_contact TEXT NOT NULL,
    signature BLOB,
    envelope TEXT NOT NULL,
    shift_x INTEGER NOT NULL,
    shift_y INTEGER NOT NULL,
    form_key BLOB,
    CONSTRAINT ck_organisation_only_one CHECK (id = 1),
    CONSTRAINT ck_organisation_paper_known CHECK (paper IN ('A4', 'Letter')),
    CONSTRAINT ck_organisation_envelope_known CHECK (envelope IN ('none', 'DIN 5008 A', 'DIN 5008 B', 'UK DL', 'US #10')),
    CONSTRAINT ck_organisation_shift_small CHECK (shift_x BETWEEN -10 AND 10 AND shift_y BETWEEN -10 AND 10)
)
 STRICT""",
    "presets": """
CREATE TABLE presets (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    rules TEXT NOT NULL,
    CONSTRAINT uq_presets_name UNIQUE (name),
    CONSTRAINT ck_presets_named CHECK (name <> '')
)
 STRICT""",
    "programmes": """
CREATE TABLE programmes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    start_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    mentor_word TEXT NOT NULL,
    mentee_word TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    aims TEXT NOT NULL,
    shared_aim TEXT NOT NULL,
    rules TEXT NOT NULL,
    closed_on TEXT,
    certificate_sessions INTEGER NOT NULL,
    CONSTRAINT ck_programmes_ends_after_start CHECK (end_date > start_date),
    CONSTRAINT ck_programmes_sessions CHECK (sessions BETWEEN 1 AND 60),
    CONSTRAINT ck_programmes_minutes CHECK (minutes BETWEEN 10 AND 480),
    CONSTRAINT ck_programmes_certificate_sessions CHECK (certificate_sessions BETWEEN 0 AND 60)
)
 STRICT""",
    "templates": """
CREATE TABLE templates (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    blocks TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    in_use INTEGER NOT NULL,
    CONSTRAINT uq_templates_kind_language_name UNIQUE (kind, language, name),
    CONSTRAINT ck_templates_documentkind CHECK (kind IN ('invitation', 'interest form', 'manager note', 'mentor letter', 'mentee letter', 'timeline', 'agreement', 'first meeting', 'conversation cards', 'session log', 'sign in', 'midpoint review', 'you said', 'certificate'))
)
 STRICT""",
    "decisions": """
CREATE TABLE decisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    programme_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    mentee_id INTEGER,
    mentor_id INTEGER,
    staff_id INTEGER,
    rules INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT uq_decisions_programme_id_kind_mentee_id_mentor_id UNIQUE (programme_id, kind, mentee_id, mentor_id),
    CONSTRAINT uq_decisions_programme_id_kind_staff_id_rules UNIQUE (programme_id, kind, staff_id, rules),
    CONSTRAINT ck_decisions_one_or_two_people CHECK (CASE WHEN kind IN ('together', 'not these two') THEN mentee_id IS NOT NULL AND mentor_id IS NOT NULL AND staff_id IS NULL ELSE mentee_id IS NULL AND mentor_id IS NULL AND staff_id IS NOT NULL END),
    CONSTRAINT ck_decisions_two_people CHECK (mentee_id <> mentor_id),
    CONSTRAINT ck_decisions_exception_names_rules CHECK ((rules > 0) = (kind = 'exception')),
    CONSTRAINT fk_decisions_programme_id FOREIGN KEY(programme_id) REFERENCES programmes (id) ON DELETE CASCADE,
    CONSTRAINT ck_decisions_decisionkind CHECK (kind IN ('together', 'not these two', 'exception', 'left out')),
    CONSTRAINT fk_decisions_mentee_id FOREIGN KEY(mentee_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT fk_decisions_mentor_id FOREIGN KEY(mentor_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT fk_decisions_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id) ON DELETE CASCADE
)
 STRICT""",
    "pairs": """
CREATE TABLE pairs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    programme_id INTEGER NOT NULL,
    mentor_id INTEGER NOT NULL,
    mentee_id INTEGER NOT NULL,
    proposed_on TEXT NOT NULL,
    state TEXT NOT NULL,
    mentor_answer TEXT NOT NULL,
    mentee_answer TEXT NOT NULL,
    by_hand INTEGER NOT NULL,
    reason TEXT NOT NULL,
    letter_reasons TEXT NOT NULL,
    score INTEGER,
    known INTEGER,
    parts TEXT NOT NULL,
    rules TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    shared_aim TEXT NOT NULL,
    first_meeting TEXT,
    agreement_on TEXT,
    end_reason TEXT NOT NULL,
    end_initiator TEXT NOT NULL,
    CONSTRAINT ck_pairs_two_people CHECK (mentor_id <> mentee_id),
    CONSTRAINT fk_pairs_programme_id FOREIGN KEY(programme_id) REFERENCES programmes (id) ON DELETE CASCADE,
    CONSTRAINT fk_pairs_mentor_id FOREIGN KEY(mentor_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT fk_pairs_mentee_id FOREIGN KEY(mentee_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT ck_pairs_pairstate CHECK (state IN ('proposed', 'asked', 'confirmed', 'active', 'paused', 'completed', 'ended early', 'declined')),
    CONSTRAINT ck_pairs_answer CHECK (mentor_answer IN ('not asked', 'no reply', 'yes', 'no')),
    CONSTRAINT ck_pairs_answer CHECK (mentee_answer IN ('not asked', 'no reply', 'yes', 'no'))
)
 STRICT""",
}

DEFAULTS = {
    "issued_documents": {
        "programme_id": "(SELECT programme_id FROM pairs WHERE pairs.id = pair_id)"
    },
    "organisation": {"envelope": "'none'", "shift_x": "0", "shift_y": "0"},
    "programmes": {"certificate_sessions": "4"},
    "templates": {"name": "''", "in_use": "1"},
    "pairs": {"parts": "''"},
}

INDEXES = (
    "CREATE INDEX ix_issued_documents_programme_id ON issued_documents (programme_id)",
    "CREATE INDEX ix_issued_documents_staff_id ON issued_documents (staff_id)",
    "CREATE INDEX ix_issued_documents_pair_id ON issued_documents (pair_id)",
    "CREATE INDEX ix_decisions_staff_id ON decisions (staff_id)",
    "CREATE INDEX ix_decisions_mentor_id ON decisions (mentor_id)",
    "CREATE INDEX ix_decisions_mentee_id ON decisions (mentee_id)",
    "CREATE INDEX ix_pairs_mentee_id ON pairs (mentee_id)",
    "CREATE INDEX ix_pairs_programme_id ON pairs (programme_id, state)",
    "CREATE INDEX ix_pairs_mentor_id ON pairs (mentor_id)",
)

SORTED = ("name", "department", "job_title", "site")
"""The columns of the staff table that have a sort key whose marks go."""
