"""The tables that version 2 of the file makes or makes anew, as they were when it shipped."""

from __future__ import annotations

TABLES = {
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
}

DEFAULTS = {
    "organisation": {"envelope": "'none'", "shift_x": "0", "shift_y": "0"},
}

INDEXES = ()
