import { labels } from '../../../../workflow/index.ts'
import { codeOptions, peopleOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { textsIn, unlessEmpty, type ActionFacts, type ActionForm, type Confirmation } from '../action-form.ts'
import { words } from './words.en.ts'

const names = ['reasonCode', 'reason', 'decidedBy', 'approver', 'message'] as const

export const resolveWithoutInvestigationForm: ActionForm<'resolve_without_investigation'> = {
  action: 'resolve_without_investigation',
  template: 'actions/resolve-without-investigation/resolve-without-investigation.njk',
  words,
  names: () => names,
  read: (typed, { concern }) => ({
    reasonCode: typed.one('reasonCode'),
    reason: typed.one('reason'),
    decidedBy: typed.one('decidedBy'),
    // Left empty where one is needed it is told with the other faults, not at a second attempt
    approver: concern.secondApproverRequired ? typed.one('approver') : unlessEmpty(typed.one('approver')),
    message: typed.one('message'),
  }),
  view: (typed, { concern, choices }) => ({
    values: valuesOf(typed, names),
    reasons: codeOptions(labels.notInvestigatedReasons, typed.many('reasonCode')),
    deciders: peopleOptions(choices.deciders, typed.many('decidedBy')),
    approvers: concern.secondApproverRequired ? peopleOptions(choices.approvers, typed.many('approver')) : null,
  }),
  confirm: ({ decidedBy, approver }, facts) => confirmation(facts, decidedBy, approver),
  phrases: { use: 'outcome', field: 'message' },
  texts: (typed) => textsIn(typed, { reason: words.reason.label, message: words.message }),
}

/** Without a second person where one is needed there is nothing to confirm: the form says what is missing. */
function confirmation({ concern, choices }: ActionFacts, decidedBy: string, approver: string | undefined): Confirmation | null {
  const say = words.confirm
  const nameOf = (id: string) => [...choices.deciders, ...choices.approvers].find((person) => person.id === id)?.name
  const decider = nameOf(decidedBy)
  const second = concern.secondApproverRequired && approver !== undefined ? nameOf(approver) : undefined
  if (concern.secondApproverRequired && second === undefined) return null
  return {
    title: say.title,
    consequences: [
      second === undefined ? say.told : say.toldLater(second),
      ...(decider === undefined ? [] : [say.decided(decider)]),
      say.recorded,
    ],
    button: second === undefined ? say.button : say.buttonAsk,
  }
}
