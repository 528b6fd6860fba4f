import type { z } from 'zod'
import { instantText } from '../../kernel/index.ts'
import type {
  CalendarImport,
  Category,
  HolidayRow,
  Horizon,
  MailStanding,
  MovedDeadline,
  RuleVersion,
  ShownChange,
  TextBlock,
} from '../../settings/index.ts'
import type {
  calendarAnswer,
  categoriesAnswer,
  changesAnswer,
  importAnswer,
  limitsAnswer,
  mailAnswer,
  movedAnswer,
  textsAnswer,
} from './schema.ts'

export function presentMail({ setUp, waiting, waitingSince, failed, fault, lastSentAt }: MailStanding): z.infer<typeof mailAnswer>['mail'] {
  const text = (at: Temporal.Instant | null) => at && instantText(at)
  return { setUp, waiting, waitingSince: text(waitingSince), failed, fault, lastSentAt: text(lastSentAt) }
}

export function presentCategory(category: Category): z.infer<typeof categoriesAnswer>['items'][number] {
  const { id, code, label, hint, element, source, validFrom, validTo } = category
  return { id, code, label, hint, element, source, validFrom, validTo }
}

export function presentText({ key, seen, versions }: TextBlock): z.infer<typeof textsAnswer>['items'][number] {
  return {
    key,
    seen,
    versions: versions.map((text) => ({
      id: text.id,
      version: text.version,
      kind: text.kind,
      heading: text.heading,
      body: text.body,
      quote: text.quote,
      source: text.source,
      sourceDate: text.sourceDate,
      readOn: text.readOn,
      mark: text.mark,
      checked: text.wording === 'checked',
      validFrom: text.validFrom,
      enteredOn: text.enteredOn,
      digest: text.digest,
    })),
  }
}

export function presentCalendar(calendar: {
  readonly seen: string
  readonly items: readonly HolidayRow[]
  readonly horizon: Horizon
}): z.infer<typeof calendarAnswer> {
  const { until, publishedUntil, endsSoon } = calendar.horizon
  const items = calendar.items.map(({ date, title, source, projected, enteredOn }) => ({ date, title, source, projected, enteredOn }))
  return { seen: calendar.seen, until, publishedUntil, endsSoon, items }
}

export function presentImport(done: {
  readonly import: CalendarImport
  readonly moved: readonly MovedDeadline[]
}): z.infer<typeof importAnswer> {
  const { added, confirmed, left, doubtful, past } = done.import
  const days = (rows: readonly HolidayRow[]) => rows.map(({ date, title }) => ({ date, title }))
  return {
    ...{ added: days(added), confirmed: days(confirmed), left, doubtful: days(doubtful), past: [...past] },
    moved: presentMoved(done.moved),
  }
}

export function presentLimit(rule: RuleVersion): z.infer<typeof limitsAnswer>['items'][number] {
  const { code, version, label, limit, unit, force, source, validFrom, warnBefore, escalateTo, escalateEvery, pauseCap } = rule
  const { announcedOn, noticeUntil, withdrawnOn } = rule
  return {
    ...{ code, version, label, limit, unit, force, source, validFrom, warnBefore, escalateTo: [...escalateTo], escalateEvery, pauseCap },
    ...{ announcedOn, noticeUntil, withdrawnOn },
  }
}

export function presentMoved(moved: readonly MovedDeadline[]): z.infer<typeof movedAnswer>['moved'] {
  return moved.map(({ clock, before, after, clocks }) => ({ clock, before, after, clocks }))
}

export function presentChange(change: ShownChange): z.infer<typeof changesAnswer>['items'][number] {
  const { id, setting, changedAt, who, reason, removed, added } = change
  return {
    id,
    setting,
    changedAt: instantText(changedAt),
    who,
    reason,
    removed: removed.map((row) => ({ ...row })),
    added: added.map((row) => ({ ...row })),
  }
}
