/**
 * Counts are kept in `meta` instead of being taken at every opening; segments have checksums; what was dropped is counted; segments can be
 * emptied and taken away.
 */
export const sql = `
-- dropped: 1 the request's body is no longer there by the user's choice, 2 the response's.
ALTER TABLE sessions ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;

-- What was appended to a segment at once: crcs has a CRC-32 (little-endian) for each 16 KiB of it. Bytes that no row covers are of no
-- session, or were written by version 2.
CREATE TABLE sums (
  segment INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  crcs BLOB NOT NULL,
  PRIMARY KEY (segment, position)
) STRICT, WITHOUT ROWID;

-- Segments that a session's log and first runs touch, besides the one that its row names; some may be touched no more.
CREATE TABLE refs (
  segment INTEGER NOT NULL,
  session INTEGER NOT NULL,
  PRIMARY KEY (segment, session)
) STRICT, WITHOUT ROWID;

-- Segments that nothing refers to and whose files are to be removed.
CREATE TABLE retired (segment INTEGER PRIMARY KEY) STRICT;

-- untracked: up to this id sessions may touch segments of which refs does not know. dead_bytes: about how much of the segments belongs to
-- no session any more. missed: sessions that could not be recorded.
INSERT INTO meta VALUES
  ('sessions', (SELECT count(*) FROM sessions)),
  ('decrypted', (SELECT count(*) FROM sessions WHERE source = 0 AND kind <> 2 AND state = 1
    AND origin IN (SELECT id FROM origins WHERE scheme = 'https'))),
  ('findings', (SELECT count(*) FROM findings)),
  ('dead_bytes', 0),
  ('dropped_sessions', 0),
  ('dropped_bodies', 0),
  ('dropped_bytes', 0),
  ('missed', 0),
  ('untracked', (SELECT ifnull(max(id), 0) FROM sessions));
`;
