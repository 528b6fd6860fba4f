import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import type { Items } from '../sealing/concern-content.ts'
import { isConflicted } from '../lifecycle/conflicts.ts'
import { isAbout, isAmong } from '../raising/recipients.ts'
import type { RaisedKeys } from '../sealing/reporter-record.ts'
import { narrativeContent, type NarrativeContent } from '../sealing/sealed-contents.ts'
import { openPart, type OpenCompartment } from '../sealing/sealed-parts.ts'
import { detrimentContent } from './contents.ts'

/** Staff the concern was kept from when it was raised, and the words that say whom it is about: they mean whoever joined since too. */
export type KeptFrom = { readonly [Name in 'excluded' | 'about']: NonNullable<NarrativeContent[Name]> }

/** What the person themselves can open of their concern. */
export interface OwnRecord {
  readonly items: Items
  readonly shared: OpenCompartment
  readonly signKey: RaisedKeys['signKey']
}

/** What was said when it was raised; null where it is not genuine. */
export function narrativeIn({ items, shared, signKey }: OwnRecord): NarrativeContent | null {
  const item = items.reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, signKey)
  const parsed = opened?.genuine ? narrativeContent.safeParse(opened.content) : null
  return parsed?.success ? parsed.data : null
}

/** As the person's own record has it; null where it does not say, or is not genuine. */
export function keptFrom(own: OwnRecord): KeptFrom | null {
  const { excluded, about } = narrativeIn(own) ?? {}
  return excluded === undefined || about === undefined ? null : { excluded, about }
}

/** Whom reports of bad treatment are about, in the person's words; null where one of them is not genuine and nobody knows. */
export function accusedOfDetriment({ items, shared, signKey }: OwnRecord): readonly string[] | null {
  const reports = items.reporter.filter(({ kind }) => kind === 'detriment')
  const read = reports.map((item) => {
    const opened = openPart(item, shared, signKey)
    const parsed = opened.genuine ? detrimentContent.safeParse(opened.content) : null
    return parsed?.success ? parsed.data.about : null
  })
  return read.includes(null) ? null : read.flatMap((about) => about ?? [])
}

/** Whether a person may learn of the concern: they are none of those it is about or is kept from, and declared no conflict. */
export function isFree(
  person: DirectoryPerson,
  kept: KeptFrom,
  moreAbout: readonly string[],
  conflicted: ReadonlySet<string>,
  directory: Directory,
): boolean {
  return !isAmong(person, kept.excluded) && !isAbout(person, [...kept.about, ...moreAbout]) && !isConflicted(person, conflicted, directory)
}
