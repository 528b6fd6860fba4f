import type { Request, Response } from 'express'
import type { StaffContext } from '../../accounts/index.ts'
import type { DraftFields } from '../../concerns/index.ts'
import { queryFields, redirect, type FormFields } from '../../http/index.ts'
import { Refusal, type ConcernId, type Fault } from '../../kernel/index.ts'
import { shownFaults, type FaultWords, type ShownFault } from '../layout/index.ts'
import type { StaffPageDeps } from './deps.ts'
import { nothingTyped, typedFrom, type Typed } from './typed.ts'

/** One request at a page with a form that is answered by a redirect: going Back never asks to send it again. */
interface FormVisit {
  readonly concerns: StaffPageDeps['concerns']
  readonly ctx: StaffContext
  readonly request: Request
  readonly response: Response
  readonly form: FormFields
  /** The concern whose page it is; absent on a page of no concern. */
  readonly id?: ConcernId
}

/** What stands in the boxes. `id` is null for a form as it starts; `check` says that it was sent and not taken. */
export interface Drafted {
  readonly id: string | null
  readonly typed: Typed
  readonly check: boolean
}

/** What was typed into the form at `place` before, as the address says; a form as it starts where that is gone or another's. */
export async function draftIn({ concerns, ctx, request }: FormVisit, place: string): Promise<Drafted> {
  const query = queryFields(request)
  const id = query.one('draft')
  const fields = id === '' ? null : await concerns.casework.writtenDrafts.open(ctx, place, id)
  return fields === null ? { id: null, typed: nothingTyped, check: false } : { id, typed: typedFrom(fields), check: query.has('check') }
}

/** What was refused lies beside what was typed: some of it, such as a name that is taken, no second reading of the form can tell. */
const refusedName = 'refused'

/**
 * Keeps what was posted, in place of the draft it came from. At a concern's page the concern is looked for first: what may not be known answers
 * every form like what does not exist. Refusal `not_found`, `permission_denied`.
 */
export async function keepTyped(
  visit: FormVisit,
  place: string,
  names: readonly string[],
  refused: readonly Fault[] = [],
): Promise<string> {
  const { concerns, ctx, form, id: concernId } = visit
  if (concernId !== undefined) await concerns.viewConcern(ctx, concernId)
  const typed = names.flatMap((name) => (form.has(name) ? [[name, form.many(name)] as const] : []))
  const fields: DraftFields = Object.fromEntries([...typed, [refusedName, refused.map((fault) => JSON.stringify(fault))]])
  const id = form.one('draft')
  return concerns.casework.writtenDrafts.keep(ctx, place, fields, id === '' ? undefined : id)
}

/** A form whose typed text has a place of its own while it is not sent. */
export interface DraftedForm {
  readonly place: string
  /** The address of its page. */
  readonly path: string
  readonly names: readonly string[]
}

/**
 * Answers a posted form by a redirect. `act` does what it asks and says where to go on; what is wrong with the input leads back to the form, with
 * everything typed, as "change" does. Other refusals are thrown.
 */
export async function answerForm(visit: FormVisit, { place, path, names }: DraftedForm, act: () => Promise<string>): Promise<void> {
  const again = async (refused: readonly Fault[] | null) => {
    const id = await keepTyped(visit, place, names, refused ?? [])
    redirect(visit.response, draftHref(path, id, refused !== null))
  }
  if (visit.form.has('change')) return again(null)
  let next: string
  try {
    next = await act()
  } catch (error) {
    if (!isAboutInput(error)) throw error
    return again(error.faults)
  }
  redirect(visit.response, next)
}

export function draftHref(path: string, id: string, check = false): string {
  return `${path}${path.includes('?') ? '&' : '?'}draft=${id}${check ? '&check=yes' : ''}`
}

/** The form was taken: nothing of it stays. */
export async function dropTyped({ concerns, ctx, form }: FormVisit): Promise<void> {
  if (form.one('draft') !== '') await concerns.casework.writtenDrafts.drop(ctx, form.one('draft'))
}

/** What is wrong with a form that was sent and not taken: by the reading that refused it, else by what the act itself said. */
export function faultsIn({ check, typed }: Drafted, read: (typed: Typed) => unknown, words: FaultWords = {}): readonly ShownFault[] {
  if (!check) return []
  try {
    read(typed)
    const faults = typed.many(refusedName).map((text) => JSON.parse(text) as Fault)
    return faults.length === 0 ? [] : shownFaults(new Refusal('invalid_input', { faults }), words)
  } catch (error) {
    return shownFaults(error, words)
  }
}

/** True for a refusal that is about what was typed: the form is shown again. All others are answered by the error page. */
export function isAboutInput(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code === 'invalid_input'
}
