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

export const showAsked = ({ id, reference, askedAt }: AskedSample) => ({ href: `/samples/${id}`, reference, at: instantText(askedAt) })

/** What was typed stands before what was prepared. */
export function showPrepared(prepared: PreparedSample, typed: Typed | null, left: readonly string[]) {
  const { id, reference, concernId, from, site, profession, numbers } = prepared
  const chosen = typed?.many('show') ?? []
  const shown = {
    ...(site !== null && { site: words.prepare.show.site(site) }),
    ...(profession !== null && { profession: words.prepare.show.profession(labelOf(labels.professionalGroups, profession)) }),
  }
  return {
    ...{ reference, numbers, left },
    action: `/samples/${id}`,
    refusal: `/samples/${id}/refusal`,
    concernHref: `/concerns/${concernId}`,
    from: words.prepare.from[from],
    text: typed?.has('text') ? typed.one('text') : prepared.text,
    show: codeOptions(shown, chosen),
    reasons: codeOptions(words.reasons, typed?.many('reason') ?? []),
  }
}
