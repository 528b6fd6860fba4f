import { labels } from '../../../../workflow/index.ts'
import { deadlineOf, isOpen } from '../../../staff/deadlines.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { subPageHref } from '../../concern/frame.ts'
import { textsIn, unlessEmpty, type ActionForm } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['followUp', 'actions', 'plan', 'note'] as const

export const closeForm: ActionForm<'close'> = {
  action: 'close',
  template: 'actions/close/close.njk',
  words,
  names: () => names,
  read: (typed) => ({
    followUp: typed.one('followUp'),
    actions: unlessEmpty(typed.one('actions')),
    // A plan is asked for only where the actions go on in one.
    plan: typed.one('actions') === 'tracked_plan' ? unlessEmpty(typed.one('plan')) : undefined,
    note: unlessEmpty(typed.one('note')),
  }),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    openDetriment: concern.openDetriment,
    // Those of tasks stand with the tasks
    later: concern.clocks.filter((clock) => isOpen(clock) && clock.code !== 'T13').map(deadlineOf),
    actionsSet: concern.untrackedActions > 0 || concern.openTasks > 0,
    tasks: concern.openTasks === 0 ? null : words.tasks.open(concern.openTasks),
    tasksHref: subPageHref(concern.id, 'deadlines'),
    followUps: codeOptions(labels.followUps, typed.many('followUp')),
    actionEnds: codeOptions(labels.actionEnds, typed.many('actions')),
  }),
  texts: (typed) => textsIn(typed, { plan: words.plan.label, note: words.note.label }),
}
