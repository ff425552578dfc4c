/**
 * The first schema. `sessions` holds exactly what a list shows and stays narrow; heads, facts and timings are one JSON text in
 * `details`, read for one session at a time. Body bytes are in segments; `extents` says where. Severity is a rank (0 none … 4 high).
 */
export const sql = `
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at REAL NOT NULL,
  duration_ms REAL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  scheme TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  path TEXT NOT NULL,
  status INTEGER,
  http_version TEXT NOT NULL,
  mime TEXT,
  request_size INTEGER NOT NULL,
  response_size INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  error TEXT,
  parent_id INTEGER,
  findings INTEGER NOT NULL DEFAULT 0,
  severity INTEGER NOT NULL DEFAULT 0,
  mark INTEGER NOT NULL DEFAULT 0,
  comment TEXT
) STRICT;
CREATE INDEX sessions_active ON sessions (id) WHERE state = 'active';

CREATE TABLE details (id INTEGER PRIMARY KEY, detail TEXT NOT NULL) STRICT;

-- side: 0 request, 1 response. start: offset in the body. position: offset in the segment.
CREATE TABLE extents (
  session INTEGER NOT NULL,
  side INTEGER NOT NULL,
  start INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (session, side, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  session INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  at REAL NOT NULL,
  opcode INTEGER NOT NULL,
  close_code INTEGER,
  segment INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  session INTEGER NOT NULL,
  number INTEGER NOT NULL,
  check_id TEXT NOT NULL,
  severity INTEGER NOT NULL,
  confidence TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  parameter TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_group ON findings (check_id, endpoint, parameter);

-- last_session: the highest id ever used, so that ids of removed sessions are not given again.
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('last_session', 0);
`;
