import { followUpsOpen } from '../../../../workflow/index.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['months', 'note'] as const

export const recordFollowUpForm: ActionForm<'record_follow_up'> = {
  action: 'record_follow_up',
  template: 'actions/record-follow-up/record-follow-up.njk',
  words,
  names: () => names,
  read: (typed) => {
    const months = unlessEmpty(typed.one('months'))
    return { months: months === undefined ? undefined : Number(months), note: typed.one('note') }
  },
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    checks: followUpsOpen({ clocks: concern.openClocks }).map(({ months, dueOn, from }) => ({
      value: String(months),
      text: months === 3 ? words.months.three : words.months.six,
      checked: typed.one('months') === String(months),
      hint: { text: words.due(dueOn, from) },
    })),
  }),
  after: 'deadlines',
  texts: (typed) => textsIn(typed, { note: words.note.label }),
}
