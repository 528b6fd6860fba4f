import { tellStaff, type Directory } from '../../accounts/index.ts'
import type { AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, type ConcernId, type DateText, type UserId } from '../../kernel/index.ts'
import type { StaffCause } from '../../notifications/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { lockConcern } from '../concern-store.ts'
import { insertEscalations } from '../acts/escalation-store.ts'
import { insertGrants } from '../sealing/grant-store.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'
import { openDutyRecord } from './duty-record.ts'
import { markSwept } from './last-sweep.ts'
import { standbyGrants } from './standby.ts'
import type { SweepDeps } from './sweep-deps.ts'
import { sweepCovers } from './sweep-covers.ts'
import { horizonOf, stepsDue, type DatedStep, type NoticeStep } from '../../timeliness/index.ts'
import { insertNotices, readClocksOf, readOpenClocks, readSwept, type SweptClock } from './sweep-store.ts'
import { handlersAmong, toldBy, type SweptConcern } from './told-people.ts'

/** So many concerns are looked at in one read. */
const batch = 500

/** Days by which steps are reckoned. */
interface Reckoned {
  readonly settings: Pick<ConcernSettings, 'rules' | 'calendar'>
  readonly today: DateText
  readonly horizon: DateText
  /** Without the duty key nobody can say which leads may be told: their steps wait for it. */
  readonly leadsWait: boolean
}

interface DueStep {
  readonly clock: SweptClock
  readonly due: DatedStep
}

/** Somebody else took the steps meanwhile, or stopped the clocks: nothing is to be written. */
class NothingDue extends Error {
  override readonly name = 'NothingDue'
}

/** What went wrong with single concerns: the clocks of all others do not wait for them. */
const kept =
  (failures: unknown[]) =>
  (error: unknown): number => {
    failures.push(error)
    return 0
  }

/**
 * Looks at every open clock whose date or warning has come, and takes each step that is due once: tells who looks after it that the date is near, and
 * the leads, in the order of the rule, that it has passed. By the clock alone, at fixed times; what was due while nobody looked is made up for.
 * Before that, whoever is away or silent is stood in for (`sweepCovers`). A transaction a concern, in which notice, entry and letter stand or fall together. Returns how many steps were taken.
 * Where one concern cannot be dealt with the others are, then the first such failure is thrown and the sweep does not count as made: readiness says so.
 * Recorded: `clock_warned`, `clock_escalated`, and `access_granted` where the person agreed that the non-executive lead may read it.
 */
export function createSweep(deps: SweepDeps): () => Promise<number> {
  return async () => {
    const [settings, directory] = [await deps.settings.current(), await deps.directory.current()]
    const today = londonDate(deps.clock.now())
    const horizon = horizonOf(settings.rules, settings.calendar, today)
    const reckoned: Reckoned = { settings, today, horizon, leadsWait: deps.dutyKeys === null }
    const failures: unknown[] = []
    let [count, after] = [await sweepCovers(deps, directory, settings, kept(failures)), null as string | null]
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const clocks = await deps.database.read((tx) => readOpenClocks(tx, { ...reckoned, after, limit: batch }))
      const concerns = new Set(dueAmong(clocks, reckoned).map(({ clock }) => clock.concernId))
      // oxlint-disable-next-line no-await-in-loop -- one concern after the other
      for (const id of concerns) count += await sweepConcern(deps, directory, reckoned, id).catch(kept(failures))
      after = clocks.at(-1)?.concernId ?? null
      if (after === null) break
    }
    if (failures.length > 0) throw failures[0]
    await markSwept(deps.database, deps.clock.now())
    return count
  }
}

function dueAmong(clocks: readonly SweptClock[], { settings: { rules, calendar }, today, leadsWait }: Reckoned): DueStep[] {
  return clocks.flatMap((clock) => {
    const rule = rules.find(({ code, version }) => code === clock.code && version === clock.version)
    const due = rule === undefined ? [] : stepsDue(clock, rule, calendar, today, clock.taken)
    return due.filter(({ step }) => !leadsWait || !isLeads(step)).map((step) => ({ clock, due: step }))
  })
}

const isLeads = (step: NoticeStep): step is 'executive_lead' | 'non_executive_lead' =>
  step === 'executive_lead' || step === 'non_executive_lead'

/** All steps of one concern that are due, in one transaction. */
async function sweepConcern(deps: SweepDeps, directory: Directory, reckoned: Reckoned, id: ConcernId): Promise<number> {
  const { audited, clock, random, dutyKeys } = deps
  try {
    return await audited(async (tx) => {
      await lockConcern(tx, id)
      const steps = dueAmong(await readClocksOf(tx, id, reckoned.horizon), reckoned)
      if (steps.length === 0) throw new NothingDue()
      const { sealedDuty, ...rows } = await readSwept(tx, id)
      const duty = sealedDuty === null || dutyKeys === null ? null : openDutyRecord(random, dutyKeys, id, sealedDuty)
      const concern: SweptConcern = { ...rows, duty }
      const now = clock.now()
      const taken = steps.map((each) => ({ ...each, told: toldBy(each.due.step, concern, directory).map((person) => person.id) }))
      const granted = taken.flatMap(({ clock: late, due, told }) => standbyGrants(late.code, due.step, told, duty))

      await insertNotices(tx, steps)
      const handlers = new Set(handlersAmong(concern, directory.people).map((person) => person.id))
      for (const { due, told } of taken)
        await tellLeads(
          deps,
          { tx, id, now },
          due.step,
          told.filter((person) => !handlers.has(person)),
        )
      await insertGrants(tx, granted)
      await writeLetters(deps, tx, taken, now)
      const base = { actor: { role: 'system' }, at: now, concernId: id } as const
      const entries = [...taken.map((each) => entryOf(base, each, directory)), ...grantEntries(base, granted, directory)]
      return { value: steps.length, entries: entries as [AuditDraft, ...AuditDraft[]] }
    })
  } catch (error) {
    if (error instanceof NothingDue) return 0
    throw error
  }
}

async function tellLeads(
  { random }: SweepDeps,
  { tx, id, now }: { readonly tx: Tx; readonly id: ConcernId; readonly now: Temporal.Instant },
  step: NoticeStep,
  people: readonly UserId[],
): Promise<void> {
  if (isLeads(step)) await insertEscalations(tx, random, id, step, people, now)
}

/** One letter a person and cause, however many clocks of the concern it is about. */
async function writeLetters(deps: SweepDeps, tx: Tx, taken: readonly { due: DatedStep; told: readonly UserId[] }[], now: Temporal.Instant) {
  const causes: readonly StaffCause[] = ['deadline_near', 'deadline_passed', 'escalated']
  for (const cause of causes) {
    const people = taken.filter(({ due }) => causeOf(due.step) === cause).flatMap(({ told }) => told)
    // oxlint-disable-next-line no-await-in-loop -- one connection
    await tellStaff(deps, tx, cause, people, now)
  }
}

function causeOf(step: NoticeStep): StaffCause {
  if (step === 'warning') return 'deadline_near'
  return step === 'deputy' ? 'deadline_passed' : 'escalated'
}

type Base = Pick<AuditDraft, 'at'> & { readonly actor: { readonly role: 'system' }; readonly concernId: ConcernId }

function entryOf(base: Base, { clock, due, told }: DueStep & { readonly told: readonly UserId[] }, directory: Directory): AuditDraft {
  const { code, cycle, of, round, dueOn } = clock
  const fields = {
    ...{ clock: code, cycle, of: of === '' ? null : of, round, dueOn, stepOn: due.on },
    person: told.map((person) => directory.find(person)!.alias),
  }
  return due.step === 'warning'
    ? { ...base, kind: 'clock_warned', fields }
    : { ...base, kind: 'clock_escalated', fields: { ...fields, step: due.step } }
}

function grantEntries(base: Base, granted: readonly GrantRow[], directory: Directory): AuditDraft[] {
  return [...new Set(granted.map(({ holder }) => holder as UserId))].map((holder) => ({
    ...base,
    kind: 'access_granted',
    fields: {
      person: directory.find(holder)!.alias,
      compartments: [...new Set(granted.filter((grant) => grant.holder === holder).map(({ kind }) => kind))].toSorted(),
      reasonCode: 'standby',
    },
  }))
}
