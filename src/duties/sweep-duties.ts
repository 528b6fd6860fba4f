import { readAway, tellStaff, type Directory } from '../accounts/index.ts'
import type { AuditDraft, AuditedTransaction } from '../audit/index.ts'
import type { Database } from '../database/index.ts'
import { instantText, londonDate, type Clock, type Random } from '../kernel/index.ts'
import type { Outbox, StaffCause } from '../notifications/index.ts'
import type { Settings } from '../settings/index.ts'
import type { NoticeStep } from '../timeliness/index.ts'
import type { DutyReading, Reckoning } from './duty.ts'
import { insertNotices, lockDuties, readRegister } from './duty-store.ts'
import { dutyStepsDue, type DutyStepDue } from './duty-steps.ts'
import { markDutiesSwept } from './last-sweep.ts'
import { readAll } from './register.ts'
import { toldOf } from './told-people.ts'

export interface DutySweepDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
  readonly directory: { current(): Promise<Directory> }
  readonly settings: { current(): Promise<Pick<Settings, 'rules' | 'calendar'>> }
  readonly outbox: Outbox
}

/** Somebody else took the steps meanwhile, or the duty was done: nothing is to be written. */
class NothingDue extends Error {
  override readonly name = 'NothingDue'
}

/**
 * Looks at every open duty and takes each step that is due once: tells who keeps the register that a date is near, and the chain of its rule, in its
 * order, that it has passed. What runs in hours is told at any hour, the others by day; what was due while nobody looked is made up for. A transaction a
 * duty, in which notice, entry and letter stand or fall together. Where one duty cannot be dealt with the others are, then the first such failure is
 * thrown and the sweep does not count as made. Returns how many steps were taken. Recorded: `duty_warned`, `duty_escalated`.
 */
export function createDutySweep(deps: DutySweepDeps): () => Promise<number> {
  return async () => {
    const [{ rules, calendar }, directory, now] = [await deps.settings.current(), await deps.directory.current(), deps.clock.now()]
    const by: Reckoning = { rules, calendar, now, today: londonDate(now) }
    const all = readAll(await deps.database.read((tx) => readRegister(tx, { open: true })), by)
    let count = 0
    const failures: unknown[] = []
    for (const { id } of all.filter((duty) => dutyStepsDue(duty, by).length > 0)) {
      // oxlint-disable-next-line no-await-in-loop -- one duty after the other
      const taken = await sweepDuty(deps, directory, by, id).catch((error: unknown) => void failures.push(error))
      count += taken ?? 0
    }
    if (failures.length > 0) throw failures[0]
    await markDutiesSwept(deps.database, now)
    return count
  }
}

/** All steps of one duty that are due, in one transaction. */
async function sweepDuty(deps: DutySweepDeps, directory: Directory, by: Reckoning, id: string): Promise<number> {
  try {
    return await deps.audited(async (tx) => {
      await lockDuties(tx)
      const [duty] = readAll(await readRegister(tx, { id }), by)
      const steps = duty === undefined ? [] : dutyStepsDue(duty, by)
      if (duty === undefined || steps.length === 0) throw new NothingDue()
      const away = await readAway(tx, by.today)
      await insertNotices(tx, duty, steps)
      const entries: AuditDraft[] = []
      for (const due of steps) {
        const told = toldOf(due.step, directory, away)
        // oxlint-disable-next-line no-await-in-loop -- one connection
        await tellStaff(
          deps,
          tx,
          causeOf(due.step),
          told.map((person) => person.id),
          by.now,
        )
        const aliases = told.map(({ alias }) => alias)
        entries.push(entryOf(duty, due, aliases, by.now))
      }
      return { value: steps.length, entries: entries as [AuditDraft, ...AuditDraft[]] }
    })
  } catch (error) {
    if (error instanceof NothingDue) return 0
    throw error
  }
}

function causeOf(step: NoticeStep): StaffCause {
  if (step === 'warning') return 'deadline_near'
  return step === 'deputy' ? 'deadline_passed' : 'escalated'
}

function entryOf(
  { id, code, dueOn, dueAt }: DutyReading,
  { step, on, at }: DutyStepDue,
  person: readonly string[],
  now: Temporal.Instant,
): AuditDraft {
  const base = { actor: { role: 'system' }, at: now } as const
  const instants = { ...(dueAt !== null && { dueAt: instantText(dueAt) }), ...(at !== null && { stepAt: instantText(at) }) }
  const fields = { duty: id, code, dueOn, stepOn: on, ...instants, person }
  return step === 'warning' ? { ...base, kind: 'duty_warned', fields } : { ...base, kind: 'duty_escalated', fields: { ...fields, step } }
}
