import type { DateText } from '../../kernel/index.ts'
import type { ExtensionReason, PauseReason } from '../../workflow/index.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'

/** What each clock promises the person, after "our date for". */
const promises: Readonly<Record<string, string>> = {
  T6: 'our next news to you',
  T7: 'the end of our look into this',
  T8: 'telling you how it ended',
}

const reasons: Readonly<Record<PauseReason | ExtensionReason, string>> = {
  police_hold: 'The police, or a body like them, asked us to wait.',
  person_asked: 'You asked us to wait.',
  person_unavailable: 'You told us you are away.',
  waiting_for_other_body: 'Someone else must do their part first.',
  more_to_look_into: 'There is more to look into than we knew.',
  people_unavailable: 'Some people we must speak to are away.',
  waiting_for_records: 'We still wait for some papers.',
  agreed_with_person: 'We agreed this with you.',
  other: '',
}

/** What a person is told when a date that was promised to them moves: the date itself, whatever the writer put beside it. */
export function toldOfClock({ change, code, until, dueOn, reasonCode }: NonNullable<MessageContent['clock']>): string {
  const promise = promises[code] ?? 'our next step'
  const day = until === undefined ? '' : inWords(until as DateText)
  // Messages of before it was kept with them have none
  const due = dueOn === undefined ? '' : inWords(dueOn as DateText)
  const said = {
    paused: `We have stopped the clock on ${promise}. It goes on by ${day} at the latest.${due && ` Our date for it is then ${due}.`}`,
    resumed: `The clock on ${promise} goes on again.${due && ` Our date for it is ${due}.`}`,
    extended: `We have changed our date for ${promise}. The new date is ${day}.`,
  }[change]
  return [said, reasonCode === undefined ? '' : reasons[reasonCode]].filter((part) => part !== '').join(' ')
}

function inWords(date: DateText): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
