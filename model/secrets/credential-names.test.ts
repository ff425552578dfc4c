import { describe, expect, it } from 'vitest';
import { credentialKind, isConfirmation, isUserName } from './credential-names.ts';

describe('credentialKind', () => {
  it.each([
    ['password', 'password'],
    ['Password', 'password'],
    ['user[password]', 'password'],
    ['new_password', 'password'],
    ['wp-admin-password', 'password'],
    ['pwd', 'password'],
    ['access_token', 'token'],
    ['X-Auth-Token', 'token'],
    ['id_token', 'token'],
    ['JSESSIONID', 'session'],
    ['connect.sid', 'session'],
    ['ASP.NET_SessionId', 'session'],
    ['api_key', 'api-key'],
    ['X-API-Key', 'api-key'],
    ['client_secret', 'api-key'],
  ])('knows %s', (name, kind) => {
    expect(credentialKind(name)).toBe(kind);
  });

  it.each([
    'password_hint',
    'passwordResetUrl',
    'has_password',
    'forgot-password',
    'password_expires_at',
    'page_token',
    'nextPageToken',
    'csrf_token',
    'authenticity_token',
    '__RequestVerificationToken',
    'tokens',
    'passenger',
    'compass',
    'bypass',
    'session_count',
    'key',
    'keyword',
    'id',
    '',
  ])('takes %j for none', (name) => {
    expect(credentialKind(name)).toBeUndefined();
  });
});

describe('isConfirmation', () => {
  it.each(['password_confirmation', 'confirmPassword', 'password2', 'repeat-password'])('is %s', (name) => {
    expect(isConfirmation(name)).toBe(true);
  });
  it.each(['password', 'new_password', 'password1'])('is not %s', (name) => {
    expect(isConfirmation(name)).toBe(false);
  });
});

describe('isUserName', () => {
  it.each(['username', 'user_name', 'Email', 'login', 'user[email]'])('is %s', (name) => {
    expect(isUserName(name)).toBe(true);
  });
  it.each(['name', 'user_agent', 'emails', 'loginUrl'])('is not %s', (name) => {
    expect(isUserName(name)).toBe(false);
  });
});
