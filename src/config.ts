import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROLES, type Role } from './accounts/account.js';
import { StartError } from './kernel/errors.js';
import type { Random } from './kernel/random.js';
import { makeFolder } from './storage/make-folder.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const DEFAULT_PORT = 3978;

/** 32 bytes as 64 hexadecimal digits or as base64. */
const key = z
  .string()
  .transform((text) =>
    /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64'),
  )
  .refine((bytes) => bytes.length === 32, 'must be 32 random bytes: openssl rand -hex 32');

const blank = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => blank(given) ?? value, schema);

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** `value=role` pairs: what the values of the roles claim mean here. */
const roleMap = z
  .string()
  .max(2_000)
  .transform((text) => text.split(',').map((pair) => pair.split('=').map((part) => part.trim())))
  .pipe(z.array(z.tuple([z.string().min(1), z.enum(ROLES)]), 'must be value=role, separated by commas'))
  .transform((pairs): Record<string, Role> => Object.fromEntries(pairs));

const environmentSchema = z.object({
  PORT: withDefault(z.coerce.number().int().min(0).max(65_535), String(DEFAULT_PORT)),
  HOST: withDefault(z.string().max(255), '127.0.0.1'),
  PUBLIC_URL: optional(httpUrl),
  DATA_DIR: withDefault(z.string().max(4_096), './var'),
  MONGODB_URI: optional(
    z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
  ),
  SECRET_KEY: optional(key),
  SECRET_KEY_PREVIOUS: optional(key),
  CODE_KEY: optional(key),
  TWILIO_ACCOUNT_SID: optional(z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits')),
  TWILIO_AUTH_TOKEN: optional(z.string().min(16).max(128)),
  TWILIO_AUTH_TOKEN_PREVIOUS: optional(z.string().min(16).max(128)),
  TWILIO_NUMBER: optional(z.string().regex(/^\+\d{6,15}$/, 'must be an international number: +33…')),
  TWILIO_SMS_FROM: optional(z.string().max(40)),
  TWILIO_API_BASE_URL: optional(httpUrl),
  TRUST_PROXY: optional(z.coerce.number().int().min(0).max(10)),
  LINE_NUMBER: optional(z.string().max(30)),
  LAST_RESORT_NUMBER: optional(z.string().regex(/^\+\d{6,15}$/, 'must be an international number: +33…')),
  SUICIDE_LINE_DIAL: optional(
    z
      .string()
      .regex(/^(\+\d{6,15}|sips?:[^\s<>]{3,190})$/, 'must be an international number, or a SIP address'),
  ),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')),
  OIDC_ISSUER: optional(httpUrl),
  OIDC_CLIENT_ID: optional(z.string().max(200)),
  OIDC_CLIENT_SECRET: optional(z.string().max(400)),
  OIDC_ROLES_CLAIM: withDefault(z.string().max(100), 'roles'),
  OIDC_ROLES: optional(roleMap),
  MICROSOFT_APP_ID: optional(z.string().max(200)),
  MICROSOFT_APP_PASSWORD: optional(z.string().max(400)),
  MICROSOFT_APP_TYPE: optional(z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'])),
  MICROSOFT_APP_TENANT_ID: optional(z.string().max(200)),
  DIRECT_LINE_SECRET: optional(z.string().min(16).max(400)),
  EXIT_URL: withDefault(httpUrl, 'https://www.meteofrance.com'),
  METRICS_TOKEN: optional(z.string().min(16).max(400)),
  LOG_LEVEL: withDefault(z.enum(['debug', 'info', 'warn', 'error', 'silent']), 'info'),
  TRANSCRIPT_DAYS: withDefault(z.coerce.number().int().min(1).max(365), '30'),
  DEMO: withDefault(flag, '0'),
});

/** Names of every variable the service reads; `.env.example` lists the same (a test compares). */
export const VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

const keysFileSchema = z.object({
  secretKey: z.string(),
  codeKey: z.string(),
  twilioAuthToken: z.string(),
  twilioAccountSid: z.string(),
});

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  authTokenPrevious: string | undefined;
  number: string;
  apiBaseUrl: string | undefined;
  /** There is an account: phones outside can be called. Without one only the local phone rings. */
  callsOut: boolean;
}

export interface MicrosoftConfig {
  appId: string;
  password: string | undefined;
  type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  tenantId: string | undefined;
}

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  rolesClaim: string;
  roleOf: Readonly<Record<string, Role>>;
}

export interface Config {
  port: number;
  host: string;
  /** Absolute origin callers and Twilio use; the port of an unset one is known after listening. */
  publicUrl: string | undefined;
  production: boolean;
  demo: boolean;
  dataDir: string;
  mongoUri: string | undefined;
  secretKey: Buffer;
  secretKeyPrevious: Buffer | undefined;
  codeKey: Buffer;
  /** Absent in production without a token: then `/twilio/` does not exist. */
  twilio: TwilioConfig | undefined;
  trustProxy: number;
  /** Where text messages come from: a number or a name; absent, none are sent. */
  smsFrom: string | undefined;
  /** Absent, no mail is sent. */
  smtpUrl: string | undefined;
  lineNumber: string;
  lastResortNumber: string;
  /** An agreed E.164 or SIP address of the suicide prevention line; '' when it is said, not dialled. */
  suicideLineDial: string;
  directLineSecret: string | undefined;
  /** Absent: staff sign in with password and code only. */
  oidc: OidcConfig | undefined;
  /** Absent: then `/api/messages` does not exist. */
  microsoft: MicrosoftConfig | undefined;
  exitUrl: string;
  metricsToken: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  transcriptDays: number;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Values = z.infer<typeof environmentSchema>;

/** The network of the local phone listens here in demo mode (`npx numero-unique call`). */
export const LOCAL_PHONE_URL = 'http://127.0.0.1:3979';
const DEMO_NUMBER = '+33100000000';

/** The process's environment, with what a `.env` file in this folder adds. */
export function processEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/**
 * Reads and checks the whole environment.
 * @throws StartError that lists every fault, one line each
 */
export function readConfig(environment: Environment, random: Random): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new StartError(describeIssues(parsed.error.issues));
  const values = parsed.data;
  const production = isProduction(values);
  const faults = [
    ...productionFaults(values, production),
    ...microsoftFaults(values),
    ...oidcFaults(values, production),
  ];
  if (faults.length > 0) throw new StartError(faults.join('\n'));
  return assemble(values, production, production ? undefined : loopbackKeys(values.DATA_DIR, random));
}

function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`).join('\n');
}

const isLoopbackUrl = (url: string): boolean => LOOPBACK.has(new URL(url).hostname.replace(/^\[|\]$/g, ''));

function isProduction(values: Values): boolean {
  return !LOOPBACK.has(values.HOST) || (values.PUBLIC_URL !== undefined && !isLoopbackUrl(values.PUBLIC_URL));
}

function productionFaults(values: Values, production: boolean): string[] {
  if (!production) return [];
  const missing = (['SECRET_KEY', 'CODE_KEY', 'PUBLIC_URL'] as const).filter(
    (name) => values[name] === undefined,
  );
  const faults = missing.map((name) => `${name}: must be set when the service is not on loopback only.`);
  if (values.DEMO)
    faults.push('DEMO: demonstration accounts are for loopback only; unset it or HOST and PUBLIC_URL.');
  if (values.TWILIO_AUTH_TOKEN !== undefined && values.TWILIO_ACCOUNT_SID === undefined)
    faults.push('TWILIO_ACCOUNT_SID: must be set beside TWILIO_AUTH_TOKEN.');
  return faults;
}

/** An adapter with half its credentials would take anybody's word (reference/direct-line.md, section 7). */
function microsoftFaults(values: Values): string[] {
  const { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_TYPE: type } = values;
  const faults: string[] = [];
  if (id === undefined && password !== undefined)
    faults.push('MICROSOFT_APP_ID: must be set beside MICROSOFT_APP_PASSWORD.');
  if (id !== undefined && password === undefined && type !== 'UserAssignedMSI')
    faults.push('MICROSOFT_APP_PASSWORD: must be set beside MICROSOFT_APP_ID.');
  if (
    id !== undefined &&
    type !== undefined &&
    type !== 'MultiTenant' &&
    values.MICROSOFT_APP_TENANT_ID === undefined
  )
    faults.push(`MICROSOFT_APP_TENANT_ID: must be set for MICROSOFT_APP_TYPE ${type}.`);
  return faults;
}

function oidcFaults(values: Values, production: boolean): string[] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_ROLES: roles } = values;
  if (issuer === undefined)
    return id === undefined ? [] : ['OIDC_ISSUER: must be set beside OIDC_CLIENT_ID.'];
  const missing = [
    ...(id === undefined ? ['OIDC_CLIENT_ID: must be set beside OIDC_ISSUER.'] : []),
    ...(roles === undefined ? ['OIDC_ROLES: must say which values of the claim are which roles.'] : []),
  ];
  const open = production && !issuer.startsWith('https:') && !isLoopbackUrl(issuer);
  return open ? [...missing, 'OIDC_ISSUER: must be https.'] : missing;
}

interface LoopbackKeys {
  secretKey: Buffer;
  codeKey: Buffer;
  twilioAuthToken: string;
  twilioAccountSid: string;
}

/** Keys made once for a service that only this machine reaches, so that the two commands need no set-up. */
function loopbackKeys(dataDir: string, random: Random): LoopbackKeys {
  const file = path.join(dataDir, 'keys.json');
  try {
    makeFolder(dataDir);
    if (!existsSync(file)) writeFileSync(file, newKeys(random), { mode: 0o600, flag: 'wx' });
    const keys = keysFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return {
      ...keys,
      secretKey: Buffer.from(keys.secretKey, 'base64'),
      codeKey: Buffer.from(keys.codeKey, 'base64'),
    };
  } catch (error) {
    throw new StartError(`DATA_DIR: ${dataDir} cannot be used; choose a folder this account may write.`, {
      cause: error,
    });
  }
}

function newKeys(random: Random): string {
  return JSON.stringify({
    secretKey: random.bytes(32).toString('base64'),
    codeKey: random.bytes(32).toString('base64'),
    twilioAuthToken: random.bytes(16).toString('hex'),
    twilioAccountSid: `AC${random.bytes(16).toString('hex')}`,
  });
}

function assemble(values: Values, production: boolean, keys: LoopbackKeys | undefined): Config {
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    production,
    demo: values.DEMO,
    dataDir: values.DATA_DIR,
    mongoUri: values.MONGODB_URI,
    secretKey: required(values.SECRET_KEY ?? keys?.secretKey),
    secretKeyPrevious: values.SECRET_KEY_PREVIOUS,
    codeKey: required(values.CODE_KEY ?? keys?.codeKey),
    twilio: twilioConfig(values, keys),
    trustProxy: values.TRUST_PROXY ?? 0,
    smsFrom: values.TWILIO_SMS_FROM,
    smtpUrl: values.SMTP_URL,
    lineNumber: values.LINE_NUMBER ?? '',
    lastResortNumber: values.LAST_RESORT_NUMBER ?? '',
    suicideLineDial: values.SUICIDE_LINE_DIAL ?? '',
    directLineSecret: values.DIRECT_LINE_SECRET,
    oidc: oidcConfig(values),
    microsoft: microsoftConfig(values),
    exitUrl: values.EXIT_URL,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    transcriptDays: values.TRANSCRIPT_DAYS,
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new StartError('A secret is missing; see .env.example.');
  return value;
}

function oidcConfig(values: Values): OidcConfig | undefined {
  if (values.OIDC_ISSUER === undefined) return undefined;
  return {
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID ?? '',
    clientSecret: values.OIDC_CLIENT_SECRET,
    rolesClaim: values.OIDC_ROLES_CLAIM,
    roleOf: values.OIDC_ROLES ?? {},
  };
}

function microsoftConfig(values: Values): MicrosoftConfig | undefined {
  if (values.MICROSOFT_APP_ID === undefined) return undefined;
  return {
    appId: values.MICROSOFT_APP_ID,
    password: values.MICROSOFT_APP_PASSWORD,
    type: values.MICROSOFT_APP_TYPE ?? 'MultiTenant',
    tenantId: values.MICROSOFT_APP_TENANT_ID,
  };
}

function twilioConfig(values: Values, keys: LoopbackKeys | undefined): TwilioConfig | undefined {
  const authToken = values.TWILIO_AUTH_TOKEN ?? keys?.twilioAuthToken;
  const accountSid = values.TWILIO_ACCOUNT_SID ?? keys?.twilioAccountSid;
  if (authToken === undefined || accountSid === undefined) return undefined;
  const local = values.TWILIO_AUTH_TOKEN === undefined;
  return {
    accountSid,
    authToken,
    authTokenPrevious: values.TWILIO_AUTH_TOKEN_PREVIOUS,
    number: values.TWILIO_NUMBER ?? DEMO_NUMBER,
    apiBaseUrl: values.TWILIO_API_BASE_URL ?? (local ? LOCAL_PHONE_URL : undefined),
    callsOut: values.TWILIO_ACCOUNT_SID !== undefined,
  };
}
