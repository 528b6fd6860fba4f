import type { ActionInput } from '../../../../concerns/index.ts'
import { labels } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { datePartsOf, dateTyped, typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionFacts, type ActionForm, type Confirmation } from '../action-form.ts'
import { clockOptions, clockTyped } from '../which-clock.ts'
import { words } from './words.en.ts'

const names = ['clock', ...datePartsOf('until'), 'reasonCode', 'reason']

export const extendClockForm: ActionForm<'extend_clock'> = {
  action: 'extend_clock',
  template: 'actions/extend-clock/extend-clock.njk',
  words,
  names: () => names,
  start: (_facts, _content, asked) => typedFrom({ clock: asked.one('clock') }),
  read: (typed) => ({
    ...clockTyped(typed),
    until: unlessEmpty(dateTyped(typed, 'until')),
    // Never left out: other programs may, and then it is `other`
    reasonCode: typed.one('reasonCode'),
    reason: typed.one('reason'),
  }),
  fields: () => ({ '/until': 'until-day' }),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    clocks: clockOptions(
      concern.openClocks.filter(({ extendable, state }) => extendable && state === 'running'),
      typed,
    ),
    reasons: codeOptions(labels.extensionReasons, typed.many('reasonCode')),
  }),
  confirm: confirmation,
  after: 'deadlines',
  phrases: { use: 'wait', field: 'reason' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label }),
}

/** Once is a plan that changed; more than once is a habit, and the person is told again (`experience.md`, unusual acts). */
function confirmation({ clock: code, of }: ActionInput<'extend_clock'>, { concern }: ActionFacts): Confirmation | null {
  const clock = concern.openClocks.find((each) => each.code === code && each.of === (of ?? null))
  if (clock === undefined || clock.extensions === 0) return null
  const say = words.confirm
  const first = dateInWords(clock.firstDueOn)
  return {
    title: say.title,
    button: say.button,
    consequences: [say.again(clock.label, clock.extensions), clock.of === null ? say.told(first) : say.task(first), say.recorded],
  }
}
