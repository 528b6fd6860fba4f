import type { ActionInput } from '../../../../concerns/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, yesOrNo, type ActionForm, type Confirmation } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['organisationMustAct', 'reason', 'message'] as const

export const withdrawForm: ActionForm<'withdraw'> = {
  action: 'withdraw',
  template: 'actions/withdraw/withdraw.njk',
  words,
  names: () => names,
  read: (typed) => ({
    organisationMustAct: yesOrNo(typed.one('organisationMustAct')),
    reason: typed.one('reason'),
    message: unlessEmpty(typed.one('message')),
  }),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    asked: concern.withdrawalAskedOn === null ? words.notAsked : words.asked(dateInWords(concern.withdrawalAskedOn)),
    mustAct: codeOptions({ yes: words.mustAct.yes, no: words.mustAct.no }, typed.many('organisationMustAct')),
  }),
  confirm: confirmation,
  texts: (typed) => textsIn(typed, { reason: words.reason.label, message: words.message }),
}

function confirmation({ organisationMustAct, message }: ActionInput<'withdraw'>): Confirmation {
  const say = words.confirm
  const next = organisationMustAct ? [say.goesOn, say.protected] : [say.ends]
  return { title: say.title, consequences: [...next, message === undefined ? say.notTold : say.told], button: say.button }
}
