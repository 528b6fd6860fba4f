import { Refusal, type Clock } from '../kernel/index.ts'
import type { Database } from '../database/index.ts'
import { createCalendar } from '../timeliness/index.ts'
import type { Settings } from './organisation.ts'
import { readSettings } from './settings-store.ts'

export interface SettingsDeps {
  readonly database: Database
  readonly clock: Clock
}

const freshSeconds = 5

/**
 * The settings in force. Kept for five seconds, so that a change made by another process is seen soon and a busy one does not
 * read them for every request. Throws Refusal `not_set_up` where no organisation was opened; that is asked anew each time.
 */
export function createSettings({ database, clock }: SettingsDeps): { current(): Promise<Settings> } {
  let kept: { readonly settings: Settings; readonly readAt: Temporal.Instant } | null = null
  return {
    async current() {
      const now = clock.now()
      if (kept !== null && isFresh(kept.readAt, now)) return kept.settings
      const rows = await database.read(readSettings)
      if (rows === null) throw new Refusal('not_set_up')
      const { holidays, ...rest } = rows
      const settings = {
        ...rest,
        calendar: createCalendar(holidays),
        holidaysPublishedUntil: holidays.findLast(({ projected }) => !projected)?.date ?? null,
      }
      kept = { settings, readAt: now }
      return settings
    },
  }
}

/** A clock that was set back counts as stale. */
function isFresh(readAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds - readAt.epochMilliseconds
  return age >= 0 && age < freshSeconds * 1000
}
