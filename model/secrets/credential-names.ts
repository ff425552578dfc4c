/**
 * What a parameter's name says about its value: a password, a token, a session, a key, or none of these. By whole names rather than by
 * parts of them: "password_hint", "page_token" and "csrf_token" name no credential.
 */

export type CredentialKind = 'password' | 'token' | 'session' | 'api-key';

const kinds: Readonly<Record<CredentialKind, string>> = {
  password: `password passwd pwd pass passphrase passcode userpassword userpass loginpassword accountpassword newpassword oldpassword
    currentpassword confirmpassword passwordconfirmation passwordconfirm repeatpassword passwordrepeat verifypassword password1
    password2 newpassword1 newpassword2 txtpassword inputpassword jpassword plainpassword motdepasse contrasena kennwort passwort senha`,
  token: `token accesstoken authtoken authenticationtoken authorizationtoken bearertoken idtoken refreshtoken jwt jwttoken
    apitoken usertoken sessiontoken logintoken securitytoken ssotoken oauthtoken resettoken passwordtoken secrettoken xauthtoken
    xaccesstoken privatetoken jobtoken`,
  session: `session sessionid sessid sid phpsessid jsessionid aspnetsessionid aspsessionid connectsid cfid cftoken usersession
    authsession sessionkey sessiontoken xsessionid laravelsession sessioncookie authcookie aspxauth aspnetcoreidentityapplication
    remembertoken rememberme rememberusertoken authtoken`,
  'api-key': `apikey xapikey apisecret secretkey accesskey secretaccesskey clientsecret appsecret appkey consumersecret subscriptionkey
    ocpapimsubscriptionkey authkey privatekey signingkey sharedkey masterkey servicekey apikeytoken`,
};

const names = new Map<string, CredentialKind>();
for (const kind of ['session', 'api-key', 'token', 'password'] as const) {
  for (const name of kinds[kind].split(/\s+/)) names.set(name, kind);
}

/** "user[new_password]" → "newpassword": the innermost name, letters and digits alone. */
function plain(name: string): string {
  const inner = /\[([^\][]+)\]$/.exec(name.slice(-200))?.[1] ?? name;
  return inner.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The kind of credential a parameter of this name holds. */
export function credentialKind(name: string): CredentialKind | undefined {
  const key = plain(name);
  if (key.length > 60) return undefined;
  return (
    names.get(key) ??
    (/[a-z](?:password|passwd)$/.test(key) && !/^(?:no|has|is|show|hide|forgot|reset|save)/.test(key)
      ? 'password'
      : undefined)
  );
}

/** Names that repeat a password for typing errors. */
export const isConfirmation = (name: string) => /confirm|repeat|verify|again|2$/.test(plain(name));

const USER =
  /^(?:user|username|userid|userlogin|login|loginname|email|emailaddress|mail|account|accountname|phone|phonenumber|mobile|identifier|handle|nick|nickname|txtusername|j?username|identification|benutzername|usuario)$/;

/** Names of who logs in. */
export const isUserName = (name: string) => USER.test(plain(name));
