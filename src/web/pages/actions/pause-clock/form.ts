import { labels } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { codeOptions, peopleOptions } from '../../../staff/options.ts'
import { datePartsOf, dateTyped, typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionFacts, type ActionForm } from '../action-form.ts'
import { clockOptions, clockTyped } from '../which-clock.ts'
import { words } from './words.en.ts'

const names = ['clock', ...datePartsOf('until'), 'reasonCode', 'reason', 'authorisedBy']

export const pauseClockForm: ActionForm<'pause_clock'> = {
  action: 'pause_clock',
  template: 'actions/pause-clock/pause-clock.njk',
  words,
  names: () => names,
  start: (_facts, _content, asked) => typedFrom({ clock: asked.one('clock') }),
  read: (typed) => ({
    ...clockTyped(typed),
    until: unlessEmpty(dateTyped(typed, 'until')),
    // Never left out: other programs may, and then it is `other`
    reasonCode: typed.one('reasonCode'),
    reason: typed.one('reason'),
    authorisedBy: unlessEmpty(typed.one('authorisedBy')),
  }),
  fields: () => ({ '/until': 'until-day' }),
  view: (typed, facts) => ({
    values: valuesOf(typed, names),
    clocks: clockOptions(pausable(facts), typed),
    limits: pausable(facts).map(({ label, aloneUntil, pauseUntil }) =>
      pauseUntil <= aloneUntil
        ? words.latestAlone(label, dateInWords(pauseUntil))
        : words.latest(label, dateInWords(aloneUntil), dateInWords(pauseUntil)),
    ),
    reasons: codeOptions(labels.pauseReasons, typed.many('reasonCode')),
    people: [
      ...peopleOptions(facts.choices.approvers, typed.many('authorisedBy')),
      { value: '', text: words.authorisedBy.nobody, checked: typed.one('authorisedBy') === '' },
    ],
  }),
  after: 'deadlines',
  phrases: { use: 'wait', field: 'reason' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label }),
}

function pausable({ concern }: ActionFacts) {
  return concern.openClocks.flatMap((clock) => {
    const { pauseUntil } = clock
    return clock.state === 'running' && pauseUntil !== null && clock.pausable ? [{ ...clock, pauseUntil }] : []
  })
}
