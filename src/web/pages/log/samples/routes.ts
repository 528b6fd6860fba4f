import type { Request, Response } from 'express'
import { sampleFixInput, sampleNumbersInput } from '../../../../concerns/index.ts'
import { factsOf, formFields, pathText, readInput, redirect, type FormFields, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { codeFaults, missingCode } from '../../../staff/code.ts'
import type { StaffPageDeps } from '../../../staff/deps.ts'
import { auditors } from '../deps.ts'
import { dateBox } from '../form.ts'
import { showDrawn, showSample, showText } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

/** Concerns that an auditor draws by chance, and what was unlocked of them. */
export function logSampleRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const { staffContext } = deps
  const { samples } = deps.concerns
  const path = '/log/samples/:sampleId'
  return [
    { method: 'get', path: '/log/samples', policy: auditors, handle: (_request, response) => list(response) },
    { method: 'post', path: '/log/samples', policy: auditors, body: 'form', handle: (request, response) => fix(request, response) },
    { method: 'get', path, policy: auditors, handle: (request, response) => show(request, response) },
    { method: 'post', path: `${path}/numbers`, policy: auditors, body: 'form', handle: (request, response) => reveal(request, response) },
    { method: 'get', path: `${path}/:place`, policy: auditors, handle: (request, response) => sendText(pages, deps, request, response) },
  ]

  async function list(response: Response, typed: FormFields | null = null, faults: readonly ShownFault[] = []): Promise<void> {
    const words = wordsIn(factsOf(response).language)
    const shown = (await samples.list(staffContext(response))).map(showSample)
    const boxes = ['commitment', 'count'].map((name) => [name, typed?.one(name) ?? ''])
    const days = ['from', 'to'].map((name) => [name, dateBox(typed?.one(name).trim())])
    pages.send(response, {
      template: 'log/samples/samples.njk',
      title: words.title,
      words,
      view: { samples: shown, typed: Object.fromEntries([...boxes, ...days]) },
      faults,
      wide: true,
    })
  }

  async function fix(request: Request, response: Response): Promise<void> {
    const form = formFields(request)
    const ctx = staffContext(response)
    const { errors } = wordsIn(factsOf(response).language)
    try {
      const { id } = await samples.fix(ctx, readInput(sampleFixInput, typedFix(form)))
      redirect(response, `/log/samples/${id}`)
    } catch (error) {
      const missing = missingCode(form.one('otp'), ctx, errors.otp)
      await list(response, form, codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: errors }), ...missing])
    }
  }

  async function show(request: Request, response: Response, typed = '', faults: readonly ShownFault[] = []): Promise<void> {
    const words = wordsIn(factsOf(response).language)
    const sample = await samples.view(staffContext(response), pathText(request, 'sampleId'))
    const view = { sample: showSample(sample), concerns: sample.concerns.map((each) => showDrawn(each, sample)), typed }
    pages.send(response, { template: 'log/samples/sample.njk', title: words.one.title, words, view, back: '/log/samples', faults })
  }

  async function reveal(request: Request, response: Response): Promise<void> {
    const numbers = formFields(request).one('numbers')
    const { errors } = wordsIn(factsOf(response).language)
    try {
      const { id } = await samples.reveal(staffContext(response), pathText(request, 'sampleId'), readInput(sampleNumbersInput, { numbers }))
      redirect(response, `/log/samples/${id}`)
    } catch (error) {
      await show(request, response, numbers, shownFaults(error, { words: errors }))
    }
  }
}

async function sendText(pages: Pages, { staffContext, concerns }: Deps, request: Request, response: Response): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const id = pathText(request, 'sampleId')
  const opened = await concerns.samples.open(staffContext(response), id, placeOf(pathText(request, 'place')))
  const view = showText(opened)
  pages.send(response, { template: 'log/samples/text.njk', title: words.text.title, words, view, back: `/log/samples/${id}` })
}

const typedFix = (form: FormFields) => ({
  from: form.one('from').trim(),
  to: form.one('to').trim(),
  count: Number(form.one('count').trim()),
  commitment: form.one('commitment'),
  otp: form.one('otp').trim(),
})

/** Refusal `not_found` for what can be no place. */
function placeOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}
