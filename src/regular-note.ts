import { readAddressees } from './accounts/index.ts'
import type { Service } from './composition.ts'
import { newId } from './kernel/index.ts'
import { isOpen, latestSlot, staffLetter, takeSlot } from './notifications/index.ts'

const cause = 'regular_note'

export interface RegularNote {
  /**
   * Writes the note of the latest of the set times where that is not written yet: to everybody who handles concerns and wants it, the same whether
   * there is work or not, because nothing of any concern is read for it. After a standstill the latest is made up for, the others are not. Gives how
   * many letters. Recorded: `mail_round_made`, with the time it belongs to.
   */
  writeIfDue(): Promise<number>
}

class WrittenAlready extends Error {
  override readonly name = 'WrittenAlready'
}

/** The one letter that reporters' acts lead to: at fixed times, so that none of them has a time (`security.md` 4). */
export function createRegularNote({ audited, clock, random, database, outbox, settings }: Service): RegularNote {
  const latest = async (now: Temporal.Instant): Promise<Temporal.Instant | null> => {
    const { calendar, values } = await settings.current()
    const { noteTimes, noteDays } = values.mail
    return latestSlot(now, noteTimes, (date) => noteDays === 'every_day' || calendar.isWorkingDay(date))
  }

  const write = (slot: Temporal.Instant, now: Temporal.Instant): Promise<number> =>
    audited(async (tx) => {
      if ((await takeSlot(tx, cause, slot, now)) === 'taken') throw new WrittenAlready()
      const people = (await readAddressees(tx)).filter(({ wantsNote }) => wantsNote)
      const letters = people.map((person) => staffLetter(cause, person, newId(random), now))
      const written = await outbox.put(tx, cause, letters, now)
      const fields = { round: cause, slot: slot.toString({ smallestUnit: 'second' }) }
      return { value: written, entries: [{ kind: 'mail_round_made', actor: { role: 'system' }, at: now, fields }] }
    })

  return {
    writeIfDue: async () => {
      if (!outbox.setUp) return 0
      const now = clock.now()
      const slot = await latest(now)
      if (slot === null || !(await database.read((tx) => isOpen(tx, cause, slot, now)))) return 0
      return write(slot, now).catch((error: unknown) => {
        if (error instanceof WrittenAlready) return 0
        throw error
      })
    },
  }
}
