import type { ActionInput } from '../../../../concerns/index.ts'
import { labels } from '../../../../workflow/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf, type Typed } from '../../../staff/typed.ts'
import { textsIn, yesOrNo, type ActionForm, type Confirmation } from '../action-form.ts'
import { words as actionWords } from '../words.en.ts'
import { words } from './words.en.ts'

const names = ['to', 'recipient', 'shareIdentity', 'identityOverride-ground', 'identityOverride-reason', 'reason', 'message'] as const

export const referForm: ActionForm<'refer'> = {
  action: 'refer',
  template: 'actions/refer/refer.njk',
  words,
  names: () => names,
  read: (typed, { concern }) => ({
    to: typed.one('to'),
    recipient: typed.one('recipient'),
    shareIdentity: concern.openness === 'anonymous' ? false : yesOrNo(typed.one('shareIdentity')),
    identityOverride: overrideIn(typed),
    reason: typed.one('reason'),
    message: typed.one('message'),
  }),
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    targets: codeOptions(labels.referralTargets, typed.many('to')),
    anonymous: concern.openness === 'anonymous',
    sharing: codeOptions({ no: actionWords.no, yes: actionWords.yes }, typed.many('shareIdentity')),
    grounds: codeOptions({ '': words.override.none, ...labels.identityGrounds }, [typed.one('identityOverride-ground')]),
  }),
  confirm: (input) => (input.shareIdentity ? confirmation(input) : null),
  phrases: { use: 'outcome', field: 'message' },
  texts: (typed) =>
    textsIn(typed, {
      recipient: words.recipient.label,
      reason: words.reason.label,
      'identityOverride-reason': words.override.reason,
      message: words.message,
    }),
}

/** The exception counts where any part of it was filled in, so that half of one is told as a fault and not dropped. */
function overrideIn(typed: Typed): { readonly ground: string; readonly reason: string } | undefined {
  const [ground, reason] = [typed.one('identityOverride-ground'), typed.one('identityOverride-reason')]
  return ground === '' && reason.trim() === '' ? undefined : { ground, reason }
}

function confirmation({ recipient, identityOverride }: ActionInput<'refer'>): Confirmation {
  const say = words.confirm
  const override = identityOverride === undefined ? [] : [say.override(labels.identityGrounds[identityOverride.ground])]
  return { title: say.title, consequences: [say.name(recipient), ...override, say.told, say.recorded], button: say.button }
}
