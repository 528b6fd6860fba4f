import type { ActionInput } from '../../../../concerns/index.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionFacts, type ActionForm, type Confirmation } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['reason', 'message'] as const

export const reopenForm: ActionForm<'reopen'> = {
  action: 'reopen',
  template: 'actions/reopen/reopen.njk',
  words,
  names: () => names,
  read: (typed) => ({ reason: typed.one('reason'), message: unlessEmpty(typed.one('message')) }),
  view: (typed, { concern }) => ({ values: valuesOf(typed, names), reachable: concern.hasReturnChannel }),
  confirm: confirmation,
  phrases: { use: 'message', field: 'message' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label, message: words.message }),
}

function confirmation({ message }: ActionInput<'reopen'>, { concern }: ActionFacts): Confirmation {
  const say = words.confirm
  const told = concern.hasReturnChannel ? (message === undefined ? say.notTold : say.told) : say.noWay
  return { title: say.title, consequences: [say.triage, say.kept, told], button: say.button }
}
