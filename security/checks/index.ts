/** Every check, in the order in which findings are listed. A new check is one line here. */
import type { Check, SeriesCheck } from '../check.ts';
import { adminFunctionOpen } from './admin-function-open.ts';
import { antiClickjacking } from './anti-clickjacking.ts';
import { applicationError } from './application-error.ts';
import { authenticationRequest } from './authentication-request.ts';
import { bannerInPage } from './banner-in-page.ts';
import { base64Disclosure } from './base64-disclosure.ts';
import { bigRedirect } from './big-redirect.ts';
import { cacheControl } from './cache-control.ts';
import { cacheability } from './cacheability.ts';
import { charsetMismatch } from './charset-mismatch.ts';
import { chromeLogger } from './chrome-logger.ts';
import { contentTypeMissing } from './content-type-missing.ts';
import { contentTypeOptions } from './content-type-options.ts';
import { cookieLooseScope } from './cookie-loose-scope.ts';
import { cookieNoHttponly } from './cookie-no-httponly.ts';
import { cookieNoSamesite } from './cookie-no-samesite.ts';
import { cookieNoSecure } from './cookie-no-secure.ts';
import { cookiePoisoning } from './cookie-poisoning.ts';
import { corsCredentials } from './cors-credentials.ts';
import { corsWildcard } from './cors-wildcard.ts';
import { credentialsInClear } from './credentials-in-clear.ts';
import { credentialsInUrl } from './credentials-in-url.ts';
import { crossDomainScript } from './cross-domain-script.ts';
import { cspMissing } from './csp-missing.ts';
import { cspWeak } from './csp-weak.ts';
import { csrfTokenMissing } from './csrf-token-missing.ts';
import { dangerousJs } from './dangerous-js.ts';
import { debugErrorMessages } from './debug-error-messages.ts';
import { defaultCredentials } from './default-credentials.ts';
import { directoryListing } from './directory-listing.ts';
import { errorVerbose } from './error-verbose.ts';
import { excessiveData } from './excessive-data.ts';
import { fetchMetadata } from './fetch-metadata.ts';
import { formWithoutAction } from './form-without-action.ts';
import { fullPathDisclosure } from './full-path-disclosure.ts';
import { graphqlIntrospection } from './graphql-introspection.ts';
import { graphqlNoLimit } from './graphql-no-limit.ts';
import { grpcReflection } from './grpc-reflection.ts';
import { hashDisclosure } from './hash-disclosure.ts';
import { imageMetadata } from './image-metadata.ts';
import { insecureFormPage } from './insecure-form-page.ts';
import { insecureFormPost } from './insecure-form-post.ts';
import { javaSerializedObject } from './java-serialized-object.ts';
import { jsfViewstate } from './jsf-viewstate.ts';
import { jwtWeak } from './jwt-weak.ts';
import { loginNoThrottle } from './login-no-throttle.ts';
import { maliciousScript } from './malicious-script.ts';
import { massAssignmentHint } from './mass-assignment-hint.ts';
import { methodOverride } from './method-override.ts';
import { mixedContent } from './mixed-content.ts';
import { noRateLimit } from './no-rate-limit.ts';
import { noSessionRotation } from './no-session-rotation.ts';
import { objectIdForeign } from './object-id-foreign.ts';
import { objectIdGuessable } from './object-id-guessable.ts';
import { offSiteRedirect } from './off-site-redirect.ts';
import { oldVersionAlive } from './old-version-alive.ts';
import { permissionsPolicyMissing } from './permissions-policy-missing.ts';
import { personalData } from './personal-data.ts';
import { privateIpDisclosure } from './private-ip-disclosure.ts';
import { retrievedFromCache } from './retrieved-from-cache.ts';
import { reverseTabnabbing } from './reverse-tabnabbing.ts';
import { secretInRequest } from './secret-in-request.ts';
import { secretInResponse } from './secret-in-response.ts';
import { sensitiveDataInReferer } from './sensitive-data-in-referer.ts';
import { sensitiveDataInUrl } from './sensitive-data-in-url.ts';
import { sensitiveFlowAutomation } from './sensitive-flow-automation.ts';
import { serverVersion } from './server-version.ts';
import { sessionIdInUrl } from './session-id-in-url.ts';
import { sessionPredictable } from './session-predictable.ts';
import { sessionTokenResponse } from './session-token-response.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';
import { siteIsolation } from './site-isolation.ts';
import { sourceCodeDisclosure } from './source-code-disclosure.ts';
import { sriMissing } from './sri-missing.ts';
import { strictTransportSecurity } from './strict-transport-security.ts';
import { suspiciousComments } from './suspicious-comments.ts';
import { thirdPartyDataFlow } from './third-party-data-flow.ts';
import { timestampDisclosure } from './timestamp-disclosure.ts';
import { tlsWeakUpstream } from './tls-weak-upstream.ts';
import { unboundedPage } from './unbounded-page.ts';
import { unsafeUpstream } from './unsafe-upstream.ts';
import { urlParameterFetch } from './url-parameter-fetch.ts';
import { userControlledAttribute } from './user-controlled-attribute.ts';
import { userControlledCharset } from './user-controlled-charset.ts';
import { userControlledEventHandler } from './user-controlled-event-handler.ts';
import { usernameHash } from './username-hash.ts';
import { verificationRequest } from './verification-request.ts';
import { viewstate } from './viewstate.ts';
import { vulnerableJsLibrary } from './vulnerable-js-library.ts';
import { weakAuthentication } from './weak-authentication.ts';
import { weakPassword } from './weak-password.ts';
import { websocketClear } from './websocket-clear.ts';
import { websocketOrigin } from './websocket-origin.ts';
import { xAspnetVersion } from './x-aspnet-version.ts';
import { xBackendServer } from './x-backend-server.ts';
import { xDebugToken } from './x-debug-token.ts';
import { xPoweredBy } from './x-powered-by.ts';

export const CHECKS: readonly (Check | SeriesCheck)[] = [
  credentialsInClear,
  credentialsInUrl,
  weakPassword,
  defaultCredentials,
  weakAuthentication,
  jwtWeak,
  sessionPredictable,
  noSessionRotation,
  sessionIdInUrl,
  loginNoThrottle,
  objectIdForeign,
  objectIdGuessable,
  adminFunctionOpen,
  methodOverride,
  personalData,
  excessiveData,
  massAssignmentHint,
  sensitiveDataInUrl,
  sensitiveDataInReferer,
  thirdPartyDataFlow,
  secretInResponse,
  secretInRequest,
  hashDisclosure,
  usernameHash,
  noRateLimit,
  unboundedPage,
  sensitiveFlowAutomation,
  urlParameterFetch,
  offSiteRedirect,
  unsafeUpstream,
  corsCredentials,
  corsWildcard,
  tlsWeakUpstream,
  shadowEndpoint,
  oldVersionAlive,
  graphqlIntrospection,
  graphqlNoLimit,
  grpcReflection,
  websocketOrigin,
  websocketClear,
  errorVerbose,
  applicationError,
  debugErrorMessages,
  bannerInPage,
  fullPathDisclosure,
  sourceCodeDisclosure,
  directoryListing,
  privateIpDisclosure,
  javaSerializedObject,
  viewstate,
  jsfViewstate,
  maliciousScript,
  vulnerableJsLibrary,
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
  bigRedirect,
  contentTypeMissing,
  charsetMismatch,
  cacheControl,
  cacheability,
  retrievedFromCache,
  suspiciousComments,
  base64Disclosure,
  timestampDisclosure,
  imageMetadata,
  fetchMetadata,
  authenticationRequest,
  sessionTokenResponse,
  verificationRequest,
];
