import type { Request, Response } from 'express'
import {
  dutyBeginning,
  dutyDone,
  dutyExtension,
  dutyPause,
  dutyReaders,
  dutyRecorders,
  extensionReasons,
  pauseReasons,
  type DutyAct,
  type DutyReading,
} from '../../../duties/index.ts'
import {
  factsOf,
  formFields,
  pathText,
  queryFields,
  readInput,
  redirect,
  staffOnly,
  type FormFields,
  type Route,
} from '../../../http/index.ts'
import { hasRole, readId, Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { codeOptions } from '../../staff/options.ts'
import { nothingTyped, valuesOf } from '../../staff/typed.ts'
import { actTyped, beginningTyped, fields } from './form.ts'
import { dutyView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const recorders = staffOnly(...dutyRecorders)
const readers = staffOnly(...dutyReaders)
const boxes = ['on-day', 'on-month', 'on-year', 'time', 'due-day', 'due-month', 'due-year', 'until-day', 'until-month', 'until-year']

type Deps = Pick<StaffPageDeps, 'duties' | 'staffContext'>

/** What the organisation owes as a whole: the list, a page to begin one, and each one's own. */
export function dutyRoutes(pages: Pages, deps: Deps): readonly Route[] {
  return [
    { method: 'get', path: '/duties', policy: readers, handle: (request, response) => list(pages, deps, request, response) },
    { method: 'get', path: '/duties/new', policy: recorders, handle: (_request, response) => showNew(pages, response) },
    {
      method: 'post',
      path: '/duties/new',
      policy: recorders,
      body: 'form',
      handle: (request, response) => begin(pages, deps, request, response),
    },
    { method: 'get', path: '/duties/:dutyId', policy: recorders, handle: (request, response) => showOne(pages, deps, request, response) },
    ...(['done', 'pause', 'resume', 'extend'] as const).map((act): Route => ({
      method: 'post',
      path: `/duties/:dutyId/${act}`,
      policy: recorders,
      body: 'form',
      handle: (request, response) => perform(pages, deps, act, request, response),
    })),
  ]
}

async function list(pages: Pages, { duties, staffContext }: Deps, request: Request, response: Response): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const ctx = staffContext(response)
  const all = await duties.list(ctx)
  const shown = (open: boolean) => all.filter((duty) => duty.open.length > 0 === open).map((duty) => dutyView(duty, words))
  const done = queryFields(request).one('done')
  pages.send(response, {
    template: 'duties/list.njk',
    title: words.title,
    words,
    view: { open: shown(true), done: shown(false), records: hasRole(ctx.person, ...dutyRecorders) },
    ...(Object.hasOwn(words.notices, done) && { notice: words.notices[done as keyof typeof words.notices] }),
  })
}

function showNew(pages: Pages, response: Response, typed: FormFields = nothingTyped, faults: readonly ShownFault[] = []): void {
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'duties/new.njk',
    title: words.new.title,
    words,
    view: { codes: codeOptions(words.new.codes, typed.many('code')), values: valuesOf(typed, boxes) },
    back: '/duties',
    faults,
  })
}

async function begin(pages: Pages, { duties, staffContext }: Deps, request: Request, response: Response): Promise<void> {
  const typed = formFields(request)
  try {
    await duties.begin(staffContext(response), readInput(dutyBeginning, beginningTyped(typed)))
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    return showNew(pages, response, typed, shownFaults(error, { fields, words: errors }))
  }
  redirect(response, '/duties?done=begun')
}

async function openDuty({ duties, staffContext }: Deps, request: Request, response: Response): Promise<DutyReading> {
  const id = readId(pathText(request, 'dutyId'))
  const duty = id === null ? undefined : (await duties.list(staffContext(response))).find((each) => each.id === id)
  if (duty === undefined) throw new Refusal('not_found')
  return duty
}

async function showOne(
  pages: Pages,
  deps: Deps,
  request: Request,
  response: Response,
  { act, typed, faults }: { readonly act: DutyAct | null; readonly typed: FormFields; readonly faults: readonly ShownFault[] } = nothingYet,
): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const duty = await openDuty(deps, request, response)
  const chosen = (of: DutyAct) => (act === of ? typed.many('reasonCode') : [])
  pages.send(response, {
    template: 'duties/duty.njk',
    title: duty.label,
    words,
    view: {
      ...dutyView(duty, words),
      acts: Object.fromEntries(duty.open.map((open) => [open, true])),
      inHours: duty.startedAt !== null,
      recurs: duty.code === 'T15' || duty.code === 'T16',
      action: `/duties/${duty.id}`,
      act,
      values: valuesOf(typed, boxes),
      pauseReasons: codeOptions(pick(words.pauseForm.reasons, pauseReasons), chosen('pause')),
      extensionReasons: codeOptions(pick(words.extendForm.reasons, extensionReasons), chosen('extend')),
    },
    back: '/duties',
    faults,
  })
}

const nothingYet = { act: null, typed: nothingTyped, faults: [] } as const

const pick = <Code extends string>(labels: Readonly<Record<Code, string>>, codes: readonly Code[]) =>
  Object.fromEntries(codes.map((code) => [code, labels[code]]))

async function perform(pages: Pages, deps: Deps, act: DutyAct, request: Request, response: Response): Promise<void> {
  const { duties, staffContext } = deps
  const { id, startedAt } = await openDuty(deps, request, response)
  const typed = formFields(request)
  const ctx = staffContext(response)
  const given = actTyped(act, typed, startedAt !== null)
  const acts: Readonly<Record<DutyAct, () => Promise<DutyReading>>> = {
    done: () => duties.done(ctx, id, readInput(dutyDone, given)),
    pause: () => duties.pause(ctx, id, readInput(dutyPause, given)),
    resume: () => duties.resume(ctx, id),
    extend: () => duties.extend(ctx, id, readInput(dutyExtension, given)),
  }
  try {
    await acts[act]()
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    return showOne(pages, deps, request, response, { act, typed, faults: shownFaults(error, { fields, words: errors }) })
  }
  redirect(response, `/duties?done=${act}`)
}
