import type { AskedSample, PreparedSample } from '../../../concerns/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { labels } from '../../../workflow/index.ts'
import { codeOptions, labelOf } from '../../staff/options.ts'
import type { Typed } from '../../staff/typed.ts'
import { words } from './words.en.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

/** "November 2026", from `YYYY-MM`. */
export function monthInWords(text: string): string {
  const [year = '', month = ''] = text.split('-')
  return `${months[Number(month) - 1] ?? ''} ${year}`.trim()
}

export const showAsked = ({ id, reference, askedAt, answerUntil }: AskedSample) => ({
  ...{ href: `/samples/${id}`, reference, at: instantText(askedAt) },
  until: answerUntil,
})

/** What was typed stands before what was prepared. */
export function showPrepared(prepared: PreparedSample, typed: Typed | null, left: readonly string[]) {
  const { id, reference, concernId, from, site, profession, numbers, fixedAt, answerUntil } = prepared
  const chosen = typed?.many('show') ?? []
  const shown = {
    ...(site !== null && { site: words.prepare.show.site(site) }),
    ...(profession !== null && { profession: words.prepare.show.profession(labelOf(labels.professionalGroups, profession)) }),
  }
  return {
    ...{ reference, numbers, left },
    fixedAt: fixedAt && instantText(fixedAt),
    until: answerUntil,
    action: `/samples/${id}`,
    refusal: `/samples/${id}/refusal`,
    concernHref: `/concerns/${concernId}`,
    from: words.prepare.from[from],
    text: typed?.has('text') ? typed.one('text') : prepared.text,
    show: codeOptions(shown, chosen),
    reasons: codeOptions(reasonsFor(prepared), typed?.many('reason') ?? []),
  }
}

/** Whether anybody saw numbers thrown matters only where they were not committed to before. */
function reasonsFor({ fixedAt }: PreparedSample): Readonly<Record<string, string>> {
  const { numbers_not_public, ...others } = words.reasons
  return fixedAt === null ? { ...others, numbers_not_public } : others
}
