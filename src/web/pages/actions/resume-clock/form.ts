import { typedFrom, valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { clockOptions, clockTyped } from '../which-clock.ts'
import { words } from './words.en.ts'

const names = ['clock', 'reason'] as const

export const resumeClockForm: ActionForm<'resume_clock'> = {
  action: 'resume_clock',
  template: 'actions/resume-clock/resume-clock.njk',
  words,
  names: () => names,
  start: (_facts, _content, asked) => typedFrom({ clock: asked.one('clock') }),
  read: (typed) => ({ ...clockTyped(typed), reason: unlessEmpty(typed.one('reason')) }),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    clocks: clockOptions(
      concern.openClocks.filter(({ state }) => state === 'paused'),
      typed,
    ),
  }),
  after: 'deadlines',
  phrases: { use: 'wait', field: 'reason' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label }),
}
