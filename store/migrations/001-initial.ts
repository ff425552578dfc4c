/**
 * The first schema. `sessions` holds what a list shows and stays narrow: words are numbers (codes.ts), texts that come again and again
 * are in `texts` and `origins`, and the rest of a session is its log in a segment, whose newest piece lies at segment, position, length.
 * Severity is a rank (0 none … 4 high).
 */
export const sql = `
-- text 0 is the empty one, and stands for what is missing.
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO texts VALUES (0, '');

-- prefix: the part of a URL before its path, as it stands there. Numbers of texts and origins are of one series.
CREATE TABLE origins (
  id INTEGER PRIMARY KEY,
  prefix TEXT NOT NULL,
  scheme TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL
) STRICT;

-- url: where it is not the origin's prefix and the path, one after the other.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  source INTEGER NOT NULL,
  state INTEGER NOT NULL,
  started_at REAL NOT NULL,
  duration_ms REAL,
  method INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  path TEXT NOT NULL,
  url TEXT,
  status INTEGER,
  http_version INTEGER NOT NULL,
  mime INTEGER NOT NULL,
  request_size INTEGER NOT NULL,
  response_size INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  error INTEGER NOT NULL,
  parent_id INTEGER,
  segment INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  findings INTEGER NOT NULL DEFAULT 0,
  severity INTEGER NOT NULL DEFAULT 0,
  mark INTEGER NOT NULL DEFAULT 0,
  comment TEXT
) STRICT;
CREATE INDEX sessions_active ON sessions (id) WHERE state = 0;

-- Runs of a body after the first, which is in the session's log and ends where the next one starts, or with the body.
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

-- Messages first … first + count - 1 of a session, as they came in one batch. base: where in the segment that batch's bytes begin.
CREATE TABLE message_runs (
  session INTEGER NOT NULL,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  base INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (session, first)
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
