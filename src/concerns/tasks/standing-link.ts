import type { Directory } from '../../accounts/index.ts'
import type { StoredEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import { fieldsOf } from '../casework/entry-fields.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import type { TaskLinkRow } from './link-store.ts'
import { tasksIn } from './track.ts'

type Entry = Pick<StoredEntry, 'kind' | 'on' | 'text'>

/**
 * Whether a link still opens: nobody used it or took it back, its time is not over, its task is open, and who made it, and so knows its secret, is
 * still here and declared no conflict of interest. `entries` of its concern.
 */
export function isStanding(
  { id, task, ended, expiresOn }: Pick<TaskLinkRow, 'id' | 'task' | 'ended' | 'expiresOn'>,
  entries: readonly Entry[],
  directory: Directory,
  today: DateText,
): boolean {
  if (ended !== null || today > expiresOn) return false
  if (tasksIn(entries).find((each) => each.id === task)?.state !== 'open') return false
  const made = entries.find((entry) => entry.kind === 'task_link_made' && fieldsOf(entry)['link'] === id)
  const maker = made && (JSON.parse(made.text) as { readonly actor: { readonly alias?: string } }).actor.alias
  const person = directory.people.find(({ id: now, alias, formerly = [] }) =>
    [alias, ...[now, ...formerly].map((each) => directory.known(each)?.alias)].includes(maker as typeof alias),
  )
  return person !== undefined && !isConflicted(person, conflictedIn(entries), directory)
}
