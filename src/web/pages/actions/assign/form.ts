import { peopleOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['userId', 'note'] as const

export const assignForm: ActionForm<'assign'> = {
  action: 'assign',
  template: 'actions/assign/assign.njk',
  words,
  names: () => names,
  read: (typed) => ({ userId: typed.one('userId'), note: unlessEmpty(typed.one('note')) }),
  view: (typed, { choices }) => ({ values: valuesOf(typed, names), owners: peopleOptions(choices.owners, typed.many('userId')) }),
  texts: (typed) => textsIn(typed, { note: words.note.label }),
}
