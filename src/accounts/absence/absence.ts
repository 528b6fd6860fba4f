import { z } from 'zod'
import { hasRole, invalid, londonDate, readDate, readId, Refusal, type DateText, type UserId } from '../../kernel/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { assertStands } from '../people/person-acts.ts'
import { actorOf, type StaffContext } from '../person.ts'
import { findListed, readPeople } from '../person-store.ts'
import { deleteAbsence, insertAbsence, readAbsences } from './absence-store.ts'

const day = z
  .string()
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Give a real date.' })
  .transform((text) => text as DateText)

export const absenceInput = z.strictObject({
  from: day.meta({ description: 'The first day away, YYYY-MM-DD.' }),
  to: day.meta({ description: 'The last day away.' }),
  person: z
    .string()
    .meta({ description: 'For administrators: a guardian. Absent: yourself.', format: 'uuid' })
    .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the guardians.' })
    .transform((text) => text as UserId)
    .optional(),
})
export type AbsenceInput = z.output<typeof absenceInput>

export interface ShownAbsence {
  readonly id: string
  readonly person: { readonly id: UserId; readonly name: string }
  readonly from: DateText
  readonly to: DateText
}

export interface ShownAbsences {
  readonly items: readonly ShownAbsence[]
  /** Whom the viewer may enter one for: oneself, or for administrators every guardian. */
  readonly people: readonly { readonly id: UserId; readonly name: string }[]
}

/** At most so far ahead, in days: a typing error in the year must not take somebody's concerns away for ever. As far back: who fell ill may be entered late. */
const farthest = 366

/**
 * The days on which guardians are away: a colleague who holds the keys already then looks after what they own (`security.md` 2). A guardian's own, and for
 * administrators everybody's. Refusal `permission_denied` for others.
 */
export function createAbsences({ database, audited, clock, random }: AccountsDeps) {
  const guardians = (tx: Parameters<typeof readPeople>[0]) =>
    readPeople(tx).then((people) => people.filter((person) => hasRole(person, 'guardian')))

  const view = async (ctx: StaffContext): Promise<ShownAbsences> => {
    assertMay(ctx)
    const all = hasRole(ctx.person, 'administrator')
    return database.read(async (tx) => {
      const people = (await guardians(tx)).map(({ id, name }) => ({ id, name })).filter(({ id }) => all || id === ctx.person.userId)
      const absences = await readAbsences(tx, londonDate(clock.now()), all ? null : ctx.person.userId)
      const items = absences.flatMap(({ personId, ...absence }) => {
        const person = people.find(({ id }) => id === personId)
        return person === undefined ? [] : [{ ...absence, person }]
      })
      return { items, people }
    })
  }

  /** Recorded: `absence_entered`. Refusal `invalid_input`. */
  const enter = async (ctx: StaffContext, { from, to, person }: AbsenceInput): Promise<string> => {
    assertMay(ctx)
    const now = clock.now()
    const today = londonDate(now)
    const personId = person ?? ctx.person.userId
    if (to < from) throw invalid('/to', 'before_the_first', 'The last day cannot be before the first.')
    if (to < today) throw invalid('/to', 'in_the_past', 'The last day is over.')
    if (Temporal.PlainDate.from(from).until(today).days > farthest)
      throw invalid('/from', 'too_long_ago', 'Give a first day of the last year.')
    if (Temporal.PlainDate.from(today).until(to).days > farthest) throw invalid('/to', 'too_far', 'Give days within a year.')
    return audited(async (tx) => {
      await assertStands(tx, ctx)
      const listed = (await guardians(tx)).find(({ id }) => id === personId)
      if (listed === undefined || !isTheirs(ctx, personId)) throw invalid('/person', 'not_an_option', 'Choose one of the guardians.')
      const id = await insertAbsence(tx, random, { personId, from, to }, ctx.person.userId)
      const fields = { person: listed.alias, from, to }
      return { value: id, entries: [{ kind: 'absence_entered', actor: actorOf(ctx.person), at: now, fields }] }
    })
  }

  /** Takes one back, or ends it early. Recorded: `absence_removed`. Refusal `not_found`. */
  const remove = async (ctx: StaffContext, id: string): Promise<void> => {
    assertMay(ctx)
    await audited(async (tx) => {
      await assertStands(tx, ctx)
      const gone = await deleteAbsence(tx, id)
      const person = gone && (await findListed(tx, gone.personId))
      if (gone === null || person === null || !isTheirs(ctx, gone.personId)) throw new Refusal('not_found')
      const fields = { person: person.alias, from: gone.from, to: gone.to }
      return { value: undefined, entries: [{ kind: 'absence_removed', actor: actorOf(ctx.person), at: clock.now(), fields }] }
    })
  }
  return { view, enter, remove }
}

function assertMay({ person }: StaffContext): void {
  if (!hasRole(person, 'guardian', 'administrator')) throw new Refusal('permission_denied')
}

const isTheirs = ({ person }: StaffContext, id: UserId): boolean => person.userId === id || hasRole(person, 'administrator')
