import { Refusal, type Clock } from '../kernel/index.ts'
import type { Database } from '../database/index.ts'
import { createCalendar } from '../timeliness/index.ts'
import type { Settings } from './organisation.ts'
import { readSettings } from './settings-store.ts'

export interface SettingsDeps {
  readonly database: Database
  readonly clock: Clock
}

/** The settings in force. */
export interface SettingsInForce {
  /** Refusal `not_set_up` where no organisation was opened. */
  current(): Promise<Settings>
  /** The same as they were last read, without asking: for what has to be drawn even where nothing can be read. Null before that. */
  latest(): Settings | null
  /** Reads them anew: after a change, so that the next page shows it. */
  refresh(): Promise<Settings>
}

const freshSeconds = 5

/**
 * The settings in force. Kept for five seconds, so that a change made by another process is seen soon and a busy one does not
 * read them for every request. Throws Refusal `not_set_up` where no organisation was opened; that is asked anew each time.
 */
export function createSettings({ database, clock }: SettingsDeps): SettingsInForce {
  let kept: { readonly settings: Settings; readonly readAt: Temporal.Instant } | null = null

  const refresh = async (): Promise<Settings> => {
    const now = clock.now()
    const rows = await database.read(readSettings)
    if (rows === null) throw new Refusal('not_set_up')
    const { holidays, ...rest } = rows
    const settings = {
      ...rest,
      calendar: createCalendar(holidays),
      holidaysUntil: holidays.at(-1)?.date ?? null,
      holidaysPublishedUntil: holidays.findLast(({ projected }) => !projected)?.date ?? null,
    }
    kept = { settings, readAt: now }
    return settings
  }

  return {
    current: async () => (kept !== null && isFresh(kept.readAt, clock.now()) ? kept.settings : refresh()),
    latest: () => kept?.settings ?? null,
    refresh,
  }
}

/** A clock that was set back counts as stale. */
function isFresh(readAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds - readAt.epochMilliseconds
  return age >= 0 && age < freshSeconds * 1000
}
