import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogBundle } from '../publish/bundle.ts'

/** The program that auditors get: run here as they run it, on the bundle that they get. */
export const verifierFile = join(import.meta.dirname, '..', '..', '..', 'scripts', 'verify-log.mjs')

/** One finding, in the verifier's words. */
export interface CheckFinding {
  readonly severity: string
  /** Which of the checks found it. */
  readonly check: string
  readonly code: string
  readonly message: string
  readonly index: number | null
  readonly id: string | null
}

export type CheckVerdict = 'whole' | 'tampered' | 'unusable' | 'incomplete' | 'restored' | 'not_finished'

export interface CheckOutcome {
  readonly verdict: CheckVerdict
  readonly size: number
  /** Entries that could be read and were checked. */
  readonly entries: number
  readonly checks: readonly { readonly title: string; readonly result: string }[]
  readonly findings: readonly CheckFinding[]
}

/** Longer than a log of twenty million entries takes; a program that hangs must not hang for ever. */
const patience = 20 * 60_000
const memory = '--max-old-space-size=400'
const largestAnswer = 2 * 1024 * 1024
const mostFindings = 20

/** Writes the bundle into a folder that only we may enter, runs the verifier on it, and leaves nothing behind. Rejects where `stop` is given. */
export async function runVerifier(bundle: LogBundle, keys: readonly string[], stop: AbortSignal): Promise<CheckOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'forthright-check-'))
  try {
    const file = join(folder, bundle.fileName)
    await bundle.write(createWriteStream(file, { mode: 0o600 }))
    const answer = await run([memory, verifierFile, file, ...keys.flatMap((key) => ['--key', key]), '--json'], stop)
    return readAnswer(answer, bundle.size)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What it writes; null where it did not end by itself, or wrote more than it may. */
function run(given: readonly string[], stop: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, given, {
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: patience,
      killSignal: 'SIGKILL',
      signal: stop,
    })
    // People who wait for a page come first
    if (child.pid !== undefined) beLast(child.pid)
    const parts: Buffer[] = []
    let length = 0
    child.stdout.on('data', (part: Buffer) => {
      length += part.length
      if (length > largestAnswer) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === null || length > largestAnswer ? null : Buffer.concat(parts).toString()))
  })
}

function beLast(pid: number): void {
  try {
    setPriority(pid, 10)
  } catch {
    // It may have ended already
  }
}

const verdicts: readonly CheckVerdict[] = ['whole', 'tampered', 'unusable', 'incomplete', 'restored']

function readAnswer(answer: string | null, size: number): CheckOutcome {
  const said = held(answer === null ? null : parsed(answer))
  const verdict = verdicts.find((each) => each === said['verdict']) ?? 'not_finished'
  const checks = listIn(said['checks']).map((check) => ({ title: lineIn(check['title']), result: lineIn(check['result']) }))
  const findings = listIn(said['findings'])
    .slice(0, mostFindings)
    .map((finding) => ({
      severity: lineIn(finding['severity']),
      check: lineIn(finding['check']),
      code: lineIn(finding['code']),
      message: lineIn(finding['message']),
      index: countIn(finding['index']),
      id: typeof finding['id'] === 'string' ? lineIn(finding['id']) : null,
    }))
  return { verdict, size: countIn(said['size']) ?? size, entries: countIn(said['checked']) ?? 0, checks, findings }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const held = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {})
const listIn = (value: unknown) => (Array.isArray(value) ? value.map(held) : [])
const lineIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500).toWellFormed() : '')
const countIn = (value: unknown): number | null => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null)
