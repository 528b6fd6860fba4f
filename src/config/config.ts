import { join, resolve } from 'node:path'
import { ConfigFault } from './fault.ts'
import {
  environment,
  goesOverNetworkInClear,
  type Environment,
  type SettingName,
  type SmtpSettings,
  type TrustProxy,
  type Witness,
} from './fields.ts'

export type { SmtpSettings, TrustProxy, Witness } from './fields.ts'
export type Mode = 'demonstration' | 'real'

/** A server of ours below the data folder, or the operator's. Functions, so that printing the configuration prints no password. */
export type DatabaseChoice =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'operators'; readonly url: () => string; readonly ownerUrl: (() => string) | null; readonly signerUrl: () => string }

export type CallSettings = { readonly kind: 'command'; readonly path: string } | { readonly kind: 'webhook'; readonly url: () => string }

/** The configuration, in one slice for each who needs it. */
export interface Config {
  readonly mode: Mode
  readonly data: {
    /** Absolute. */
    readonly dir: string
    readonly secretsDir: string
  }
  readonly http: {
    readonly port: number
    readonly bindHost: string
    /** `https://host`, or `http://` to this machine; no slash at the end. */
    readonly publicOrigin: string
    readonly trustProxy: TrustProxy
  }
  readonly database: DatabaseChoice
  /** Who else signs what the log publishes. */
  readonly witnesses: readonly Witness[]
  /** Null: no mail is sent. The server is a function, so that printing the configuration prints no password. */
  readonly mail: { readonly from: string; readonly smtp: () => SmtpSettings & { readonly trusted: string | null } } | null
  /** How somebody on call is reached beside mail: a program of the operator's, or an address that may hold a secret. Null: not at all. */
  readonly calls: CallSettings | null
  /** Whether the worker adds sample concerns. Always false in real mode. */
  readonly sampleConcerns: boolean
}

/** With these and no other setting of ours the service is a demonstration (`api.md`). */
const demonstrationSettings: readonly string[] = ['PORT', 'DATA_DIR', 'DEMO_CONCERNS'] satisfies SettingName[]
const databaseUrls = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_SIGNER_URL'] as const satisfies SettingName[]
const settingNames = Object.keys(environment.shape) as SettingName[]
type Given = Readonly<Partial<Record<SettingName, string>>>

/**
 * Reads the settings from an environment. Empty ones count as not given. Throws `ConfigFault` with every fault at once: names and
 * rules, no values.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Given = Object.fromEntries(settingNames.flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])))
  const mode = modeOf(given, env['NODE_ENV'])
  const read = environment.safeParse(given)
  const wrong = read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])} must be ${message}`)
  const faults = [...wrong, ...faultsTogether(given, mode)]
  if (!read.success || faults.length > 0) throw new ConfigFault(faults)
  return configOf(read.data, mode)
}

function modeOf(given: Given, nodeEnv: string | undefined): Mode {
  const others = Object.keys(given).some((name) => !demonstrationSettings.includes(name))
  return others || nodeEnv === 'production' ? 'real' : 'demonstration'
}

/** What only shows when settings are looked at together. */
function faultsTogether(given: Given, mode: Mode): string[] {
  return [
    ...(mode === 'real' && given.PUBLIC_ORIGIN === undefined
      ? ['PUBLIC_ORIGIN must be given in real mode: the address people type, with https://']
      : []),
    ...databaseUrls
      .filter((name) => goesOverNetworkInClear(given[name]))
      .map((name) => `${name} must end in sslmode=verify-full, since its server is another machine`),
    ...(given.DEMO_CONCERNS !== undefined && mode === 'real'
      ? ['DEMO_CONCERNS only goes with demonstration mode, and this is real mode']
      : []),
    ...(['DATABASE_OWNER_URL', 'DATABASE_SIGNER_URL'] as const)
      .filter((name) => given[name] !== undefined && given.DATABASE_URL === undefined)
      .map((name) => `${name} needs DATABASE_URL beside it`),
    ...(given.DATABASE_URL !== undefined && given.DATABASE_SIGNER_URL === undefined
      ? ['DATABASE_URL needs DATABASE_SIGNER_URL beside it: the same server as forthright_signer, which signs the log']
      : []),
    ...((given.SMTP_URL === undefined) === (given.MAIL_FROM === undefined)
      ? []
      : ['SMTP_URL and MAIL_FROM go together: the mail server, and the address that letters come from']),
    ...(given.SMTP_CA_FILE !== undefined && given.SMTP_URL === undefined ? ['SMTP_CA_FILE needs SMTP_URL beside it'] : []),
    ...(given.URGENT_COMMAND !== undefined && given.URGENT_WEBHOOK !== undefined
      ? ['URGENT_COMMAND and URGENT_WEBHOOK do not go together: choose one way to reach who is on call']
      : []),
  ]
}

function configOf(settings: Environment, mode: Mode): Config {
  const dir = resolve(settings.DATA_DIR ?? './data')
  const port = settings.PORT ?? 3000
  return {
    mode,
    data: { dir, secretsDir: join(dir, 'secrets') },
    http: {
      port,
      bindHost: settings.BIND_HOST ?? '127.0.0.1',
      publicOrigin: settings.PUBLIC_ORIGIN ?? `http://127.0.0.1:${port}`,
      trustProxy: settings.TRUST_PROXY ?? false,
    },
    database: databaseOf(settings),
    witnesses: settings.WITNESSES ?? [],
    mail: mailOf(settings),
    calls: callsOf(settings),
    sampleConcerns: mode === 'demonstration' && settings.DEMO_CONCERNS !== '0',
  }
}

function mailOf({ SMTP_URL: smtp, MAIL_FROM: from, SMTP_CA_FILE: trusted }: Environment): Config['mail'] {
  return smtp === undefined || from === undefined ? null : { from, smtp: () => ({ ...smtp, trusted: trusted ?? null }) }
}

function callsOf({ URGENT_COMMAND: path, URGENT_WEBHOOK: url }: Environment): Config['calls'] {
  if (path !== undefined) return { kind: 'command', path }
  return url === undefined ? null : { kind: 'webhook', url: () => url }
}

function databaseOf({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATABASE_SIGNER_URL: signerUrl }: Environment): DatabaseChoice {
  if (url === undefined || signerUrl === undefined) return { kind: 'embedded' }
  return { kind: 'operators', url: () => url, ownerUrl: ownerUrl === undefined ? null : () => ownerUrl, signerUrl: () => signerUrl }
}
