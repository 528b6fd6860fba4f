import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { StaffContext } from '../../../accounts/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import type { MovedDeadline } from '../../../settings/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { withFreshCode } from '../../staff/step-up.ts'
import { typedFrom, type Typed } from '../../staff/typed.ts'
import { movedView } from './moved-view.ts'
import { words as english, type SettingsWords } from './words.en.ts'

export const administratorOnly = staffOnly('administrator')
const settingsWords = pageWords({ en: english })

export type SettingsPageDeps = Pick<StaffPageDeps, 'staffContext' | 'accounts' | 'settingsAdministration'>

/** One request of an administrator. */
export interface SettingsVisit {
  readonly pages: Pages
  readonly settings: StaffPageDeps['settingsAdministration']
  readonly accounts: SettingsPageDeps['accounts']
  readonly ctx: StaffContext
  readonly request: Request
  readonly response: Response
  readonly words: SettingsWords
}

/** Runs a handler for an administrator's request. */
export function visitingSettings(pages: Pages, deps: SettingsPageDeps, handle: (visit: SettingsVisit) => Promise<void>): Route['handle'] {
  return (request, response) =>
    handle({
      pages,
      settings: deps.settingsAdministration,
      accounts: deps.accounts,
      ctx: deps.staffContext(response),
      request,
      response,
      words: settingsWords(factsOf(response).language),
    })
}

/** One change of a setting as a page: what stands in its boxes, how they become the use case's input, and what is done with it. */
export interface FormPage<Schema extends z.ZodType, State> {
  readonly path: string
  readonly back: string
  readonly template: string
  readonly title: (words: SettingsWords, state: State) => string
  /** What the form is drawn from. Refusal `not_found`. */
  readonly load: (visit: SettingsVisit) => Promise<State>
  readonly seen: (state: State) => string
  /** The use case's own schema. */
  readonly schema: Schema
  /** What stands in the boxes at first. */
  readonly start: (state: State) => Readonly<Record<string, string | readonly string[]>>
  /** The input beside what every change says. */
  readonly body: (typed: Typed, state: State) => Readonly<Record<string, unknown>>
  readonly perform: (visit: SettingsVisit, input: z.output<Schema>, state: State) => Promise<unknown>
  readonly view?: (state: State, typed: Typed, visit: SettingsVisit) => object
  /** JSON Pointer → id of the control, where it is not the pointer's own path. */
  readonly fields?: Readonly<Record<string, string>>
  /** Which of the notices says that it is done, and on which page. */
  readonly done: keyof SettingsWords['notices']
  readonly to: string
  /** What it would do, open deadlines that move among it: shown before the change can be saved. Refusal `invalid_input`. */
  readonly preview?: (visit: SettingsVisit, typed: Typed) => Promise<Previewed>
  /** A button that only draws the form again: it wants to see how a text reads, or a header looks. */
  readonly drawsAgain?: string
  /** A form with a small file in it. */
  readonly takesFile?: true
}

/** Open deadlines that would move, and what else there is to say beforehand. */
export interface Previewed {
  readonly moved: readonly MovedDeadline[]
  readonly notes?: readonly string[]
}

interface Drawn {
  readonly faults?: readonly ShownFault[]
  readonly moved?: Previewed
  readonly clash?: boolean
}

export function formPageRoutes<Schema extends z.ZodType, State>(
  pages: Pages,
  deps: SettingsPageDeps,
  page: FormPage<Schema, State>,
): readonly Route[] {
  const { path } = page
  const show = async (visit: SettingsVisit) => {
    const state = await page.load(visit)
    draw(visit, page, state, typedFrom({ ...page.start(state), seen: page.seen(state) }))
  }
  const take = async (visit: SettingsVisit) => answer(visit, page, await page.load(visit), formFields(visit.request))
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, show) },
    {
      method: 'post',
      path,
      policy: administratorOnly,
      body: page.takesFile ? 'upload' : 'form',
      handle: visitingSettings(pages, deps, take),
    },
  ]
}

async function answer<Schema extends z.ZodType, State>(
  visit: SettingsVisit,
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
): Promise<void> {
  if (typed.has('change') || (page.drawsAgain !== undefined && typed.has(page.drawsAgain))) return draw(visit, page, state, typed)
  try {
    if (page.preview !== undefined && !hasBeenPreviewed(page, state, typed))
      return draw(visit, page, state, typed, { moved: await page.preview(visit, typed) })
    await perform(visit, page, state, typed)
  } catch (error) {
    await drawRefused(visit, page, state, typed, error)
  }
}

async function perform<Schema extends z.ZodType, State>(
  visit: SettingsVisit,
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
): Promise<void> {
  const { accounts, ctx, response } = visit
  const input = readInput(page.schema, { ...page.body(typed, state), seen: typed.one('seen'), reason: typed.one('reason') })
  const fresh = await withFreshCode(accounts, ctx, typed.one('otp'))
  await page.perform({ ...visit, ctx: fresh }, input, state)
  redirect(response, `${page.to}?done=${page.done}`)
}

async function drawRefused<Schema extends z.ZodType, State>(
  visit: SettingsVisit,
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
  error: unknown,
): Promise<void> {
  const { errors } = visit.words
  if (error instanceof Refusal && error.code === 'setting_changed')
    // Drawn from what is there now, so that sending it again can work
    return draw(visit, page, await page.load(visit), typed, { clash: true, faults: [{ field: 'changed', text: errors.changed }] })
  // The first of two steps has no box for a code
  const missing = hasBeenPreviewed(page, state, typed) ? missingCode(typed.one('otp'), visit.ctx, errors.otp) : []
  const fields = { '/seen': 'nothing-changed', ...page.fields }
  const faults = codeFaults(error, errors.otp) ?? [...shownFaults(error, { fields, words: errors.fields }), ...missing]
  const moved = await movedAgain(visit, page, state, typed)
  draw(visit, page, state, typed, { faults, ...(moved !== null && { moved }) })
}

/** A change that was previewed is shown with its preview after a fault too: what it does may be other by now. */
async function movedAgain<Schema extends z.ZodType, State>(
  visit: SettingsVisit,
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
): Promise<Previewed | null> {
  if (page.preview === undefined || !hasBeenPreviewed(page, state, typed)) return null
  try {
    return await page.preview(visit, typed)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_input') return null
    throw error
  }
}

function draw<Schema extends z.ZodType, State>(
  visit: SettingsVisit,
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
  { faults = [], moved, clash = false }: Drawn = {},
): void {
  const { pages, response, words, ctx } = visit
  const title = page.title(words, state)
  const previewed = page.preview === undefined ? null : movedOrKept(page, state, typed, moved)
  pages.send(response, {
    template: page.template,
    title,
    words,
    view: {
      heading: title,
      action: page.path.includes(':') ? visit.request.path : page.path,
      seen: seenOf(page, state, typed, clash),
      clash,
      nothingChanged: faults.some(({ field }) => field === 'nothing-changed'),
      reason: typed.one('reason'),
      asksCode: !ctx.steppedUp,
      enctype: page.takesFile ? 'multipart/form-data' : undefined,
      previews: page.preview !== undefined,
      previewed,
      moved: previewView(moved),
      values: Object.fromEntries(Object.keys(page.start(state)).map((name) => [name, typed.one(name)])),
      ...page.view?.(state, typed, visit),
    },
    back: page.back,
    faults: inFormOrder(faults, [...Object.keys(page.start(state)), 'reason', 'otp']),
    ...(visit.request.method === 'GET' && noticeOf(visit)),
    ...(clash && { status: 409 }),
  })
}

/** From what there is now, where somebody else was first. */
function seenOf<Schema extends z.ZodType, State>(page: FormPage<Schema, State>, state: State, typed: Typed, clash: boolean): string {
  return clash || !typed.has('seen') ? page.seen(state) : typed.one('seen')
}

function previewView(moved: Previewed | undefined): object | null {
  return moved === undefined ? null : { ...movedView(moved.moved), notes: moved.notes ?? [] }
}

/** The summary goes down the page as the eye does, whatever order the schema found the faults in. */
function inFormOrder(faults: readonly ShownFault[], names: readonly string[]): readonly ShownFault[] {
  const place = ({ field }: ShownFault) => (names.includes(field) ? names.indexOf(field) : -1)
  return faults.toSorted((a, b) => place(a) - place(b))
}

/** What a preview was made of: with another change in the boxes it has to be made anew. */
function markOf<Schema extends z.ZodType, State>(page: FormPage<Schema, State>, state: State, typed: Typed): string {
  return JSON.stringify(page.body(typed, state))
}

/** Whether this very change was shown with what it would do, which a page without a preview does not. */
const hasBeenPreviewed = <Schema extends z.ZodType, State>(page: FormPage<Schema, State>, state: State, typed: Typed): boolean =>
  page.preview === undefined || typed.one('previewed') === markOf(page, state, typed)

function movedOrKept<Schema extends z.ZodType, State>(
  page: FormPage<Schema, State>,
  state: State,
  typed: Typed,
  moved: Previewed | undefined,
): string | null {
  const mark = markOf(page, state, typed)
  return moved !== undefined || typed.one('previewed') === mark ? mark : null
}

/** The notice of `?done=…`, for the page that a change leads to. */
export function noticeOf(visit: SettingsVisit): { readonly notice?: string } {
  const done = queryFields(visit.request).one('done')
  const { notices } = visit.words
  return Object.hasOwn(notices, done) ? { notice: notices[done as keyof typeof notices] } : {}
}
