import { peopleOptions } from '../../../staff/options.ts'
import { datePartsOf, dateTyped, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['investigatorId', 'terms', 'maskedCopy', ...datePartsOf('expectedEnd'), 'message']

export const startInvestigationForm: ActionForm<'start_investigation'> = {
  action: 'start_investigation',
  template: 'actions/start-investigation/start-investigation.njk',
  words,
  names: () => names,
  read: (typed) => ({
    investigatorId: typed.one('investigatorId'),
    terms: typed.one('terms'),
    maskedCopy: unlessEmpty(typed.one('maskedCopy')),
    expectedEnd: dateTyped(typed, 'expectedEnd'),
    message: typed.one('message'),
  }),
  fields: () => ({ '/expectedEnd': 'expectedEnd-day' }),
  view: (typed, { choices }) => ({
    values: valuesOf(typed, names),
    investigators: peopleOptions(choices.investigators, typed.many('investigatorId')),
  }),
  phrases: { use: 'message', field: 'message' },
  texts: (typed) => textsIn(typed, { terms: words.terms.label, maskedCopy: words.maskedCopy.label, message: words.message }),
}
