import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['title', 'riskGrade', 'elements', 'decision', 'consent', 'conflict', 'note'] as const

export const triageForm: ActionForm<'triage'> = {
  action: 'triage',
  template: 'actions/triage/triage.njk',
  words,
  names: () => names,
  start: (_, content) => typedFrom({ elements: content.elements }),
  read: (typed) => ({
    title: typed.one('title'),
    riskGrade: typed.one('riskGrade'),
    elements: typed.many('elements'),
    decision: typed.one('decision'),
    consent: typed.one('consent'),
    conflict: typed.one('conflict'),
    note: unlessEmpty(typed.one('note')),
  }),
  view: (typed) => ({
    values: valuesOf(typed, names),
    riskGrades: codeOptions(labels.riskGrades, typed.many('riskGrade')),
    elements: codeOptions(labels.elements, typed.many('elements')),
    decisions: codeOptions(labels.triageDecisions, typed.many('decision')),
    consents: codeOptions(labels.consents, typed.many('consent')),
    conflicts: codeOptions(labels.conflictAnswers, typed.many('conflict')),
  }),
  texts: (typed) => textsIn(typed, { title: words.shortTitle.label, note: words.note.label }),
}
