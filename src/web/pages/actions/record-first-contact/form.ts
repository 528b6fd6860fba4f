import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { donePartsIn } from './done-parts.ts'
import { words } from './words.en.ts'

const names = ['parts', 'note'] as const

export const recordFirstContactForm: ActionForm<'record_first_contact'> = {
  action: 'record_first_contact',
  template: 'actions/record-first-contact/record-first-contact.njk',
  words,
  names: () => names,
  read: (typed) => ({ parts: [...typed.many('parts')], note: unlessEmpty(typed.one('note')) }),
  view: (typed, { concern }) => {
    const done = donePartsIn(concern.history)
    return {
      values: valuesOf(typed, names),
      parts: codeOptions(labels.firstContactParts, typed.many('parts')).filter(({ value }) => !done.has(value)),
      done: Object.entries(labels.firstContactParts).flatMap(([code, label]) => (done.has(code) ? [label] : [])),
    }
  },
  texts: (typed) => textsIn(typed, { note: words.note.label }),
}
