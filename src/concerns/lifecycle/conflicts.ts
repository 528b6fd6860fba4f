import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import type { StoredEntry } from '../../audit/index.ts'

/** Who declared a conflict, by the alias the log knows them by. Such a person is to this concern what one it is about is: nothing. */
export function conflictedIn(entries: readonly Pick<StoredEntry, 'kind' | 'text'>[]): Set<string> {
  return new Set(
    entries.flatMap(({ kind, text }) => {
      const person = kind === 'conflict_declared' ? (JSON.parse(text) as { fields: { person?: string } }).fields.person : undefined
      return person === undefined ? [] : [person]
    }),
  )
}

/** Whether the person, under the id they have now or one from before their keys were lost, is among those who declared a conflict. */
export function isConflicted(person: DirectoryPerson, conflicted: ReadonlySet<string>, directory: Pick<Directory, 'known'>): boolean {
  if (conflicted.size === 0) return false
  const { id, alias, formerly = [] } = person
  return conflicted.has(alias) || [id, ...formerly].some((each) => conflicted.has(directory.known(each)?.alias ?? ''))
}
