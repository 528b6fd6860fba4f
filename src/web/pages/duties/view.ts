import type { DutyReading } from '../../../duties/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { dateInWords, shortDateInWords, timeInWords } from '../../layout/index.ts'
import type { DutyWords } from './words.en.ts'

export interface DutyView {
  readonly id: string
  readonly heading: string
  readonly link: string
  readonly chip: { readonly text: string; readonly colour: string }
  readonly force: string
  readonly source: string
  readonly sentences: readonly string[]
}

const colours: Readonly<Record<DutyReading['state'], string>> = {
  running: 'blue',
  paused: 'yellow',
  overdue: 'red',
  met: 'green',
  missed: 'red',
  not_applicable: 'grey',
}

/** A duty in words: its chip, its dates, and what stands behind it. */
export function dutyView(duty: DutyReading, words: DutyWords): DutyView {
  const { id, code, label, startedOn, startedAt, firstDueOn, dueOn, dueAt, doneOn, state, force, source, notices } = duty
  return {
    id,
    heading: `${code} ${label}`,
    link: words.lookAt(label, shortDateInWords(startedOn)),
    chip: { text: duty.words, colour: colours[state] },
    force: words.forces[force],
    source,
    sentences: [
      startedAt === null ? words.started(dateInWords(startedOn)) : words.startedAt(timeInWords(instantText(startedAt))),
      words.due(dueAt === null ? dateInWords(dueOn) : timeInWords(instantText(dueAt))),
      ...(dueOn === firstDueOn ? [] : [words.moved(dateInWords(firstDueOn))]),
      ...notices.map(({ step, on }) => words.notice(step, dateInWords(on))),
      ...(doneOn === null ? [] : [words.done(dateInWords(doneOn))]),
    ],
  }
}
