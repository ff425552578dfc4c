/**
 * Everything the workbench can ask of the host: one map, name to parameters and result. The host must implement each name (a missing
 * handler is a compile error) and both sides validate by it. Commands that fail reject with a `SluiceError` code; failures of the
 * user's own traffic are data in the session.
 */
import * as z from 'zod';
import { FILTER_FIELDS } from '../filter/ast.ts';
import { CheckInfo, Finding } from '../finding.ts';
import { HeaderPair } from '../headers.ts';
import { LossReport } from '../loss-report.ts';
import { RedactionChoice, RedactionSummary } from '../redaction.ts';
import { SearchIndexStatus, SearchItem, SearchQuery } from '../search.ts';
import { BodySide, Mark, Message, Session, SessionId, SessionRow, Severity } from '../session.ts';
import { TriagedGroup, TriageStatus } from '../triage.ts';
import { call, stream } from './define.ts';
import { doctorContract } from './doctor.ts';
import { EngineSettingsInfo } from './engine-settings.ts';
import { replayContract } from './replay.ts';
import { rulesContract } from './rules.ts';
import { scriptsContract } from './scripts.ts';
import { treeContract } from './tree.ts';

const Nothing = z.object({});
const Bytes = z.instanceof(Uint8Array<ArrayBuffer>);

export const SortKey = z.enum([
  'id',
  'method',
  'status',
  'protocol',
  'host',
  'path',
  'type',
  'size',
  'duration',
  'findings',
  'time',
  'process',
]);
export type SortKey = z.infer<typeof SortKey>;

export const SessionOrder = z.object({ by: SortKey, descending: z.boolean() });
export type SessionOrder = z.infer<typeof SessionOrder>;

/**
 * `filter` is filter-language text; "" selects everything. `limit` at most 1,000. With `fromEnd` the offset is ignored and the window ends
 * where the list does, however fast that grows.
 */
export const WindowQuery = z.object({
  filter: z.string(),
  order: SessionOrder,
  offset: z.int().nonnegative(),
  fromEnd: z.boolean().optional(),
  limit: z.int().min(0).max(1000),
});
export type WindowQuery = z.infer<typeof WindowQuery>;

/** `matched` of `total` sessions pass the filter; `rows` are those at `offset` in the order asked. */
export const SessionWindow = z.object({
  offset: z.int(),
  rows: z.array(SessionRow),
  matched: z.int(),
  total: z.int(),
  /** The count is not finished: rows and `matched` are what has been found so far, and better ones follow. */
  counting: z.boolean().optional(),
});
export type SessionWindow = z.infer<typeof SessionWindow>;

/** A table of sessions: cells of keys are texts, the others numbers, null where no session has such a number. */
export const StatsTable = z.object({
  columns: z.array(
    z.object({
      title: z.string(),
      /** How its cells are meant: sizes in bytes, durations in ms, times in ms since the epoch, severities as ranks from 0. */
      kind: z.enum(['text', 'number', 'size', 'duration', 'status', 'severity', 'time']),
    }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  sessions: z.int(),
  /** All there are, of which `rows` may be the first. */
  groups: z.int(),
  /** Sessions that are in none, because there were too many. */
  left: z.int(),
});
export type StatsTable = z.infer<typeof StatsTable>;

/** A file format, as menus and file choosers need it. */
export const FormatInfo = z.object({
  id: z.string(),
  title: z.string(),
  /** With the dot; the first is what exports are named. */
  extensions: z.array(z.string()),
  reads: z.boolean(),
  writes: z.boolean(),
  /** Whether what is written can be protected by a password. */
  password: z.boolean(),
});
export type FormatInfo = z.infer<typeof FormatInfo>;

export const AppInfo = z.object({
  version: z.string(),
  engine: z.string(),
  /** `host:port` where clients point their proxy setting. */
  proxy: z.string(),
  capture: z.string(),
  dataFolder: z.string(),
  /** Path of the root certificate's PEM file. */
  caFile: z.string(),
  /** SHA-256 of the root certificate, upper-case hex with colons. */
  caFingerprint: z.string(),
  caExpires: z.string(),
  /** Things the user should know, as "the root certificate was renewed". */
  notices: z.array(z.string()),
  checks: z.array(CheckInfo),
  formats: z.array(FormatInfo),
  settings: EngineSettingsInfo,
});
export type AppInfo = z.infer<typeof AppInfo>;

/** A check that failed in this run; `all` where none could look at a session. */
export const FailedCheck = z.object({
  checkId: z.string(),
  /** Sessions. */
  count: z.int(),
  /** Why, the last time. */
  message: z.string(),
});
export type FailedCheck = z.infer<typeof FailedCheck>;

/** How the security checks keep up with the traffic of this run. */
export const CheckStatus = z.object({
  /** Sessions that ended and were not checked yet; in a burst, an upper bound. */
  waiting: z.int(),
  /** How long the first of them has waited. */
  behindMs: z.number(),
  checked: z.int(),
  /** Sessions of which only the beginning was looked at: long bodies, many messages. */
  partial: z.int(),
  failed: z.array(FailedCheck),
});
export type CheckStatus = z.infer<typeof CheckStatus>;

/**
 * What a capture keeps; absent members keep everything. Sessions with a mark or a comment are never dropped, nor are their bodies, but they
 * count: `keepLast` sessions are all there are, as long as there are others to drop.
 */
export const Retention = z.object({
  keepLast: z.int().positive().optional(),
  /** Bytes on disk, index and bodies together. */
  keepBytes: z.int().positive().optional(),
  /** Bodies above so many bytes are left out. */
  dropBodiesOver: z.int().nonnegative().optional(),
});
export type Retention = z.infer<typeof Retention>;

/** What the capture lacks, over all its runs, and why it records nothing now if it does not. */
export const CaptureLosses = z.object({
  /** By the user's choice (`Retention`). */
  droppedSessions: z.int(),
  droppedBodies: z.int(),
  droppedBytes: z.int(),
  /** Sessions that could not be recorded. */
  missed: z.int(),
  /** Why nothing is recorded at the moment: a sentence, as of a full disk. Traffic passes all the same. */
  paused: z.string().optional(),
});
export type CaptureLosses = z.infer<typeof CaptureLosses>;

export const AppStatus = z.object({
  capturing: z.boolean(),
  sessions: z.int(),
  active: z.int(),
  perSecond: z.number(),
  findings: z.int(),
  memoryBytes: z.number(),
  diskBytes: z.number(),
  /** Room that is left where the capture is. */
  freeBytes: z.number().optional(),
  /** Sessions that came through TLS which we decrypted; above 0 the certificate is trusted by someone. */
  decrypted: z.int(),
  checks: CheckStatus,
  losses: CaptureLosses,
  retention: Retention,
});
export type AppStatus = z.infer<typeof AppStatus>;

/** One way to connect a client: copy-paste lines for a shell or a source file. */
export const ConnectRecipe = z.object({
  id: z.string(),
  label: z.string(),
  language: z.enum(['shell', 'powershell', 'javascript', 'python', 'java', 'text']),
  note: z.string().optional(),
  code: z.string(),
});
export type ConnectRecipe = z.infer<typeof ConnectRecipe>;

export const ConnectInfo = z.object({
  recipes: z.array(ConnectRecipe),
  trust: z.array(z.object({ system: z.string(), steps: z.array(z.string()) })),
  /** What a proxied client opens to get the certificate. */
  certificateUrl: z.string(),
  /** The same on the proxy port, for phones; absent when only loopback is listened on. */
  phoneUrl: z.string().optional(),
  /** SVG document of the QR code of `phoneUrl` or, without one, of `certificateUrl`. */
  qrSvg: z.string(),
  /** Names of Chromium-family browsers found on this machine. */
  browsers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ConnectInfo = z.infer<typeof ConnectInfo>;

export const OutgoingRequest = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.array(HeaderPair),
  body: Bytes,
  source: z.enum(['composer', 'replay']),
  parentId: SessionId.optional(),
  /** What to speak where the server does too; HTTP/1.1 when absent. */
  httpVersion: z.enum(['HTTP/1.1', 'HTTP/2.0']).optional(),
});
export type OutgoingRequest = z.infer<typeof OutgoingRequest>;

/**
 * Small choices of the workbench (theme, density, commands used last) that outlive a run, by name. The host keeps them and does not know
 * what they mean: whoever reads one checks it.
 */
export const PreferenceName = z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/);
export const Preferences = z.record(PreferenceName, z.string().max(4096));
export type Preferences = z.infer<typeof Preferences>;

/** What to export: sessions by filter-language text ("" is all of them), or by id. */
export const ExportSelection = z.union([
  z.object({ filter: z.string() }),
  z.object({ ids: z.array(SessionId).min(1) }),
]);
export type ExportSelection = z.infer<typeof ExportSelection>;

/** As what: the id of a format (HAR where none is named), and what protects the file. Secrets are masked unless `redaction` is "off". */
export const ExportRequest = z.intersection(
  ExportSelection,
  z.object({
    format: z.string().optional(),
    password: z.string().max(1000).optional(),
    redaction: RedactionChoice.optional(),
  }),
);
export type ExportRequest = z.infer<typeof ExportRequest>;

/** What an export would give away: `looked` of `total` sessions so far, and at the end the whole. */
export const ExportPreview = z.object({
  looked: z.int(),
  total: z.int(),
  /** Octets of bodies and messages. */
  bytes: z.number(),
  /** When all have been looked at; absent also where redaction is off. */
  redaction: RedactionSummary.optional(),
  done: z.boolean(),
});
export type ExportPreview = z.infer<typeof ExportPreview>;

/** A request to be copied as text, with its secrets masked. */
export const CopiedRequest = z.object({ session: Session, body: Bytes });
export type CopiedRequest = z.infer<typeof CopiedRequest>;

/** `waiting`: nobody has asked for the file yet. The last three states are final. */
export const ExportProgress = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Sessions in the file so far, of `total`; removed ones are passed over. */
  written: z.int(),
  total: z.int(),
  problem: z.string().optional(),
  /** What the format could not hold; with `done`. */
  losses: LossReport.optional(),
  /** Sessions looked through for secrets so far; nothing is written before they all are. */
  looked: z.int().optional(),
  /** What was masked; with `done`. */
  redaction: RedactionSummary.optional(),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

export const contract = {
  'app.info': call(Nothing, AppInfo),
  'app.status': stream(Nothing, AppStatus),
  'app.setCapturing': call(z.object({ capturing: z.boolean() }), Nothing),
  /** What the capture keeps from now on, and of what it holds; see it in `app.status`. */
  'app.setRetention': call(Retention, Nothing),

  /** Answers at once and again whenever a window has changed one. */
  'preferences.watch': stream(Nothing, Preferences),
  'preferences.set': call(z.object({ name: PreferenceName, value: z.string().max(4096) }), Nothing),

  /** Prepares a HAR file; `GET /api/export?job=ID` then streams it, once. */
  'exports.start': call(ExportRequest, z.object({ id: z.string(), total: z.int() })),
  'exports.watch': stream(z.object({ id: z.string() }), ExportProgress),
  /** Looks through what an export would hold; what would be masked comes with the last item. */
  'exports.preview': stream(ExportRequest, ExportPreview),
  /** Requests without their secrets, bodies of at most 4 MiB: one placeholder for the same secret in all of them. */
  'exports.requests': call(
    z.object({ ids: z.array(SessionId).min(1).max(200), redaction: RedactionChoice.optional() }),
    z.object({ requests: z.array(CopiedRequest), redaction: RedactionSummary.optional() }),
  ),
  'exports.cancel': call(z.object({ id: z.string() }), Nothing),

  'connect.info': call(Nothing, ConnectInfo),
  'connect.openBrowser': call(z.object({ browser: z.string(), url: z.string().optional() }), Nothing),

  /** Answers at once and again whenever what the window shows has changed. */
  'sessions.watch': stream(WindowQuery, SessionWindow),
  'sessions.ids': call(
    z.object({ filter: z.string(), order: SessionOrder, offset: z.int(), limit: z.int().max(100_000) }),
    z.object({ ids: z.array(SessionId) }),
  ),
  /** Position of a session in a filtered, ordered list; -1 when it does not match. */
  'sessions.position': call(
    z.object({ filter: z.string(), order: SessionOrder, id: SessionId }),
    z.object({ offset: z.int() }),
  ),
  /** A filter, `|` and a table, as `status>=500 | count by host`; at most 10,000 rows. How many sessions were counted, at last the table. */
  'sessions.stats': stream(
    z.object({ query: z.string() }),
    z.object({ counted: z.int(), table: StatsTable.optional() }),
  ),
  /** Values that the newest sessions have of a field, or names for `header:` and its like, that hold `prefix`; the most frequent first. */
  'sessions.values': call(
    z.object({
      field: z.enum(FILTER_FIELDS),
      name: z.string().optional(),
      names: z.literal(true).optional(),
      prefix: z.string(),
    }),
    z.object({ values: z.array(z.string()) }),
  ),
  /**
   * What these sessions have of some fields, as `header:x-id` or `json:$.user.id`: one text for each, several values joined by ", ". Those that
   * are gone are left out.
   */
  'sessions.cells': call(
    z.object({ ids: z.array(SessionId).max(200), fields: z.array(z.string().max(500)).min(1).max(12) }),
    z.object({ cells: z.array(z.object({ id: SessionId, texts: z.array(z.string()) })) }),
  ),
  /** The session, again whenever it changes, until it has ended and the stream closes. */
  'sessions.get': stream(z.object({ id: SessionId }), Session),
  /** Body bytes [start, end) as captured, or content-decoded; at most 4 MiB a call. `total` is the whole size of that view. */
  'sessions.body': call(
    z.object({
      id: SessionId,
      side: BodySide,
      decoded: z.boolean(),
      start: z.int().nonnegative(),
      end: z.int().nonnegative(),
    }),
    z.object({
      data: Bytes,
      total: z.int(),
      /** Why decoding stopped or failed. */ problem: z.string().optional(),
    }),
  ),
  'sessions.messages': call(
    z.object({ id: SessionId, from: z.int().nonnegative(), limit: z.int().min(1).max(1000) }),
    z.object({ messages: z.array(Message), total: z.int() }),
  ),
  'sessions.findings': call(z.object({ id: SessionId }), z.object({ findings: z.array(Finding) })),
  'sessions.annotate': call(
    z.object({ ids: z.array(SessionId), mark: Mark.optional(), comment: z.string().max(10_000).optional() }),
    Nothing,
  ),
  'sessions.remove': call(z.object({ ids: z.array(SessionId) }), z.object({ removed: z.int() })),
  'sessions.clear': call(Nothing, z.object({ removed: z.int() })),

  /** What is found, as it is found; the last item says that it is done, or that there were as many hits as asked for. */
  'search.run': stream(SearchQuery, SearchItem),
  /** How far the index is: at once and again when it has gone on. Without it searches take longer and find the same. */
  'search.index': stream(Nothing, SearchIndexStatus),

  /** Adds what a probe found to the sessions that it sent; what the same probe said of them before is replaced. */
  'findings.add': call(z.object({ findings: z.array(Finding).max(1000) }), Nothing),
  'findings.watch': stream(
    z.object({ /** Over findings: docs/findings.md. */ filter: z.string().max(4000).optional() }),
    z.object({
      /** Those that pass the filter; all of them where it cannot be read. */
      groups: z.array(TriagedGroup),
      filterProblem: z.string().optional(),
      /** How many findings there are, whatever the filter. */
      total: z.int(),
      /** Where what is said of findings stands, and what is wrong with it; lines from 1 on. */
      file: z.string(),
      problems: z.array(z.object({ line: z.int(), message: z.string() })),
    }),
  ),
  /** Says something of all findings that the patterns fit, in place of what was said of the same patterns; without status and severity, takes that back. */
  'findings.triage': call(
    z.object({
      check: z.string().optional(),
      endpoint: z.string().optional(),
      parameter: z.string().optional(),
      status: TriageStatus.optional(),
      severity: Severity.optional(),
      reason: z.string().max(5000).optional(),
    }),
    Nothing,
  ),

  /** Sends through the engine; answers as soon as the session exists. Watch it with sessions.get. */
  'composer.send': call(OutgoingRequest, z.object({ id: SessionId })),
  /** Octets as they are, valid or not, to where `url` says: the session tells what in them is not. */
  'composer.sendRaw': call(
    z.object({ url: z.string(), octets: Bytes, parentId: SessionId.optional() }),
    z.object({ id: SessionId }),
  ),

  ...replayContract,
  ...rulesContract,
  ...doctorContract,
  ...scriptsContract,
  ...treeContract,
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type CallName = { [K in MethodName]: Contract[K]['kind'] extends 'call' ? K : never }[MethodName];
export type StreamName = Exclude<MethodName, CallName>;

type CallOf<K extends CallName> = Contract[K];
type StreamOf<K extends StreamName> = Contract[K];
export type Params<K extends MethodName> = z.infer<Contract[K]['params']>;
export type Result<K extends CallName> = z.infer<CallOf<K>['result']>;
export type Item<K extends StreamName> = z.infer<StreamOf<K>['item']>;
