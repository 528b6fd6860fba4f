import { Refusal, type Clock } from '../kernel/index.ts'
import type { Database, Tx } from '../database/index.ts'
import { createCalendar } from '../timeliness/index.ts'
import { countChanges } from './changes/change-store.ts'
import type { Settings } from './organisation.ts'
import { readSettings, type SettingRows } from './settings-store.ts'

export interface SettingsDeps {
  readonly database: Database
  readonly clock: Clock
}

/** The settings in force. */
export interface SettingsInForce {
  /**
   * Refusal `not_set_up` where no organisation was opened. With a transaction: as they stand for it now, whatever somebody changed while it waited
   * for a lock; one row says whether anything was.
   */
  current(tx?: Tx): Promise<Settings>
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
  let kept: { readonly settings: Settings; readonly changes: number; readonly readAt: Temporal.Instant } | null = null

  const refresh = async (): Promise<Settings> => {
    const readAt = clock.now()
    // Counted before they are read: what comes between makes them newer than their count, and they are read once more
    const { changes, rows } = await database.read(async (tx) => ({ changes: await countChanges(tx), rows: await readSettings(tx) }))
    const settings = settingsOf(rows)
    kept = { settings, changes, readAt }
    return settings
  }
  const standing = async (tx: Tx): Promise<Settings> =>
    kept !== null && kept.changes === (await countChanges(tx)) ? kept.settings : settingsOf(await readSettings(tx))

  return {
    current: async (tx) => {
      if (tx !== undefined) return standing(tx)
      return kept !== null && isFresh(kept.readAt, clock.now()) ? kept.settings : refresh()
    },
    latest: () => kept?.settings ?? null,
    refresh,
  }
}

function settingsOf(rows: SettingRows | null): Settings {
  if (rows === null) throw new Refusal('not_set_up')
  const { holidays, ...rest } = rows
  return {
    ...rest,
    calendar: createCalendar(holidays),
    holidaysUntil: holidays.at(-1)?.date ?? null,
    holidaysPublishedUntil: holidays.findLast(({ projected }) => !projected)?.date ?? null,
  }
}

/** A clock that was set back counts as stale. */
function isFresh(readAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds - readAt.epochMilliseconds
  return age >= 0 && age < freshSeconds * 1000
}
