import type { ActionName, ConcernContent } from '../../../concerns/index.ts'
import type { Page, ShownFault } from '../../layout/index.ts'
import type { PhraseView } from '../../staff/phrases.ts'
import type { Typed } from '../../staff/typed.ts'
import { concernFrame, concernTitle, subPageHref } from '../concern/frame.ts'
import { waitingMessages } from '../concern/waiting-messages.ts'
import type { ActionFacts, ActionForm, Confirmation } from './action-form.ts'
import { clashOf, seenMark, type Clash } from './clash.ts'
import { words } from './words.en.ts'

export interface FormState {
  readonly faults?: readonly ShownFault[]
  /** The mark of the form that came too late: the page says what has happened since. */
  readonly clashSince?: string
  readonly phrases?: PhraseView | null
}

/** The form with what was typed in it. After a clash it is made from the concern as it now is, so that sending it again can work. */
export function formPage<A extends ActionName>(
  form: ActionForm<A>,
  facts: ActionFacts,
  content: ConcernContent,
  typed: Typed,
  state: FormState = {},
): Page {
  const { concern, writer } = facts
  const clash = state.clashSince === undefined ? null : clashOf(concern, state.clashSince, form.action, writer)
  const fresh = clash !== null || !typed.has('expectedVersion')
  return {
    template: form.template,
    title: concernTitle(concern, form.words.title),
    words: form.words,
    view: {
      ...partsOf(form, facts),
      ...form.view(typed, facts),
      expectedVersion: fresh ? concern.version : typed.one('expectedVersion'),
      seen: fresh ? seenMark(concern.history) : typed.one('seen'),
      narrative: content.narrative,
      waiting: waitingMessages(concern, content),
      clash,
      phrases: state.phrases ?? null,
    },
    back: subPageHref(concern.id, 'overview'),
    wide: true,
    faults: clash === null ? (state.faults ?? []) : [faultOf(clash)],
    ...(clash !== null && { status: 409 }),
  }
}

/** Where the step is not open: what has happened, and the person's text to copy. */
export function notOpenPage<A extends ActionName>(form: ActionForm<A>, facts: ActionFacts, typed: Typed, clashSince: string | null): Page {
  const { concern, writer } = facts
  const clash = clashSince === null ? null : clashOf(concern, clashSince, form.action, writer)
  return {
    template: 'actions/not-open.njk',
    title: concernTitle(concern, words.notOpen.title),
    words,
    view: { ...partsOf(form, facts), heading: words.notOpen.title, clash, texts: form.texts(typed) },
    back: subPageHref(concern.id, 'overview'),
    wide: true,
    faults: clash === null ? [] : [faultOf(clash)],
    status: 409,
  }
}

/** The page between: what will happen, with every answer carried along unseen. */
export function confirmPage<A extends ActionName>(form: ActionForm<A>, facts: ActionFacts, typed: Typed, confirmation: Confirmation): Page {
  const names = ['expectedVersion', 'seen', ...form.names(typed)]
  return {
    template: 'actions/confirm.njk',
    title: concernTitle(facts.concern, confirmation.title),
    words,
    view: {
      ...partsOf(form, facts),
      heading: confirmation.title,
      confirmation,
      hidden: names.flatMap((name) => typed.many(name).map((value) => ({ name, value }))),
    },
    wide: true,
  }
}

function partsOf<A extends ActionName>(form: ActionForm<A>, { concern, writer }: ActionFacts): object {
  const overview = subPageHref(concern.id, 'overview')
  return {
    frame: concernFrame(concern, null, writer),
    action: `${overview}/actions/${form.action}`,
    backHref: overview,
    heading: form.words.title,
    say: words,
  }
}

function faultOf(clash: Clash): ShownFault {
  return { field: 'changed', text: clash.mine ? words.clash.summaryMine : words.clash.summary }
}
