import { actionInputs, type ActionInput, type ConcernView, type StepName } from '../../../concerns/index.ts'
import { queryFields, readInput, redirect, type Route } from '../../../http/index.ts'
import { shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../staff/deps.ts'
import { asksForPhrase, phraseView, withPhrase } from '../../staff/phrases.ts'
import { nothingTyped, type Typed } from '../../staff/typed.ts'
import { subPageHref } from '../concern/frame.ts'
import type { ActionFacts, ActionForm, Confirmation } from './action-form.ts'
import { confirmPage, formPage, notOpenPage, type FormState } from './action-pages.ts'
import { isClash } from './clash.ts'

export type ActionDeps = Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'settings'>

interface ActionVisit extends ConcernVisit {
  readonly settings: StaffPageDeps['settings']
}

/** The two routes of an action: its form, and its doing. */
export function routesOf<A extends StepName>(pages: Pages, deps: ActionDeps, form: ActionForm<A>): readonly Route[] {
  const path = `/concerns/:id/actions/${form.action}`
  const { settings } = deps
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => show({ ...visit, settings }, form)) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, (visit) => take({ ...visit, settings }, form)) },
  ]
}

async function show<A extends StepName>(visit: ActionVisit, form: ActionForm<A>): Promise<void> {
  const facts = await factsFor(visit)
  if (isOpen(facts, form)) await draw(visit, form, facts, null)
  else visit.pages.send(visit.response, notOpenPage(form, facts, nothingTyped, null))
}

async function take<A extends StepName>(visit: ActionVisit, form: ActionForm<A>): Promise<void> {
  const typed: Typed = visit.form
  const facts = await factsFor(visit)
  if (form.phrases !== undefined && asksForPhrase(typed)) {
    const put = withPhrase(typed, (await visit.settings.current()).values.snippets, form.phrases)
    return draw(visit, form, facts, put.typed, { faults: put.faults })
  }
  const redrawn = form.reshape?.(typed, facts) ?? (typed.has('change') ? typed : null)
  if (redrawn !== null) return draw(visit, form, facts, redrawn)
  try {
    await confirmOrAct(visit, form, facts)
  } catch (error) {
    if (isClash(error)) return showClash(visit, form)
    const faults = shownFaults(error, { fields: form.fields?.(typed) ?? {}, words: form.words.errors })
    await draw(visit, form, facts, typed, { faults: inFormOrder(faults, form.names(typed)) })
  }
}

async function confirmOrAct<A extends StepName>(visit: ActionVisit, form: ActionForm<A>, facts: ActionFacts): Promise<void> {
  const { concerns, ctx, id, pages, response } = visit
  const input = inputOf(form, visit.form, facts)
  const question = confirmationOf(form, visit.form, facts, input)
  if (question !== null) return pages.send(response, confirmPage(form, facts, visit.form, question))
  const after = await concerns.act(ctx, id, form.action, input)
  redirect(response, `${subPageHref(id, form.after ?? 'overview')}?done=${doneCode(form.action, after)}`)
}

/** The form as the use case's input, by the use case's own schema. Refusal `invalid_input`. */
function inputOf<A extends StepName>(form: ActionForm<A>, typed: Typed, facts: ActionFacts): ActionInput<A> {
  const body = { expectedVersion: Number(typed.one('expectedVersion')), ...form.read(typed, facts) }
  return readInput(actionInputs[form.action], body) as ActionInput<A>
}

/** Asked once, and not where the step is closed already: then the act itself says so. */
function confirmationOf<A extends StepName>(
  form: ActionForm<A>,
  typed: Typed,
  facts: ActionFacts,
  input: ActionInput<A>,
): Confirmation | null {
  if (typed.one('confirmed') === 'yes' || !isOpen(facts, form)) return null
  return form.confirm?.(input, facts) ?? null
}

/** What the next page says was done. A decision that waits for a second person has not been done. */
function doneCode(action: StepName, after: ConcernView): string {
  return action === 'resolve_without_investigation' && after.pendingApproval !== null ? 'approval_asked' : action
}

async function showClash<A extends StepName>(visit: ActionVisit, form: ActionForm<A>): Promise<void> {
  const facts = await factsFor(visit)
  const clashSince = visit.form.one('seen')
  if (isOpen(facts, form)) await draw(visit, form, facts, visit.form, { clashSince })
  else visit.pages.send(visit.response, notOpenPage(form, facts, visit.form, clashSince))
}

/** Sends the form: with what was typed, or with `null` as it starts. */
async function draw<A extends StepName>(
  visit: ActionVisit,
  form: ActionForm<A>,
  facts: ActionFacts,
  typed: Typed | null,
  state: FormState = {},
): Promise<void> {
  const content = await visit.concerns.viewContent(visit.ctx, visit.id)
  const start = typed ?? form.start?.(facts, content, queryFields(visit.request)) ?? nothingTyped
  const phrases = form.phrases === undefined ? null : phraseView((await visit.settings.current()).values.snippets, form.phrases)
  visit.pages.send(visit.response, formPage(form, facts, content, start, { ...state, phrases }))
}

/** The summary goes down the page as the eye does, whatever order the schema found the faults in. */
function inFormOrder(faults: readonly ShownFault[], names: readonly string[]): readonly ShownFault[] {
  const place = ({ field }: ShownFault) => (names.includes(field) ? names.indexOf(field) : names.length)
  return faults.toSorted((a, b) => place(a) - place(b))
}

const isOpen = ({ concern }: ActionFacts, { action }: { readonly action: StepName }): boolean => concern.allowedActions.includes(action)

async function factsFor({ concerns, ctx, id }: ConcernVisit): Promise<ActionFacts> {
  const choices = await concerns.listChoices(ctx, id)
  const concern = await concerns.viewConcern(ctx, id)
  return { concern, choices, writer: ctx.person }
}
