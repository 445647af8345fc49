import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from '../src/config.js';
import { seededRandom } from './support/seeded-random.js';

const KEY = 'ab'.repeat(32);
const PRODUCTION = { PUBLIC_URL: 'https://ecoute.example.fr', SECRET_KEY: KEY, CODE_KEY: KEY };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (environment: Record<string, string>) =>
  readConfig({ DATA_DIR: folder, ...environment }, seededRandom());

describe('the configuration', () => {
  it('needs nothing on loopback, and makes its keys once', () => {
    const first = read({});
    const again = readConfig({ DATA_DIR: folder }, seededRandom('other'));
    expect(again.secretKey).toEqual(first.secretKey);
    expect(first).toMatchObject({ port: 3978, host: '127.0.0.1', production: false, transcriptDays: 30 });
    expect(statSync(path.join(folder, 'keys.json')).mode & 0o077).toBe(0);
  });

  it('wants all of OpenID Connect or nothing, with the roles it knows', () => {
    const issuer = { OIDC_ISSUER: 'https://id.example.fr' };
    expect(() => read(issuer)).toThrow(/OIDC_CLIENT_ID:[\s\S]*OIDC_ROLES:/);
    expect(() => read({ OIDC_CLIENT_ID: 'x' })).toThrow(/OIDC_ISSUER:/);
    expect(() => read({ OIDC_ROLES: 'chef=boss' })).toThrow(/OIDC_ROLES/);
    expect(() => read({ OIDC_ROLES: 'chef' })).toThrow(/OIDC_ROLES/);
    const { oidc } = read({ ...issuer, OIDC_CLIENT_ID: 'x', OIDC_ROLES: 'a=operator, b=admin' });
    expect(oidc).toMatchObject({ rolesClaim: 'roles', roleOf: { a: 'operator', b: 'admin' } });
    const open = {
      ...PRODUCTION,
      OIDC_ISSUER: 'http://id.example.fr',
      OIDC_CLIENT_ID: 'x',
      OIDC_ROLES: 'a=admin',
    };
    expect(() => read(open)).toThrow(/OIDC_ISSUER: must be https/);
  });

  it('lists every fault at once, by the name of the variable', () => {
    expect(() => read({ PORT: 'abc', LOG_LEVEL: 'loud', TRANSCRIPT_DAYS: '0' })).toThrow(
      /PORT:[\s\S]*LOG_LEVEL:[\s\S]*TRANSCRIPT_DAYS:/,
    );
  });

  it('has no default secret in production, however the service is made public', () => {
    for (const open of [{ PUBLIC_URL: 'https://ecoute.example.fr' }, { HOST: '0.0.0.0' }])
      expect(() => read(open)).toThrow(/SECRET_KEY:[\s\S]*CODE_KEY:/);
    expect(read(PRODUCTION).production).toBe(true);
  });

  it('has no phone in production without a token', () => {
    expect(read(PRODUCTION).twilio).toBeUndefined();
    const sid = `AC${'0'.repeat(32)}`;
    expect(() => read({ ...PRODUCTION, TWILIO_AUTH_TOKEN: KEY })).toThrow('TWILIO_ACCOUNT_SID:');
    expect(read({ ...PRODUCTION, TWILIO_AUTH_TOKEN: KEY, TWILIO_ACCOUNT_SID: sid }).twilio).toBeDefined();
  });

  it('keeps demonstration accounts on loopback', () => {
    expect(() => read({ ...PRODUCTION, DEMO: '1' })).toThrow('DEMO:');
    expect(read({ DEMO: '1', PUBLIC_URL: 'http://localhost:3978' }).demo).toBe(true);
  });

  it('takes an empty variable for none', () => {
    expect(read({ PORT: '', PUBLIC_URL: '', SMTP_URL: '' }).publicUrl).toBeUndefined();
  });

  it('reads the variables that .env.example lists, no more and no fewer', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...VARIABLES].sort());
  });
});
