/** Every check, in the order in which findings are listed. A new check is one line here. */
import type { Check, SeriesCheck } from '../check.ts';
import { antiClickjacking } from './anti-clickjacking.ts';
import { charsetMismatch } from './charset-mismatch.ts';
import { chromeLogger } from './chrome-logger.ts';
import { contentTypeMissing } from './content-type-missing.ts';
import { contentTypeOptions } from './content-type-options.ts';
import { cookieLooseScope } from './cookie-loose-scope.ts';
import { cookieNoHttponly } from './cookie-no-httponly.ts';
import { cookieNoSamesite } from './cookie-no-samesite.ts';
import { cookieNoSecure } from './cookie-no-secure.ts';
import { cookiePoisoning } from './cookie-poisoning.ts';
import { credentialsInClear } from './credentials-in-clear.ts';
import { credentialsInUrl } from './credentials-in-url.ts';
import { crossDomainScript } from './cross-domain-script.ts';
import { cspMissing } from './csp-missing.ts';
import { cspWeak } from './csp-weak.ts';
import { csrfTokenMissing } from './csrf-token-missing.ts';
import { dangerousJs } from './dangerous-js.ts';
import { formWithoutAction } from './form-without-action.ts';
import { insecureFormPage } from './insecure-form-page.ts';
import { insecureFormPost } from './insecure-form-post.ts';
import { jsfViewstate } from './jsf-viewstate.ts';
import { maliciousScript } from './malicious-script.ts';
import { mixedContent } from './mixed-content.ts';
import { offSiteRedirect } from './off-site-redirect.ts';
import { permissionsPolicyMissing } from './permissions-policy-missing.ts';
import { personalData } from './personal-data.ts';
import { reverseTabnabbing } from './reverse-tabnabbing.ts';
import { secretInResponse } from './secret-in-response.ts';
import { serverVersion } from './server-version.ts';
import { siteIsolation } from './site-isolation.ts';
import { sriMissing } from './sri-missing.ts';
import { strictTransportSecurity } from './strict-transport-security.ts';
import { suspiciousComments } from './suspicious-comments.ts';
import { userControlledAttribute } from './user-controlled-attribute.ts';
import { userControlledCharset } from './user-controlled-charset.ts';
import { userControlledEventHandler } from './user-controlled-event-handler.ts';
import { viewstate } from './viewstate.ts';
import { weakPassword } from './weak-password.ts';
import { xAspnetVersion } from './x-aspnet-version.ts';
import { xBackendServer } from './x-backend-server.ts';
import { xDebugToken } from './x-debug-token.ts';
import { xPoweredBy } from './x-powered-by.ts';

export const CHECKS: readonly (Check | SeriesCheck)[] = [
  credentialsInClear,
  credentialsInUrl,
  weakPassword,
  personalData,
  secretInResponse,
  offSiteRedirect,
  viewstate,
  jsfViewstate,
  maliciousScript,
  crossDomainScript,
  sriMissing,
  dangerousJs,
  mixedContent,
  insecureFormPost,
  insecureFormPage,
  csrfTokenMissing,
  formWithoutAction,
  reverseTabnabbing,
  userControlledEventHandler,
  userControlledAttribute,
  userControlledCharset,
  cookiePoisoning,
  cookieNoSecure,
  cookieNoHttponly,
  cookieNoSamesite,
  cookieLooseScope,
  strictTransportSecurity,
  cspMissing,
  cspWeak,
  antiClickjacking,
  contentTypeOptions,
  permissionsPolicyMissing,
  siteIsolation,
  serverVersion,
  xPoweredBy,
  xAspnetVersion,
  xBackendServer,
  xDebugToken,
  chromeLogger,
  contentTypeMissing,
  charsetMismatch,
  suspiciousComments,
];
