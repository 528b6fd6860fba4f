import { readAway, readAwaySince, tellStaff, type Directory } from '../../accounts/index.ts'
import { addDays, londonDate, type ConcernId, type DateText } from '../../kernel/index.ts'
import type { WorkingCalendar } from '../../timeliness/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { lockConcern } from '../concern-store.ts'
import { aliasOf } from '../sealing/holders.ts'
import { coverChange, type Presence } from './cover.ts'
import { readActive, readOwned, writeCover } from './cover-store.ts'
import { readSwept } from './sweep-store.ts'
import type { SweepDeps } from './sweep-deps.ts'

class NothingToCover extends Error {
  override readonly name = 'NothingToCover'
}

/**
 * Gives what an owner who is away or silent looks after to a colleague who holds the keys already, and gives it back; each once. Returns how many
 * concerns changed hands; `failed` is told of one that could not be dealt with. Recorded: `concern_assigned` with the reason.
 */
export async function sweepCovers(
  deps: SweepDeps,
  directory: Directory,
  settings: Pick<ConcernSettings, 'rules' | 'calendar' | 'values'>,
  failed: (error: unknown) => number,
): Promise<number> {
  const today = londonDate(deps.clock.now())
  const codes = [...new Set(settings.rules.filter(({ shownTo }) => shownTo !== 'auditor').map(({ code }) => code))]
  const since = workingDaysAgo(settings.values.cover.silentDays, today, settings.calendar)
  const presence = await deps.database.read(async (tx): Promise<Presence> => {
    const [acted, wereAway] = [await readActive(tx, since), await readAwaySince(tx, since, today)]
    return { away: await readAway(tx, today), active: acted.union(wereAway) }
  })
  const wanted = { today, away: presence.away.keys().toArray(), active: presence.active, codes }
  const owned = await deps.database.read((tx) => readOwned(tx, wanted))
  let count = 0
  // oxlint-disable-next-line no-await-in-loop -- one concern after the other
  for (const { id } of owned) count += await coverOne(deps, directory, { presence, wanted }, id).catch(failed)
  return count
}

/** The first of the days on which an act keeps somebody from counting as silent. */
function workingDaysAgo(silentDays: number, today: DateText, calendar: WorkingCalendar): DateText {
  let day = today
  while (calendar.workingDaysBetween(day, today) < silentDays) day = addDays(day, -1)
  return day
}

interface Looked {
  readonly presence: Presence
  readonly wanted: Parameters<typeof readOwned>[1]
}

async function coverOne(deps: SweepDeps, directory: Directory, { presence, wanted }: Looked, id: ConcernId): Promise<number> {
  try {
    return await deps.audited(async (tx) => {
      await lockConcern(tx, id)
      const [owned] = await readOwned(tx, wanted, id)
      const change = owned && coverChange(owned, { ...(await readSwept(tx, id)), duty: null }, directory, presence)
      if (owned === undefined || change === null || change === undefined) throw new NothingToCover()
      const now = deps.clock.now()
      const reasonCode = change.kind === 'ends' ? 'cover_ended' : change.reason
      // Where somebody stands in for the one who stood in, it stays the first one's absence that it ends with
      const absenceId = change.kind === 'begins' ? (presence.away.get(change.forId) ?? null) : null
      await writeCover(tx, id, change, { absenceId, today: wanted.today })
      if (change.to !== owned.ownerId) await tellStaff(deps, tx, change.kind === 'begins' ? 'standing_in' : 'assigned', [change.to], now)
      const { status } = owned
      const fields = { action: 'assign', from: status, to: status, owner: aliasOf(directory, change.to), reasonCode }
      return { value: 1, entries: [{ kind: 'concern_assigned', actor: { role: 'system' }, at: now, concernId: id, fields }] }
    })
  } catch (error) {
    if (error instanceof NothingToCover) return 0
    throw error
  }
}
