import type { z } from 'zod'
import type {
  AccessReport,
  Comparison,
  EntryPage,
  ExceptionReport,
  LogCheck,
  LogFindings,
  Names,
  PeopleReport,
  ShownEntry,
} from '../../audit/index.ts'
import { instantText, type DateText } from '../../kernel/index.ts'
import type {
  accessAnswer,
  checksAnswer,
  comparisonAnswer,
  entryAnswer,
  exceptionsAnswer,
  namesAnswer,
  peopleAnswer,
  searchAnswer,
} from './schema.ts'

const presentNames = (names: Names): z.infer<typeof namesAnswer> =>
  [...names].map(([alias, behind]) => ({ alias, state: behind.state, name: behind.state === 'known' ? behind.name : null }))

const shown = ({ index, text }: ShownEntry) => ({ index, entry: text })

const presentFound = ({ items, next, waiting }: AccessReport['names']) => ({
  items: items.map(shown),
  next,
  waiting: waiting.items.map(shown),
  more: waiting.more,
})

export const presentSearch = ({ size, covers, names, ...found }: LogFindings): z.infer<typeof searchAnswer> => ({
  ...presentFound(found),
  names: presentNames(names),
  size,
  covers,
})

export const presentEntry = ({ index, text, hash, before, after, names, checks }: EntryPage): z.infer<typeof entryAnswer> => ({
  index,
  entry: text,
  hash,
  before,
  after,
  names: presentNames(names),
  checks: checks && {
    text: checks.text,
    signed: checks.signed,
    included: checks.included,
    follows: checks.follows,
    followed: checks.followed,
    size: checks.size,
    publishedAt: instantText(checks.publishedAt),
  },
})

export const presentChecks = (ended: readonly LogCheck[], runningSince: Temporal.Instant | null): z.infer<typeof checksAnswer> => ({
  runningSince: runningSince && instantText(runningSince),
  items: ended.map(({ checkedAt, verdict, entries, size, askedBy, milliseconds, checks, findings }) => ({
    checkedAt: instantText(checkedAt),
    verdict,
    entries,
    size,
    askedBy,
    milliseconds,
    checks: checks.map(({ title, result }) => ({ title, result })),
    findings: findings.map(({ severity, check, code, message, index, id }) => ({ severity, check, code, message, index, id })),
  })),
})

export const presentComparison = ({ verdict, theirs, ours, comparedAt }: Comparison): z.infer<typeof comparisonAnswer> => ({
  verdict,
  theirs,
  ours,
  comparedAt: instantText(comparedAt),
})

export const presentAccess = ({ names, others, people }: AccessReport): z.infer<typeof accessAnswer> => ({
  opened: presentFound(names),
  read: presentFound(others),
  names: presentNames(people),
})

export const presentPeople = ({ people, names, whole }: PeopleReport, on: DateText): z.infer<typeof peopleAnswer> => ({
  on,
  whole,
  names: presentNames(names),
  items: people.map(({ alias, rights, at, kind, index, keysGiven }) => ({
    alias,
    standing: rights.standing,
    roles: [...rights.roles],
    deputy: rights.deputy,
    since: at,
    kind,
    index,
    keysGiven,
  })),
})

export const presentExceptions = ({
  reports,
  names,
}: {
  readonly reports: readonly ExceptionReport[]
  readonly names: Names
}): z.infer<typeof exceptionsAnswer> => ({
  names: presentNames(names),
  items: reports.map(({ code, count, whole, next, items }) => ({
    kind: code,
    count,
    whole,
    next,
    exceptions: items.map((each) => ({
      index: each.entry.index,
      with: each.with?.index ?? null,
      person: each.person,
      entries: each.count,
    })),
  })),
})
