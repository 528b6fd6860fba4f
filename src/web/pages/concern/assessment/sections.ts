import {
  assessmentInput,
  assessmentSections,
  disclosureKinds,
  type AssessmentContent,
  type AssessmentInput,
} from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import type { Typed } from '../../../staff/typed.ts'

/** The pages of the form in their order, by the end of their address. The last one saves. */
export const sections = ['information', 'kinds', 'belief', 'public-interest', 'made-to', 'worker-status', 'result'] as const
export type Section = (typeof sections)[number]

/** Section → the field of the use case's input. */
const fieldOf = {
  information: 'information',
  kinds: 'kinds',
  belief: 'belief',
  'public-interest': 'publicInterest',
  'made-to': 'madeTo',
  'worker-status': 'workerStatus',
} as const satisfies Record<Exclude<Section, 'result'>, keyof AssessmentContent>

const kindName = (kind: string): string => `kind-${kind}`

/** The boxes of each page. */
export const namesOf: Readonly<Record<Section, readonly string[]>> = {
  information: ['information', 'information-reason', 'information-when'],
  kinds: [...disclosureKinds.map(kindName), 'kinds-reason'],
  belief: ['belief', 'belief-reason'],
  'public-interest': ['publicInterest', 'publicInterest-reason'],
  'made-to': ['madeTo', 'madeTo-reason'],
  'worker-status': ['workerStatus', 'workerStatus-reason'],
  result: ['status', 'note'],
}

/** What a page holds, read by the use case's own schema; undefined where it was left open. Refusal `invalid_input`. */
export function readSection(section: Exclude<Section, 'result'>, typed: Typed): unknown {
  const given = givenIn(section, typed)
  return given === undefined ? undefined : readInput(assessmentSections[fieldOf[section]], given)
}

/** The whole form. Refusal `invalid_input`. */
export function readAssessment(typed: Typed): AssessmentInput {
  const parts = sections.flatMap((section) => {
    const given = section === 'result' ? undefined : givenIn(section, typed)
    return given === undefined || section === 'result' ? [] : [[fieldOf[section], given] as const]
  })
  const note = typed.one('note').trim()
  return readInput(assessmentInput, {
    ...Object.fromEntries(parts),
    status: typed.has('status') ? typed.one('status') : undefined,
    ...(note !== '' && { note }),
    follows: Number(typed.one('follows')),
  })
}

/** A fault of a page → its box. */
export function faultFields(section: Section): Readonly<Record<string, string>> {
  if (section === 'result') return {}
  if (section === 'kinds') return { '/answers': kindName(disclosureKinds[0]), '/reason': 'kinds-reason' }
  const field = fieldOf[section]
  return { '/answer': field, '/route': field, '/reason': `${field}-reason`, '/when': `${field}-when` }
}

function givenIn(section: Exclude<Section, 'result'>, typed: Typed): object | undefined {
  if (section === 'kinds') return kindsIn(typed)
  const field = fieldOf[section]
  const answer = typed.one(field)
  const rest = {
    ...textIn(typed, `${field}-reason`, 'reason'),
    ...(section === 'information' && textIn(typed, 'information-when', 'when')),
  }
  if (answer === '' && Object.keys(rest).length === 0) return undefined
  return { [section === 'made-to' ? 'route' : 'answer']: answer === '' ? undefined : answer, ...rest }
}

function kindsIn(typed: Typed): object | undefined {
  const answers = disclosureKinds.flatMap((kind) => (typed.one(kindName(kind)) === '' ? [] : [{ kind, answer: typed.one(kindName(kind)) }]))
  const reason = textIn(typed, 'kinds-reason', 'reason')
  return answers.length === 0 && Object.keys(reason).length === 0 ? undefined : { answers, ...reason }
}

function textIn(typed: Typed, name: string, as: string): Record<string, string> {
  return typed.one(name).trim() === '' ? {} : { [as]: typed.one(name) }
}

/** A saved version as the form's boxes, to go on from it. */
export function boxesOf(content: AssessmentContent | null, follows: number): Record<string, string[]> {
  const boxes: Record<string, string[]> = { follows: [String(follows)] }
  const put = (name: string, text: string | undefined) => {
    if (text !== undefined) boxes[name] = [text]
  }
  if (content === null) return boxes
  for (const field of ['information', 'belief', 'publicInterest', 'workerStatus'] as const) {
    put(field, content[field]?.answer)
    put(`${field}-reason`, content[field]?.reason)
  }
  put('information-when', content.information?.when)
  for (const { kind, answer } of content.kinds?.answers ?? []) put(kindName(kind), answer)
  put('kinds-reason', content.kinds?.reason)
  put('madeTo', content.madeTo?.route)
  put('madeTo-reason', content.madeTo?.reason)
  return boxes
}
