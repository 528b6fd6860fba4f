import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDirectory,
  createOpenSession,
  createSignIn,
  demonstrationCode,
  demonstrationPeople,
  seedDemonstration,
  type AccountsDeps,
  type StaffContext,
} from '../../../src/accounts/index.ts'
import { createAuditedTransaction } from '../../../src/audit/index.ts'
import { loadSecrets, openPinFile } from '../../../src/config/index.ts'
import { Refusal, systemRandom, type IntakeGroupId } from '../../../src/kernel/index.ts'
import { demonstrationOrganisation, seedSettings } from '../../../src/settings/index.ts'
import { assertStrong } from '../../../src/vault/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { demonstrationSecrets, freshDatabase, type FreshDatabase } from '../../support/database.ts'

/** The room as it is used: real PostgreSQL, real vault, real secrets and pins; only the clock is the test's and Argon2id at its floor. */
export interface World {
  readonly fresh: FreshDatabase
  readonly deps: AccountsDeps
  readonly groups: readonly IntakeGroupId[]
  readonly lines: [string, object | undefined][]
  /** Moves the clock on. */
  wait(duration: Temporal.DurationLike): void
  now(): Temporal.Instant
  /** The code that every person's app shows now. */
  code(): string
  /** Signs a person in with a fresh code and gives the token. */
  signIn(email: string): Promise<string>
  open(token: string): Promise<StaffContext>
  /** Both. */
  as(email: string): Promise<StaffContext>
  /** Runs SQL as nobody of ours could: past every trigger that can be switched off. */
  tamper(sql: string, values?: unknown[]): Promise<void>
  /** Kind, role and fields of the newest entries, oldest first. */
  entries(kinds?: readonly string[]): Promise<{ kind: string; role: string; fields: Record<string, unknown> }[]>
  close(): Promise<void>
}

export const password = demonstrationPeople[0]!.password

/** `seeded`: false for nobody in it yet, `anew` for the same people with keys and secrets of another installation. */
export async function createWorld({ seeded = true }: { seeded?: boolean | 'anew' } = {}): Promise<World> {
  const fresh = await freshDatabase({ holds: seeded === true ? 'demonstration' : 'tables' })
  const folder = mkdtempSync(join(tmpdir(), 'forthright-accounts-'))
  const secretsDir = join(folder, 'secrets')
  if (seeded === true) demonstrationSecrets(secretsDir)
  const lines: World['lines'] = []
  let now = Temporal.Instant.from(ordinaryMorning)
  const clock = { now: () => now }
  const deps: AccountsDeps = {
    database: fresh.database,
    audited: createAuditedTransaction(fresh.database, systemRandom),
    clock,
    random: systemRandom,
    log: (event, fields) => void lines.push([event, fields]),
    secrets: loadSecrets(secretsDir, { random: systemRandom, assertStrong }),
    pins: openPinFile(secretsDir),
    passwordCost: { memoryKiB: 64, passes: 1 },
    gate: (work) => work(),
  }
  const groups = (await seedSettings(deps, demonstrationOrganisation)).map(({ id }) => id)
  if (seeded === 'anew') await seedDemonstration(deps, groups)
  const openSession = createOpenSession(deps, createDirectory(deps))
  const wait = (duration: Temporal.DurationLike) => {
    now = now.add(duration)
  }
  const code = () => demonstrationCode(now)
  const signIn = async (email: string) => {
    wait({ seconds: 30 })
    return (await createSignIn(deps)({ requestId: 'test' }, { email, password, otp: code() })).accessToken
  }
  const open = (token: string) => openSession(token, 'test')
  return {
    fresh,
    deps,
    groups,
    lines,
    wait,
    now: () => now,
    code,
    signIn,
    open,
    as: async (email) => open(await signIn(email)),
    tamper: async (sql, values) => {
      await fresh.asSuperuser.query('set session_replication_role = replica')
      await fresh.asSuperuser.query(sql, values)
      await fresh.asSuperuser.query('set session_replication_role = origin')
    },
    entries: async (kinds = []) => {
      const { rows } = await fresh.asSuperuser.query<{ text: string }>(
        'select text from staff_entry where cardinality($1::text[]) = 0 or kind = any($1) order by happened_at, ctid',
        [kinds],
      )
      return rows.map(({ text }) => JSON.parse(text)).map(({ kind, actor, fields }) => ({ kind, role: actor.role, fields }))
    },
    close: async () => {
      await fresh.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The refusal's code, or 'done' where nothing was refused. Anything but a refusal comes through. */
export async function answerOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
