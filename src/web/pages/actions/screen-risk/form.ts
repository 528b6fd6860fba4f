import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['riskGrade', 'note'] as const

export const screenRiskForm: ActionForm<'screen_risk'> = {
  action: 'screen_risk',
  template: 'actions/screen-risk/screen-risk.njk',
  words,
  names: () => names,
  read: (typed) => ({ riskGrade: unlessEmpty(typed.one('riskGrade')), note: unlessEmpty(typed.one('note')) }),
  view: (typed) => ({ values: valuesOf(typed, names), risks: codeOptions(labels.riskGrades, typed.many('riskGrade')) }),
  texts: (typed) => textsIn(typed, { note: words.note.label }),
}
