/**
 * What platforms say when something breaks: stack traces, messages of databases, debug pages. Each sign names its product. Text is looked
 * at once with one pattern a sign, each linear; escapes of JSON stand for the line ends and quotes that they encode.
 */
import type { CheckInput } from '../check.ts';
import { factsOf } from './head-fields.ts';

export interface ErrorSign {
  readonly product: string;
  /** `trace`: where in the source it broke. `database`: what a database said. `page`: a page made for developers. `runtime`: a message. */
  readonly kind: 'trace' | 'database' | 'page' | 'runtime';
  readonly pattern: RegExp;
}

const sign = (kind: ErrorSign['kind'], product: string, pattern: RegExp): ErrorSign => ({
  product,
  kind,
  pattern,
});

export const ERROR_SIGNS: readonly ErrorSign[] = [
  sign(
    'trace',
    'Node.js',
    /\bat (?:async |new )?[\w$.<>[\] ]{1,80} \(?(?:file:\/\/|node:|[A-Za-z]:\\{1,2}|\/)[^\s()"']{1,200}:\d{1,6}:\d{1,6}\)?/,
  ),
  sign(
    'trace',
    'Python',
    /Traceback \(most recent call last\)|File \\?"[^"\\\n]{1,200}\.py\\?", line \d{1,6}, in /,
  ),
  sign(
    'trace',
    'Java',
    /\bat (?:[a-z_$][\w$]{0,40}\.){1,10}[A-Z][\w$]{0,80}\.[\w$<>]{1,80}\((?:[A-Z][\w$]{0,80}\.(?:java|kt|scala|groovy):\d{1,6}|Native Method|Unknown Source)\)/,
  ),
  sign(
    'trace',
    'Java',
    /\b(?:java|javax|jakarta|org|com|io|net)\.(?:[a-z][\w]{0,40}\.){1,6}[A-Z]\w{0,60}(?:Exception|Error): /,
  ),
  sign(
    'trace',
    '.NET',
    /\bat [A-Z][\w.`<>[\],]{2,150}\([^()\n]{0,200}\) in [A-Za-z]:?[\\/][^\n"]{1,200}:line \d{1,6}/,
  ),
  sign('trace', '.NET', /\b(?:System|Microsoft)\.(?:[A-Z]\w{1,40}\.){0,5}[A-Z]\w{0,60}Exception: /),
  sign(
    'trace',
    'PHP',
    /#\d{1,3} \/?[\w./-]{1,200}\.php\(\d{1,6}\): |<b>(?:Warning|Notice|Fatal error|Parse error|Deprecated)<\/b>:\s{1,3}[^\n]{1,300} on line <b>\d{1,6}<\/b>|PHP (?:Fatal error|Warning|Notice|Parse error|Deprecated): {1,2}[^\n]{1,300} on line \d{1,6}|(?:Fatal error|Parse error|Warning|Notice): [^\n<>]{1,300} in [\w/\\:.-]{1,200}\.php(?::\d{1,6}| on line \d{1,6})/,
  ),
  sign('trace', 'Ruby', /(?:^|[\s"'>`])[\w./-]{1,200}\.rb:\d{1,6}:in [`'\\]/),
  sign(
    'trace',
    'Go',
    /\bgoroutine \d{1,9} \[(?:running|select|IO wait|chan receive|syscall)[^\]]{0,40}\]:|panic: runtime error: /,
  ),
  sign('trace', 'Rust', /thread '[\w-]{1,60}' panicked at /),
  sign('trace', 'Elixir', /\(\w{1,40} \d[\d.]{1,15}\) (?:lib|deps)\/[\w/]{1,120}\.exs?:\d{1,6}: /),
  sign(
    'database',
    'MySQL',
    /You have an error in your SQL syntax|ER_(?:PARSE_ERROR|NO_SUCH_TABLE|BAD_FIELD_ERROR|DUP_ENTRY|ACCESS_DENIED_ERROR)\b|SQLSTATE\[[0-9A-Z]{5}\]|mysql_(?:fetch|num_rows|query|connect)\w{0,20}\(\)|MySQLSyntaxErrorException|Unknown column '[^']{1,80}' in '|Table '[^']{1,80}' doesn't exist|Duplicate entry '[^']{1,120}' for key/,
  ),
  sign(
    'database',
    'PostgreSQL',
    /PG::\w{3,40}(?:Error|Violation|Table|Column)\b|org\.postgresql\.util\.PSQLException|pg_(?:query|exec|connect)\(\)|ERROR: {1,2}(?:syntax error at or near|relation \\?"[^"\\]{1,80}\\?" does not exist|column \\?"?[^"\\\s]{1,80}\\?"? does not exist)|syntax error at or near \\?"|(?:relation|column) \\?"[\w.]{1,80}\\?" (?:of relation \\?"\w{1,80}\\?" )?does not exist|duplicate key value violates unique constraint|psycopg2\.|violates (?:foreign key|not-null|check) constraint/,
  ),
  sign(
    'database',
    'SQLite',
    /SQLITE_(?:ERROR|CONSTRAINT|BUSY|CANTOPEN)\b|sqlite3\.(?:Operational|Integrity|Programming)Error|near \\?"[^"\\]{1,40}\\?": syntax error|(?:SQLite error|SQL logic error)|no such (?:table|column): \w/,
  ),
  sign(
    'database',
    'SQL Server',
    /Unclosed quotation mark (?:after|before) the character string|Incorrect syntax near '|\[(?:Microsoft|ODBC)[^\]]{0,40}\]\[[^\]]{1,60}\]|(?:Microsoft OLE DB|ODBC SQL Server Driver|SqlException \(0x)|Invalid (?:object|column) name '[^']{1,80}'|Conversion failed when converting/,
  ),
  sign('database', 'Oracle', /\bORA-\d{5}\b|oracle\.jdbc\.|PLS-\d{5}:/),
  sign('database', 'Db2', /\bSQL\d{4}N\b|DB2 SQL error: SQLCODE|com\.ibm\.db2\.jcc/),
  sign(
    'database',
    'MongoDB',
    /Mongo(?:Server|Network|Bulk)?Error: |E11000 duplicate key error|MongooseError|CastError: Cast to |Cast to (?:ObjectId|Number|date|Boolean|string) failed for value|BSONTypeError/,
  ),
  sign(
    'database',
    'an ORM',
    /Sequelize\w{0,30}Error\b|PrismaClient\w{3,40}Error|QueryFailedError: |Invalid `prisma\.|sqlalchemy\.exc\.|ActiveRecord::\w{3,40}|org\.hibernate\.\w|Doctrine\\+DBAL\\+|could not (?:execute|extract) (?:query|ResultSet|statement)|Illuminate\\+Database\\+QueryException/,
  ),
  sign(
    'database',
    'LDAP',
    /javax\.naming\.NameNotFoundException|LDAPException|Invalid DN syntax|com\.sun\.jndi\.ldap/,
  ),
  sign(
    'page',
    'Django',
    /You're seeing this error because you have <code>DEBUG = True<\/code>|<title>[^<]{0,200} at \/[^<]{0,200}<\/title>[\s\S]{0,200}<meta name="robots" content="NONE,NOARCHIVE"/,
  ),
  sign(
    'page',
    'Werkzeug',
    /Werkzeug Debugger|The debugger caught an exception in your WSGI application|__debugger__=yes/,
  ),
  sign(
    'page',
    'Laravel',
    /Whoops, looks like something went wrong|<title>🧨|class="?(?:exception-summary|Whoops container)|Ignition \(Laravel|laravel\/framework\/src\/Illuminate|facade\/ignition/,
  ),
  sign(
    'page',
    'Symfony',
    /<title>[^<]{0,200}\((?:404|500)[^<]{0,40}\)<\/title>[\s\S]{0,3000}Symfony Exception|Symfony Exception<|sf-dump/,
  ),
  sign(
    'page',
    'Rails',
    /Action Controller: Exception caught|<h1>\s{0,20}\w{1,60}(?:::\w{1,60}){0,4} in \w{1,60}(?:Controller)?#\w{1,60}|Rails\.root: /,
  ),
  sign(
    'page',
    'ASP.NET',
    /<title>[^<]{0,300}<\/title>[\s\S]{0,3000}Server Error in '[^']{0,100}' Application|Server Error in '\/[^']{0,100}' Application|Version Information:<\/b>&nbsp;Microsoft \.NET Framework|<title>Internal Server Error<\/title>[\s\S]{0,4000}An unhandled exception occurred while processing the request|An unhandled exception occurred while processing the request/,
  ),
  sign('page', 'Spring Boot', /Whitelabel Error Page/),
  sign(
    'page',
    'Tomcat',
    /<h1>HTTP Status \d{3}[^<]{0,200}<\/h1>[\s\S]{0,2000}(?:Exception Report|Root Cause|root cause)/,
  ),
  sign(
    'page',
    'ColdFusion',
    /Error Occurred While Processing Request[\s\S]{0,2000}ColdFusion|coldfusion\.runtime\./,
  ),
  sign(
    'runtime',
    'a template engine',
    /jinja2\.exceptions\.|Twig(?:_|\\+)Error|freemarker\.(?:core|template)\.|org\.thymeleaf\.exceptions|Liquid error:|Handlebars(?:Exception| Parse)/,
  ),
  sign(
    'runtime',
    'an XML parser',
    /SAXParseException|XMLSyntaxError|simplexml_load_string\(\)|DOMDocument::load/,
  ),
  sign(
    'runtime',
    'a remote call',
    /ECONNREFUSED (?:\d{1,3}(?:\.\d{1,3}){3}|\[?::1|[\w.-]{1,80}):\d{2,5}|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) [\w.-]{1,100}|java\.net\.(?:UnknownHost|Connect)Exception|Failed to connect to [\w.-]{1,100} port \d{2,5}|dial tcp (?:\d{1,3}\.){3}\d{1,3}:\d{2,5}/,
  ),
  sign(
    'runtime',
    'PHP',
    /Uncaught (?:Error|Exception|TypeError|PDOException)\b[^\n]{0,200}|Call to undefined (?:function|method) |Undefined (?:variable|index|offset|array key)(?:: | \$|\\? "?\w)/,
  ),
];

export interface FoundSign {
  readonly sign: ErrorSign;
  readonly start: number;
  readonly end: number;
  /** It stands as code or in a heading of a page that is about such things, and is nothing that happened. */
  readonly quoted: boolean;
}

/** Real error answers are short: what stands behind this much text is an article about errors. */
const LOOKED_AT = 256 * 1024;
/** Each sign is looked for only where one of these stands: without them, nothing broke. */
const HINT =
  /(?:error|exception|traceback|\bat |\.rb:|goroutine|panic|warning|notice|ora-|sql|whoops|whitelabel|debugger|debug = |refused|enotfound|eai_again|dial tcp|status|#0|violat|mongo|duplicate|exist|unknown|incorrect|unclosed|exs?:|rails|dump|undefined|no such|invalid|prisma|cast to|unique|failed)/i;

const cache = new WeakMap<CheckInput, readonly FoundSign[]>();

/** The first of each sign in the response's body. Scripts and styles are looked into by nobody who asks for errors. */
export function errorSigns(input: CheckInput): readonly FoundSign[] {
  let found = cache.get(input);
  if (found === undefined) {
    found = read(input);
    cache.set(input, found);
  }
  return found;
}

const ABOUT_PATH =
  /\/(?:blog|docs?|documentation|help|guides?|articles?|wiki|kb|questions|learn|tutorials?|posts?)\b/i;
const ABOUT_PAGE = /<article\b/i;

/** Elements in which a page shows code, or says what it is about. */
const SUBJECT = ['code', 'pre', 'title', 'h1', 'h2', 'h3'];

/** Whether a position lies within one of these. */
function isSubject(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 20_000), at).toLowerCase();
  return SUBJECT.some((name) => before.lastIndexOf(`<${name}`) > before.lastIndexOf(`</${name}`));
}

function read(input: CheckInput): FoundSign[] {
  const { script, style, html, status } = factsOf(input);
  const text = input.response.text?.slice(0, LOOKED_AT) ?? '';
  if (script || style || text === '' || !HINT.test(text)) return [];
  const isAbout = html && status < 400 && (ABOUT_PATH.test(input.session.row.path) || ABOUT_PAGE.test(text));
  const signs: FoundSign[] = [];
  for (const one of ERROR_SIGNS) {
    const match = one.pattern.exec(text);
    if (match === null) continue;
    const { index: start } = match;
    signs.push({ sign: one, start, end: start + match[0].length, quoted: isAbout && isSubject(text, start) });
  }
  return signs;
}
