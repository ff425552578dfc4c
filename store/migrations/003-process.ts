/** The program that a session came from stands in its row, so that lists can show it, sort and filter by it. */
export const sql = `
-- process: number of a text, 0 where it is not known.
ALTER TABLE sessions ADD COLUMN process INTEGER NOT NULL DEFAULT 0;
`;
