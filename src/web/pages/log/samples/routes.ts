import type { Request, Response } from 'express'
import { sampleDrawInput } from '../../../../concerns/index.ts'
import { factsOf, formFields, pathText, readInput, redirect, type FormFields, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { codeFaults, missingCode } from '../../../staff/code.ts'
import type { StaffPageDeps } from '../../../staff/deps.ts'
import { auditors } from '../deps.ts'
import { dateBox } from '../form.ts'
import { showBase, showDraw, showDrawn, showText } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

/** Concerns that an auditor draws by chance, and what was unlocked of them. */
export function logSampleRoutes(pages: Pages, { staffContext, concerns }: Deps): readonly Route[] {
  const { samples } = concerns
  return [
    { method: 'get', path: '/log/samples', policy: auditors, handle: (_request, response) => list(response) },
    { method: 'post', path: '/log/samples', policy: auditors, body: 'form', handle: (request, response) => draw(request, response) },
    { method: 'get', path: '/log/samples/:sampleId', policy: auditors, handle: (request, response) => show(request, response) },
    { method: 'get', path: '/log/samples/:sampleId/:place', policy: auditors, handle: (request, response) => open(request, response) },
  ]

  async function list(response: Response, typed: FormFields | null = null, faults: readonly ShownFault[] = []): Promise<void> {
    const words = wordsIn(factsOf(response).language)
    const { draws, base } = await samples.list(staffContext(response), sizeIn(typed))
    const boxes = ['numbers', 'count'].map((name) => [name, typed?.one(name) ?? ''])
    const days = ['from', 'to'].map((name) => [name, dateBox(typed?.one(name).trim())])
    pages.send(response, {
      template: 'log/samples/samples.njk',
      title: words.title,
      words,
      view: { base: showBase(base), draws: draws.map(showDraw), typed: Object.fromEntries([...boxes, ...days]) },
      faults,
      wide: true,
    })
  }

  async function draw(request: Request, response: Response): Promise<void> {
    const form = formFields(request)
    const ctx = staffContext(response)
    const { errors } = wordsIn(factsOf(response).language)
    try {
      const { id } = await samples.draw(ctx, readInput(sampleDrawInput, typedDraw(form)))
      redirect(response, `/log/samples/${id}`)
    } catch (error) {
      const missing = missingCode(form.one('otp'), ctx, errors.otp)
      const faults = codeFaults(error, errors.otp) ?? [...shownFaults(error, { fields: { '/size': 'numbers' }, words: errors }), ...missing]
      await list(response, form, faults)
    }
  }

  async function show(request: Request, response: Response): Promise<void> {
    const words = wordsIn(factsOf(response).language)
    const sample = await samples.view(staffContext(response), pathText(request, 'sampleId'))
    const view = { sample: showDraw(sample), concerns: sample.concerns.map((each) => showDrawn(each, sample)) }
    pages.send(response, { template: 'log/samples/sample.njk', title: words.one.title, words, view, back: '/log/samples' })
  }

  async function open(request: Request, response: Response): Promise<void> {
    const words = wordsIn(factsOf(response).language)
    const id = pathText(request, 'sampleId')
    const opened = await samples.open(staffContext(response), id, placeOf(pathText(request, 'place')))
    pages.send(response, {
      template: 'log/samples/text.njk',
      title: words.text.title,
      words,
      view: showText(opened),
      back: `/log/samples/${id}`,
    })
  }
}

const typedDraw = (form: FormFields) => ({
  size: Number(form.one('size')),
  from: form.one('from').trim(),
  to: form.one('to').trim(),
  numbers: form.one('numbers'),
  count: Number(form.one('count').trim()),
  otp: form.one('otp').trim(),
})

/** The checkpoint that a form was shown with: numbers that are thrown already came after that one, and after no later one. */
function sizeIn(typed: FormFields | null): number | undefined {
  const text = typed?.one('size') ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

/** Refusal `not_found` for what can be no place. */
function placeOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}
