import type { DrawnConcern, OpenedSample, Sample } from '../../../../concerns/index.ts'
import { addDays, instantText, type DateText } from '../../../../kernel/index.ts'
import { labels, statusWords } from '../../../../workflow/index.ts'
import { dateInWords, shortDateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { monthInWords } from '../../samples/view.ts'
import { aliasLink, countText } from '../rows.ts'
import { words } from './words.en.ts'

export function showSample(sample: Sample) {
  const { id, from, to, count, mine, state, fixed, drawn } = sample
  const base = fixed?.base ?? null
  const size = drawn?.size ?? base?.size ?? null
  return {
    href: `/log/samples/${id}`,
    at: instantText((fixed ?? drawn)!.at),
    days: words.drawn.between(shortDateInWords(from), shortDateInWords(to)),
    concerns: drawn === null ? String(count) : words.drawn.of(count, drawn.population),
    state: drawn === null ? words.drawn.states[state] : words.drawn.answered(drawn.answered, count),
    by: mine ? words.drawn.mine : words.drawn.other,
    fixed: fixed && { at: instantText(fixed.at), entry: fixed.entry, commitment: fixed.commitment, until: fixed.until },
    drawnAt: drawn && instantText(drawn.at),
    entries: size === null ? null : words.one.entries(countText(size)),
    root: drawn?.root ?? base?.root ?? null,
    numbers: drawn?.numbers ?? null,
    command: drawn && words.one.command({ size: drawn.size, from, to, numbers: drawn.numbers, count, fixed: fixed?.entry ?? null }),
    isDrawn: drawn !== null,
    wantsNumbers: state === 'covered' && mine,
    waits: state === 'drawn' ? null : words.one.waits[state],
    mine,
  }
}

export function showDrawn({ place, alias, state, until, reason }: DrawnConcern, sample: Sample) {
  const said = words.one.states[state]
  const more = state === 'refused' ? labelOf(words.one.reasons, reason ?? '') : until === null ? '' : dateInWords(lastDay(until))
  return {
    place,
    alias: aliasLink('concern', alias),
    state: [said, more].filter((part) => part !== '').join(state === 'refused' ? ': ' : ' '),
    href: state === 'unlocked' && sample.mine ? `/log/samples/${sample.id}/${place}` : null,
  }
}

export function showText({ alias, until, masked }: OpenedSample) {
  return {
    alias: aliasLink('concern', alias),
    until: lastDay(until),
    masked: masked && {
      text: masked.text,
      raisedIn: monthInWords(masked.raisedIn),
      steps: masked.steps.map(({ to, month }) => `${labelOf(staffStatuses, to)}, ${monthInWords(month)}`),
      site: masked.site,
      profession: masked.profession && labelOf(labels.professionalGroups, masked.profession),
    },
  }
}

/** The last day on which it can be read. */
const lastDay = (until: DateText): DateText => addDays(until, -1)

const staffStatuses: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(statusWords).map(([code, { staff }]) => [code, staff]),
)
