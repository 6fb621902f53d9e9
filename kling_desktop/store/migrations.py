"""The schema, one step per version; steps are never edited once they were published."""

from __future__ import annotations

_FIRST = """
CREATE TABLE project (
    project_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at REAL NOT NULL
) STRICT;
CREATE TABLE shot (
    shot_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project,
    title TEXT NOT NULL,
    next_take INTEGER NOT NULL DEFAULT 0,
    created_at REAL NOT NULL
) STRICT;
CREATE TABLE job (
    job_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project,
    shot_id TEXT NOT NULL REFERENCES shot,
    take INTEGER NOT NULL,
    batch_id TEXT NOT NULL,
    made_by TEXT NOT NULL CHECK (made_by IN ('rehearsal', 'fal')),
    origin TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    state TEXT NOT NULL,
    request_id TEXT,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (shot_id, take)
) STRICT;
CREATE INDEX job_by_state ON job (state);
CREATE UNIQUE INDEX job_by_request ON job (origin, request_id) WHERE request_id IS NOT NULL;
CREATE TABLE attempt (
    job_id TEXT NOT NULL REFERENCES job ON DELETE CASCADE,
    number INTEGER NOT NULL,
    sent_at REAL NOT NULL,
    body_sha256 TEXT NOT NULL,
    PRIMARY KEY (job_id, number)
) STRICT;
CREATE TABLE job_event (
    event_id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL,
    at REAL NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_job ON job_event (job_id);
CREATE TABLE clip (
    clip_id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES project,
    shot_id TEXT NOT NULL,
    take INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    prompt TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    created_at REAL NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    duration REAL,
    frame_rate REAL,
    frames INTEGER,
    stars INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    deleted_at REAL
) STRICT;
CREATE INDEX clip_by_age ON clip (created_at DESC, clip_id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clip_by_job ON clip (job_id);
CREATE TABLE input (
    sha256 TEXT NOT NULL,
    suffix TEXT NOT NULL,
    name TEXT NOT NULL,
    facts TEXT NOT NULL,
    added_at REAL NOT NULL,
    PRIMARY KEY (sha256, suffix)
) STRICT;
CREATE TABLE upload (
    sha256 TEXT NOT NULL,
    origin TEXT NOT NULL,
    url TEXT NOT NULL,
    expires_at REAL,
    PRIMARY KEY (sha256, origin)
) STRICT;
CREATE TABLE draft (
    draft_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    saved_at REAL NOT NULL,
    is_current INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;
INSERT INTO project VALUES ('default', 'My clips', CAST(strftime('%s', 'now') AS REAL));
"""

_REFUSED_AND_TOLD = """
CREATE TABLE refused_value (
    origin TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    loc TEXT NOT NULL,
    digest TEXT NOT NULL,
    refused_at REAL NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (origin, endpoint_id, loc, digest)
) STRICT;
CREATE TABLE told_price (
    origin TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    amount TEXT NOT NULL,
    unit TEXT NOT NULL,
    currency TEXT NOT NULL,
    told_at REAL NOT NULL,
    PRIMARY KEY (origin, endpoint_id)
) STRICT;
CREATE TABLE prices_asked (
    origin TEXT PRIMARY KEY,
    asked_at REAL NOT NULL
) STRICT;
"""

_VOICES = """
CREATE TABLE voice (
    voice_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at REAL NOT NULL,
    PRIMARY KEY (voice_id, origin)
) STRICT;
"""
_RESULT_URLS = """
CREATE TABLE result_url (
    clip_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    url TEXT NOT NULL,
    expires_at REAL
) STRICT;
"""

_FRAMING = """
ALTER TABLE project ADD COLUMN ratio TEXT NOT NULL DEFAULT '';
ALTER TABLE input ADD COLUMN made TEXT;
"""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _REFUSED_AND_TOLD,
    _VOICES,
    _RESULT_URLS,
    _FRAMING,
)
"""Step n brings a database from version n to n + 1."""

DEFAULT_PROJECT = "default"
