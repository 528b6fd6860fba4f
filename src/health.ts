import { groupsWithOneGuardian, type Directory } from './accounts/index.ts'
import { isLate, readLastPublished, type Pace } from './audit/index.ts'
import { isSweepLate } from './concerns/index.ts'
import type { Database, Tx } from './database/index.ts'
import { londonDate, type Clock } from './kernel/index.ts'
import { endsSoon, isReached, onCallGaps, type Settings } from './settings/index.ts'

/** How the background process last found the log and its witnesses. */
export interface SigningState {
  readonly reasons: readonly 'log_refused'[]
  /** A witness did not answer, or not with its signature; or it has signed a larger log of ours than there is. */
  readonly warnings: readonly ('witness_silent' | 'witness_ahead')[]
}

/** What the background process has to do without: the file of the duty key, so that no lead hears of a late concern by the clock. */
export type Lack = 'duty_key_missing'

/** What readiness looks at, and what the worker's process says of itself. */
export interface HealthDeps {
  readonly database: Database
  readonly clock: Clock
  readonly directory: { current(): Promise<Pick<Directory, 'people' | 'guardiansOf'>> }
  readonly pace: Pace
  readonly settings: { current(): Promise<Pick<Settings, 'holidaysUntil' | 'organisation' | 'values'>> }
  readonly workerAlive: () => boolean
  readonly signing: () => SigningState
  readonly lacks: () => readonly Lack[]
  /** `wanted` where real people rely on mail: then it is told where none is set up. */
  readonly mail: {
    readonly wanted: boolean
    /** What can carry an urgent message. */
    readonly ways: { readonly setUp: boolean; readonly callsSetUp: boolean }
    readonly state: (tx: Tx) => Promise<{ readonly setUp: boolean; readonly failed: number }>
  }
}

export interface Health {
  ready(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[]; readonly warnings: readonly string[] }>
}

/**
 * What works and should not stay so, as codes: `one_guardian` where a team that receives concerns has one guardian only, so that nobody reads them
 * while that one is away (`security.md` 2). None where the list of recipients does not hold: that is a reason, not a warning.
 */
export async function warningsOf(directory: HealthDeps['directory']): Promise<'one_guardian'[]> {
  const current = await directory.current().catch(() => null)
  return current !== null && groupsWithOneGuardian(current).length > 0 ? ['one_guardian'] : []
}

/** `calendar_ends_soon` where the table of bank holidays ends within twelve months: dates beyond it are wrong. None where nothing is set up yet. */
async function calendarWarnings({ settings, clock }: Pick<HealthDeps, 'settings' | 'clock'>): Promise<'calendar_ends_soon'[]> {
  const current = await settings.current().catch(() => null)
  return current !== null && endsSoon(current.holidaysUntil, londonDate(clock.now())) ? ['calendar_ends_soon'] : []
}

/**
 * `on_call_empty` where nobody is called when somebody may be in danger, `on_call_gaps` where there are hours without anybody whom a message reaches.
 * Of real organisations only: nobody is called in a demonstration. The danger page says so to whoever is there at such an hour.
 */
async function onCallWarnings({ settings, mail }: Pick<HealthDeps, 'settings' | 'mail'>): Promise<('on_call_empty' | 'on_call_gaps')[]> {
  const current = await settings.current().catch(() => null)
  if (current === null || current.organisation.stamp === 'demonstration') return []
  const { people } = current.values.onCall
  if (people.length === 0) return ['on_call_empty']
  return onCallGaps(people.filter((person) => isReached(person, mail.ways))).length > 0 ? ['on_call_gaps'] : []
}

/** `mail_not_set_up`, and `mail_failed` where a letter was tried for over an hour. Concerns can be raised and read without mail, so neither is a reason. */
async function mailWarnings({ database, mail }: Pick<HealthDeps, 'database' | 'mail'>): Promise<('mail_not_set_up' | 'mail_failed')[]> {
  const state = await database.read(mail.state).catch(() => null)
  if (state === null) return []
  if (!state.setUp) return mail.wanted ? ['mail_not_set_up'] : []
  return state.failed > 0 ? ['mail_failed'] : []
}

/**
 * `sweep_late` where nobody looked at the clocks for a day: then no late concern goes up by itself. Concerns can be raised and read meanwhile, so it is
 * no reason.
 */
async function sweepWarnings({ database, clock }: Pick<HealthDeps, 'database' | 'clock'>): Promise<'sweep_late'[]> {
  return (await database.read((tx) => isSweepLate(tx, clock.now())).catch(() => false)) ? ['sweep_late'] : []
}

/**
 * Whether the service can keep its promises now; `reasons` name what fails, as codes: `database`, `log`, `recipients`, `worker`, `log_late` where the
 * last checkpoint is older than it should be, `log_refused` where the log did not hold when it was to be signed.
 */
export function createHealth(deps: HealthDeps): Health {
  const { database, clock, directory, pace, workerAlive, signing, mail } = deps
  const mustHold = async (holds: boolean | Promise<boolean>, what: string): Promise<void> => {
    if (!(await holds)) throw new Error(what)
  }
  const inTime = async (): Promise<boolean> => {
    const now = clock.now()
    const published = await database.read((tx) => readLastPublished(tx, londonDate(now)))
    return published === 'not set up' || !isLate(pace, published, now)
  }
  const checks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['database', () => database.ping()],
    ['log', () => database.read((tx) => tx.staffEntry.findFirst({ select: { id: true } }))],
    ['log_late', () => mustHold(inTime(), 'no batch')],
    ['log_refused', () => mustHold(signing().reasons.length === 0, 'refused')],
    ['recipients', () => directory.current()],
    ['worker', () => mustHold(workerAlive(), 'no worker')],
  ]
  return {
    async ready() {
      const failed = await Promise.all(
        checks.map(([reason, check]) =>
          check().then(
            () => null,
            () => reason,
          ),
        ),
      )
      const reasons = failed.filter((reason) => reason !== null)
      return {
        ready: reasons.length === 0,
        reasons,
        warnings: [
          ...(await warningsOf(directory)),
          ...signing().warnings,
          ...deps.lacks(),
          ...(await mailWarnings({ database, mail })),
          ...(await sweepWarnings({ database, clock })),
          ...(await calendarWarnings(deps)),
          ...(await onCallWarnings(deps)),
        ],
      }
    },
  }
}
