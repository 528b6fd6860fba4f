import type { ActionInput, ConcernView } from '../../../../concerns/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { typedFrom, valuesOf, type Typed } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, yesOrNo, type ActionFacts, type ActionForm, type Confirmation } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['organisationMustAct', 'reason', 'message', 'letter'] as const

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
  reshape: beginLetter,
  view: (typed, { concern }) => ({
    values: valuesOf(typed, names),
    reachable: concern.hasReturnChannel,
    begun: typed.one('letter') !== '',
    asked: askedInWords(concern),
    mustAct: codeOptions({ yes: words.mustAct.yes, no: words.mustAct.no }, typed.many('organisationMustAct')),
  }),
  confirm: confirmation,
  phrases: { use: 'outcome', field: 'message' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label, message: words.message }),
}

/**
 * Whoever asked to stop and is not heeded is not left without a word by an oversight: where it must go on and nothing is written to them, the form
 * comes back once with a letter begun. The guardian may still empty the box. The letter goes again where the answer is changed to No.
 */
function beginLetter(typed: Typed, { concern }: ActionFacts): Typed | null {
  if (!concern.hasReturnChannel || typed.has('change')) return null
  const answer = typed.one('organisationMustAct')
  const message = typed.one('message').replaceAll('\r\n', '\n').trim()
  const letter = words.letter.text(concern.openness)
  const held = valuesOf(typed, ['expectedVersion', 'seen', 'organisationMustAct', 'reason'])
  if (answer === 'yes' && message === '' && typed.one('letter') === '') return typedFrom({ ...held, message: letter, letter: 'begun' })
  return answer === 'no' && message === letter ? typedFrom(held) : null
}

function askedInWords({ withdrawalAskedOn, organisationLed, hasReturnChannel }: ConcernView): string {
  if (withdrawalAskedOn !== null) return words.asked(dateInWords(withdrawalAskedOn))
  if (organisationLed) return words.recorded
  return hasReturnChannel ? words.notAsked : words.cannotAsk
}

function confirmation({ organisationMustAct, message }: ActionInput<'withdraw'>, { concern }: ActionFacts): Confirmation {
  const say = words.confirm
  const next = organisationMustAct ? [say.goesOn, say.protected] : [say.ends]
  const told = concern.hasReturnChannel ? (message === undefined ? say.notTold : say.told) : say.noWay
  return { title: say.title, consequences: [...next, told], button: say.button }
}
