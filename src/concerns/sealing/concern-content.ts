import type { Directory } from '../../accounts/index.ts'
import { nameOf } from '../reading/concern-view.ts'
import { noteContent } from '../acts/handling-contents.ts'
import { feedbackContent } from '../inbox/contents.ts'
import type { StoredItem } from './item-store.ts'
import { identityAmong } from '../reading/open-identity.ts'
import { partOf, type OpenConcern } from './opening.ts'
import { narrativeContent, type HeaderContent, type NarrativeContent } from './sealed-contents.ts'
import { openPart } from './sealed-parts.ts'
import { assembleThread, withMissing } from '../reading/thread.ts'
import type { ConcernContent, Feedback, HandlingRecord, Note } from '../views.ts'

export interface Items {
  readonly reporter: readonly StoredItem[]
  readonly staff: readonly StoredItem[]
}

const records: ReadonlySet<string> = new Set([
  'triage',
  'terms',
  'not_investigated',
  'referral',
  'findings',
  'outcome',
  'closing',
  'reopening',
  'withdrawal',
  'escalation',
  'assignment',
  'summary',
  'approval_note',
  'identity_reason',
  'recording',
  'screening',
  'first_contact',
  'follow_up',
])

/** Why somebody opened a name may hold that name: it is for those who may open it. */
function isShown(kind: string, { relations }: OpenConcern): boolean {
  return records.has(kind) && (kind !== 'identity_reason' || relations.includes('handler'))
}

/** What was said and written, as far as the person holds keys to it. */
export function contentOf(open: OpenConcern, items: Items, directory: Directory): ConcernContent {
  const shared = partOf(open, 'shared')
  const internal = partOf(open, 'internal')
  const narrative = narrativeOf(open, items)
  const isOpen = open.concern.openness === 'open'
  return {
    ...saidIn(narrative),
    ...describedIn(open.header),
    genuine: (shared === null || narrative !== null) && (internal === null || open.header !== null),
    identity: internal && isOpen ? identityAmong(items.reporter, internal, open.signKeyOf('reporter')) : null,
    messages:
      shared === null
        ? []
        : withMissing(
            assembleThread(items, shared, open.signKeyOf, (author) => nameOf(directory, author)),
            open.entries,
          ),
    notes: items.staff.filter(({ kind }) => kind === 'note').map((item) => noteOf(item, open, directory)),
    records: items.staff.filter(({ kind }) => isShown(kind, open)).map((item) => recordOf(item, open, directory)),
    feedback: items.reporter.filter(({ kind }) => kind === 'feedback').map((item) => feedbackOf(item, open)),
    files: [],
  }
}

function feedbackOf(item: StoredItem, open: OpenConcern): Feedback {
  const parsed = feedbackContent.safeParse(openedOf(item, open))
  const said = parsed.success ? parsed.data : { cycle: null, speakUpAgain: null, listened: null, comment: null }
  return { on: item.on, genuine: parsed.success, ...said }
}

type Said = Pick<ConcernContent, 'narrative' | 'happened' | 'awareSince' | 'immediateDanger' | 'treatedBadly' | 'pageEditions'>
const nothingSaid: Said = { narrative: null, happened: null, awareSince: null, immediateDanger: null, treatedBadly: null, pageEditions: [] }

function saidIn(content: NarrativeContent | null): Said {
  if (content === null) return nothingSaid
  const { narrative, happened, awareSince, immediateDanger, treatedBadly, pageEditions = [] } = content
  return { narrative, happened, awareSince, immediateDanger, treatedBadly, pageEditions }
}

type Described = Pick<ConcernContent, 'elements' | 'categories' | 'site' | 'professionalGroup' | 'about'>
const nothingDescribed: Described = { elements: [], categories: [], site: null, professionalGroup: null, about: [] }

function describedIn(header: HeaderContent | null): Described {
  if (header === null) return nothingDescribed
  const { elements, categories = [], site, professionalGroup, about } = header
  return { elements, categories: categories.map((code) => ({ code, label: code })), site, professionalGroup, about }
}

function narrativeOf(open: OpenConcern, items: Items): NarrativeContent | null {
  const item = items.reporter.find(({ kind }) => kind === 'narrative')
  const parsed = item === undefined ? null : narrativeContent.safeParse(openedOf(item, open))
  return parsed?.success ? parsed.data : null
}

/** Undefined where the person named did not write exactly this: plain data never is. */
function openedOf(item: StoredItem, open: OpenConcern): unknown {
  const part = open.parts.get(item.compartmentId)
  const key = open.signKeyOf(item.author)
  const opened = part === undefined || key === null ? null : openPart(item, part, key)
  return opened?.genuine ? opened.content : undefined
}

function noteOf(item: StoredItem, open: OpenConcern, directory: Directory): Note {
  const parsed = noteContent.safeParse(openedOf(item, open))
  const body = parsed.success ? parsed.data.body : null
  return { id: item.id, author: nameOf(directory, item.author), body, genuine: body !== null, writtenAt: writtenAt(item) }
}

export function recordOf(item: StoredItem, open: OpenConcern, directory: Directory): HandlingRecord {
  const content = shownOf(openedOf(item, open))
  return {
    id: item.id,
    kind: item.kind,
    author: nameOf(directory, item.author),
    writtenAt: writtenAt(item),
    genuine: content !== undefined,
    content: content ?? null,
  }
}

/** A summary without the message that waits in it: that is ciphertext, and its words stand beside it. */
function shownOf(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('waiting' in content)) return content
  const { waiting: _waiting, ...shown } = content
  return shown
}

function writtenAt(item: StoredItem): Temporal.Instant {
  if (item.at === null) throw new Error('an item of the staff lane has no instant')
  return item.at
}
