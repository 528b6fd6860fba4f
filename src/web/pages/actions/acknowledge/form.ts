import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['message', 'firstContact'] as const

export const acknowledgeForm: ActionForm<'acknowledge'> = {
  action: 'acknowledge',
  template: 'actions/acknowledge/acknowledge.njk',
  words,
  names: () => names,
  start: ({ writer, concern }, content) => {
    const treatedBadly = content.treatedBadly === 'yes' || content.treatedBadly === 'worried'
    return typedFrom({ message: words.suggestion(writer.name, concern.openness, treatedBadly) })
  },
  read: (typed) => ({ message: typed.one('message'), firstContact: [...typed.many('firstContact')] }),
  view: (typed) => ({ values: valuesOf(typed, names), parts: codeOptions(labels.firstContactParts, typed.many('firstContact')) }),
  phrases: { use: 'acknowledgement', field: 'message' },
  texts: (typed) => textsIn(typed, { message: words.message }),
}
