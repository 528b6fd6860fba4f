import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { z } from 'zod'

/** Whose `X-Forwarded-For` is believed, in the form Express takes: nobody's, that many hops, or these addresses. */
export type TrustProxy = false | number | readonly string[]

const namedRanges = new Set(['loopback', 'linklocal', 'uniquelocal'])
const longestPrefix: Readonly<Record<number, number>> = { 4: 32, 6: 128 }

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isRange(text: string): boolean {
  if (namedRanges.has(text)) return true
  const [address = '', prefix, ...rest] = text.split('/')
  const longest = longestPrefix[isIP(address)]
  if (longest === undefined || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)
}

function trustOf(text: string): TrustProxy | null {
  if (text === 'none') return false
  if (/^[1-9]$/.test(text)) return Number(text)
  const ranges = text.split(',').map((range) => range.trim())
  return ranges.every(isRange) ? ranges : null
}

/** An origin and nothing after it; http only to this machine, where browsers treat it as secure (`security.md` 7). */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, origin, href, username } = new URL(text)
  const sound = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return sound && username === '' && href === `${origin}/` ? origin : null
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}

/** Somebody apart from us who signs each checkpoint that continues the last one they saw (C2SP tlog-witness). */
export interface Witness {
  /** No slash at the end. */
  readonly url: string
  /** In signed-note form, `name+hash+key`. */
  readonly verifierKey: string
}

/** Checkpoints are public and cosignatures signed, so http would do; it would also tell a network which trust runs this. */
function witnessesOf(text: string): readonly Witness[] | null {
  const found = text.split(/[,\n]/).map((part) => {
    const [url = '', verifierKey = '', ...rest] = part.trim().split(/\s+/)
    const sound = /^https?:\/\//.test(url) && URL.canParse(url) && /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/.test(verifierKey)
    return sound && rest.length === 0 && (url.startsWith('https:') || isLoopback(new URL(url).hostname))
      ? { url: url.replace(/\/+$/, ''), verifierKey }
      : null
  })
  const witnesses = found.filter((witness) => witness !== null)
  return witnesses.length === found.length ? witnesses : null
}

/** The operator's mail server. */
export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** From the first byte, by STARTTLS, or none: that to this machine only. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly login: { readonly user: string; readonly password: string } | null
}

const smtpPorts: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 }

/** Letters and the login go over no network in clear: `smtp://` to another machine means STARTTLS or nothing. */
function smtpOf(text: string): SmtpSettings | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text)
  const usual = smtpPorts[protocol]
  const extra = pathname.replace('/', '') + search + hash
  if (usual === undefined || hostname === '' || extra !== '') return null
  const here = isLoopback(hostname)
  const login = loginOf(username, password)
  if (login === null && !(here && username === '' && password === '')) return null
  const tls = protocol === 'smtps:' ? 'implicit' : here ? 'none' : 'starttls'
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? usual : Number(port), tls, login }
}

function loginOf(username: string, password: string): SmtpSettings['login'] {
  if (username === '' || password === '') return null
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
  } catch {
    return null
  }
}

/** Certificates of the operator's own, as text: read at start, so that a wrong path stops it there and not at the first letter. */
function certificatesOf(path: string): string | null {
  try {
    const pem = readFileSync(path, 'utf8')
    return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem) ? pem : null
  } catch {
    return null
  }
}

/** The one request to another machine that an operator may switch on: https, or http to this machine. A secret may stand in it. */
function webhookOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, username, password, hash, href } = new URL(text)
  const sound = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return sound && username === '' && password === '' && hash === '' ? href : null
}

/** Whether a database is on another machine and neither the way there nor who answers is checked. A host that is a folder is a socket. */
export function goesOverNetworkInClear(url: string | undefined): boolean {
  if (url === undefined || !isPostgresUrl(url)) return false
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  const isHere = host === '' || host.startsWith('/') || isLoopback(host)
  return !isHere && searchParams.get('sslmode') !== 'verify-full'
}

const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)

const text = z.string()
const read = <T>(reader: (value: string) => T | null, rule: string) =>
  text.transform((value, context): T => {
    const found = reader(value)
    if (found !== null) return found
    context.addIssue({ code: 'custom', message: rule })
    return z.NEVER
  })

/** Every setting of ours, by the name the operator writes, with the rule a wrong one is answered with. */
export const environment = z.object({
  PORT: read(portOf, 'a whole number from 1 to 65535').optional(),
  DATA_DIR: text.optional(),
  DEMO_CONCERNS: z.enum(['0', '1'], '0 or 1').optional(),
  DATABASE_URL: text.refine(isPostgresUrl, 'a URL that starts with postgres://').optional(),
  DATABASE_OWNER_URL: text.refine(isPostgresUrl, 'a URL that starts with postgres://').optional(),
  DATABASE_SIGNER_URL: text.refine(isPostgresUrl, 'a URL that starts with postgres://').optional(),
  PUBLIC_ORIGIN: read(
    originOf,
    'https:// and a host name with nothing after it; http:// only for localhost, since browsers keep our cookies off any other',
  ).optional(),
  BIND_HOST: text.refine((host) => host === 'localhost' || isIP(host) !== 0, 'an IP address, or localhost').optional(),
  WITNESSES: read(
    witnessesOf,
    'addresses of witnesses, each with its verifier key after a space (https://host name+hash+key), with commas between',
  ).optional(),
  SMTP_URL: read(
    smtpOf,
    'smtp://name:password@host, or smtps:// in its place, with a port where it is not the usual one and nothing after it; without a login only ' +
      'for this machine (write signs in a name or password as in any URL, %40 for @)',
  ).optional(),
  SMTP_CA_FILE: read(certificatesOf, 'the path of a file that can be read and holds certificates (PEM)').optional(),
  URGENT_COMMAND: text
    .refine((path) => isAbsolute(path) && !/[\0\n]/.test(path), 'the full path of one program, without arguments')
    .optional(),
  URGENT_WEBHOOK: read(webhookOf, 'https:// and an address, without name, password or #; http:// only for this machine').optional(),
  MAIL_FROM: text
    .refine((address) => z.email().max(254).safeParse(address).success, 'one plain e-mail address, such as log@example.nhs.uk')
    .optional(),
  TRUST_PROXY: read(trustOf, 'none, a number of hops from 1 to 9, or addresses and ranges with commas between').optional(),
})
export type Environment = z.output<typeof environment>
export type SettingName = keyof Environment
