/**
 * Secrets that tokens are signed with in tutorials, examples and defaults of frameworks: what is tried first, off line, against a token.
 * Gathered from public documentation; single words and phrases, free to use under the licence of this program.
 */

const WORDS = `secret secret1 secretkey secret_key secret-key SECRET SECRET_KEY SecretKey mysecret my_secret my-secret mysecretkey my_secret_key
my-secret-key supersecret super_secret super-secret supersecretkey super_secret_key super-secret-key supersecretpassword topsecret top-secret
jwt jwtsecret jwt_secret jwt-secret jwtSecret JWT_SECRET JWTSECRET jwtsecretkey jwt_secret_key jwt-secret-key jwtkey jwt_key your_jwt_secret
your-jwt-secret your_secret your-secret yoursecret your_secret_key your-secret-key yoursecretkey your-256-bit-secret your-384-bit-secret
your-512-bit-secret qwertyuiopasdfghjklzxcvbnm123456 password password1 password123 Password1 passw0rd p@ssw0rd admin admin123 root test test123
testing tests key key123 mykey my_key privatekey private_key signingkey signing_key signing-key token tokensecret token_secret token-secret
accesstoken access_token_secret ACCESS_TOKEN_SECRET REFRESH_TOKEN_SECRET refresh_token_secret session sessionsecret session_secret sessionkey
changeme change_me change-me changeit default example demo dev development prod production staging local localhost hello helloworld hello_world
foobar foo bar baz abc abc123 123 1234 12345 123456 1234567 12345678 123456789 1234567890 000000 111111 qwerty qwerty123 letmein welcome
iloveyou monkey dragon master shhhhh shhhhhhared-secret shhhh shh keyboard keyboardcat node nodejs express django flask laravel rails spring
springboot symfony auth auth0 auth_secret authsecret app appsecret app_secret appkey api apikey api_key apisecret api_secret api-secret server
client client_secret user users company acme god hmac hmackey hs256 HS256 sha256 none null undefined empty string a b x y z s k crAPI
thisisasecret this_is_a_secret thisismysecret this-is-my-secret this_is_my_secret thisisasecretkey mysupersecret mysupersecretkey
my_super_secret my-super-secret verysecret very_secret verysecretkey very-secret-key veryverysecret notsosecret not-so-secret insecure unsafe
s3cr3t s3cret S3cr3t sekret secreto geheim secreta segredo mot_de_passe AllYourBase gutcontextsecret dont_tell donttell random randomstring
changeThis replace_me replaceme placeholder todo temp temporary temp_secret`;

export const COMMON_SECRETS: readonly string[] = [
  '',
  'keyboard cat',
  'this is a secret',
  'my secret key',
  'secret key',
  'hello world',
  'a string secret at least 256 bits long',
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  ...WORDS.split(/\s+/),
];
