import type { DrawnConcern, OpenedSample, SampleBase, SampleDraw } from '../../../../concerns/index.ts'
import { addDays, instantText, type DateText } from '../../../../kernel/index.ts'
import { labels, statusWords } from '../../../../workflow/index.ts'
import { dateInWords, shortDateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { monthInWords } from '../../samples/view.ts'
import { aliasLink, countText } from '../rows.ts'
import { words } from './words.en.ts'

export function showBase(base: SampleBase | null) {
  return base && { size: base.size, entries: words.draw.entries(countText(base.size)), root: base.root, at: instantText(base.publishedAt) }
}

export function showDraw({ id, askedAt, from, to, numbers, population, count, answered, size, root, mine }: SampleDraw) {
  return {
    href: `/log/samples/${id}`,
    at: instantText(askedAt),
    days: words.drawn.between(shortDateInWords(from), shortDateInWords(to)),
    drawn: words.drawn.of(count, population),
    answered: words.drawn.of(answered, count),
    by: mine ? words.drawn.mine : words.drawn.other,
    entries: words.draw.entries(countText(size)),
    command: words.one.command(size, from, to, numbers, count),
    ...{ numbers, root, mine },
  }
}

export function showDrawn({ place, alias, state, until, reason }: DrawnConcern, draw: SampleDraw) {
  const said = words.one.states[state]
  const more = state === 'refused' ? labelOf(words.one.reasons, reason ?? '') : until === null ? '' : dateInWords(lastDay(until))
  return {
    place,
    alias: aliasLink('concern', alias),
    state: [said, more].filter((part) => part !== '').join(state === 'refused' ? ': ' : ' '),
    href: state === 'unlocked' && draw.mine ? `/log/samples/${draw.id}/${place}` : null,
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
