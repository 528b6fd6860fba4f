import { labels } from '../../../../workflow/index.ts'
import { codeOptions, labelOf } from '../../../staff/options.ts'
import { typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm, type Choices } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['title', 'riskGrade', 'elements', 'decision', 'consent', 'conflict', 'note'] as const

/** A category of the organisation's own; the others carry the codes of the official elements. */
const isLocal = (code: string): boolean => code.startsWith('c-')

/** What is offered today, and what stands ticked though it is offered no more. */
function offered({ categories }: Choices, ticked: readonly string[]): Readonly<Record<string, string>> {
  const today = Object.fromEntries(categories.map(({ code, label }) => [code, label]))
  const ended = ticked.filter((code) => !Object.hasOwn(today, code))
  return { ...today, ...Object.fromEntries(ended.map((code) => [code, labelOf(labels.elements, code)])) }
}

export const triageForm: ActionForm<'triage'> = {
  action: 'triage',
  template: 'actions/triage/triage.njk',
  words,
  names: () => names,
  start: ({ concern }, content) =>
    typedFrom({
      // Nobody can agree to share a name that nobody gave
      ...(concern.openness === 'anonymous' && { consent: ['not_applicable'] }),
      elements: [...content.elements, ...content.categories.map(({ code }) => code)],
    }),
  read: (typed) => ({
    title: typed.one('title'),
    riskGrade: typed.one('riskGrade'),
    elements: typed.many('elements').filter((code) => !isLocal(code)),
    categories: typed.many('elements').filter(isLocal),
    decision: typed.one('decision'),
    consent: typed.one('consent'),
    conflict: typed.one('conflict'),
    note: unlessEmpty(typed.one('note')),
  }),
  view: (typed, { choices }) => ({
    values: valuesOf(typed, names),
    riskGrades: codeOptions(labels.riskGrades, typed.many('riskGrade')),
    elements: codeOptions(offered(choices, typed.many('elements')), typed.many('elements')),
    decisions: codeOptions(labels.triageDecisions, typed.many('decision')),
    consents: codeOptions(labels.consents, typed.many('consent')),
    conflicts: codeOptions(labels.conflictAnswers, typed.many('conflict')),
  }),
  texts: (typed) => textsIn(typed, { title: words.shortTitle.label, note: words.note.label }),
}
