import type { ActionInput } from '../../../../concerns/index.ts'
import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, yesOrNo, type ActionForm, type Confirmation } from '../action-form.ts'
import { words as actionWords } from '../words.en.ts'
import { words } from './words.en.ts'

const names = ['to', 'reason', 'shareContent'] as const

export const escalateForm: ActionForm<'escalate'> = {
  action: 'escalate',
  template: 'actions/escalate/escalate.njk',
  words,
  names: () => names,
  read: (typed) => ({ to: typed.one('to'), reason: typed.one('reason'), shareContent: yesOrNo(typed.one('shareContent')) }),
  view: (typed) => ({
    values: valuesOf(typed, names),
    targets: codeOptions(labels.escalationTargets, typed.many('to')),
    sharing: codeOptions({ yes: actionWords.yes, no: actionWords.no }, typed.many('shareContent')),
  }),
  confirm: confirmation,
  texts: (typed) => textsIn(typed, { reason: words.reason.label }),
}

function confirmation({ to, shareContent }: ActionInput<'escalate'>): Confirmation {
  const say = words.confirm
  const told = to === 'external' ? [say.external] : [say.to(labels.escalationTargets[to]), shareContent ? say.shared : say.notShared]
  return { title: say.title, consequences: [...told, say.recorded], button: say.button }
}
