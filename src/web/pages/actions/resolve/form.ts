import { labels, outcomesOpenIn } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['outcome', 'feedbackShared', 'learning', 'message'] as const

export const resolveForm: ActionForm<'resolve'> = {
  action: 'resolve',
  template: 'actions/resolve/resolve.njk',
  words,
  names: () => names,
  read: (typed) => valuesOf(typed, names),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    // What the guard would refuse is not offered.
    outcomes: codeOptions(
      Object.fromEntries(outcomesOpenIn(concern.status).map((code) => [code, labels.outcomes[code]])),
      typed.many('outcome'),
    ),
    feedback: codeOptions(labels.feedbackShared, typed.many('feedbackShared')),
  }),
  phrases: { use: 'outcome', field: 'message' },
  texts: (typed) => textsIn(typed, { learning: words.learning.label, message: words.message }),
}
