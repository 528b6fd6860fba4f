import type { DrawnConcern, OpenedSample, Sample } from '../../../../concerns/index.ts'
import { addDays, instantText, type DateText } from '../../../../kernel/index.ts'
import { labels, statusWords } from '../../../../workflow/index.ts'
import { dateInWords, shortDateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { monthInWords } from '../../samples/view.ts'
import { aliasLink, countText } from '../rows.ts'
import { words } from './words.en.ts'

export function showSample(sample: Sample) {
  const { id, from, to, mine, state, fixed, drawn } = sample
  return {
    href: `/log/samples/${id}`,
    at: instantText((fixed ?? drawn)!.at),
    days: words.drawn.between(shortDateInWords(from), shortDateInWords(to)),
    by: mine ? words.drawn.mine : words.drawn.other,
    fixed: fixed && { at: instantText(fixed.at), entry: fixed.entry, commitment: fixed.commitment, until: fixed.until },
    isDrawn: drawn !== null,
    wantsNumbers: state === 'covered' && mine,
    waits: state === 'drawn' ? null : words.one.waits[state],
    mine,
    ...(drawn === null ? showUndrawn(sample) : showDraw(sample, drawn)),
  }
}

function showUndrawn({ count, state, fixed }: Sample) {
  const base = fixed?.base ?? null
  return {
    concerns: String(count),
    state: words.drawn.states[state],
    entries: base && words.one.entries(countText(base.size)),
    root: base && base.root,
    ...{ drawnAt: null, numbers: null, command: null },
  }
}

function showDraw({ from, to, count, fixed }: Sample, { at, size, root, numbers, population, answered }: NonNullable<Sample['drawn']>) {
  return {
    concerns: words.drawn.of(count, population),
    state: words.drawn.answered(answered, count),
    entries: words.one.entries(countText(size)),
    root,
    drawnAt: instantText(at),
    numbers,
    command: words.one.command({ size, from, to, numbers, count, fixed: fixed?.entry ?? null }),
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
