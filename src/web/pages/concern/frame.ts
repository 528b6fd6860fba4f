import type { ConcernView } from '../../../concerns/index.ts'
import type { StaffMember } from '../../../kernel/index.ts'
import { labels, statusWords } from '../../../workflow/index.ts'
import { deadlineOf, isOpen, leadingClock, type Deadline } from '../../staff/deadlines.ts'
import { ownerInWords } from '../../staff/owner.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { isCheckWaiting } from './waiting-messages.ts'
import { words } from './words.en.ts'

const subPages = [
  'overview',
  'messages',
  'deadlines',
  'notes',
  'my-note',
  'contacts',
  'assessment',
  'records',
  'detriment',
  'links',
  'summary',
  'history',
] as const
export type SubPage = (typeof subPages)[number]

/** To whom the person sent it on, the thread is there and nothing that handlers keep. */
const subPagesOfThread: readonly SubPage[] = ['overview', 'messages', 'history']

/** Somebody who only investigates has no key to messages and notes: an empty page there would be untrue. */
const subPagesOfInvestigator: readonly SubPage[] = ['overview', 'records', 'history']

/** Whether the reader holds more than the terms of an investigation. */
export function readsWhatWasSaid({ assignees }: Pick<ConcernView, 'assignees'>, { userId }: Pick<StaffMember, 'userId'>): boolean {
  return !assignees.some(({ id, relation }) => id === userId && relation === 'investigator')
}

/** What stands above every page of a concern. */
export interface ConcernFrame {
  readonly reference: string
  /** What stands for the title where there is none to read: none given yet, not genuine, or no key to it. */
  readonly title: string | null
  readonly untitled: string
  readonly danger: boolean
  /** Bad treatment is open, and the reader is one who may know. */
  readonly harmed: boolean
  readonly unread: boolean
  /** Where the reader finds an answer to how the person is treated that nobody has looked at; null where none waits. */
  readonly checkHref: string | null
  readonly facts: readonly { readonly key: string; readonly text: string }[]
  readonly deadlineKey: string
  readonly deadline: Deadline | null
  readonly links: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
  readonly say: typeof frameWords
}

const frameWords = { ...staffWords, ...words }

/** `current` null: a form, with no links that would lead away from what is being written. */
export function concernFrame(concern: ConcernView, current: SubPage | null, reader: StaffMember): ConcernFrame {
  const clock = leadingClock(concern.clocks)
  const reads = concern.threadAlone ? subPagesOfThread : subPages
  const open = readsWhatWasSaid(concern, reader) ? reads : subPagesOfInvestigator
  return {
    reference: concern.reference,
    title: concern.title,
    untitled: readsWhatWasSaid(concern, reader) ? staffWords.noTitle : words.investigated,
    danger: concern.danger,
    harmed: concern.openDetriment && readsWhatWasSaid(concern, reader),
    unread: concern.unread,
    checkHref: open === subPages && isCheckWaiting(concern) ? subPageHref(concern.id, 'detriment') : null,
    facts: factsIn(concern),
    deadlineKey: clock !== null && !isOpen(clock) ? words.deadline.past : words.deadline.open,
    deadline: clock && deadlineOf(clock),
    links: (current === null ? [] : open).map((page) => ({
      href: subPageHref(concern.id, page),
      text: words.pages[page],
      current: page === current,
    })),
    say: frameWords,
  }
}

const factsIn = ({ status, owner, coveringFor, openness, riskGrade }: ConcernView): ConcernFrame['facts'] => [
  { key: words.status, text: statusWords[status].staff },
  { key: words.owner, text: ownerInWords({ owner, coveringFor }) },
  { key: words.raised, text: labels.opennesses[openness] },
  { key: words.risk, text: riskGrade === null ? staffWords.notGraded : labels.riskGrades[riskGrade] },
]

export function subPageHref(concernId: string, page: SubPage): string {
  return page === 'overview' ? `/concerns/${concernId}` : `/concerns/${concernId}/${page}`
}

/** The title of the document. It stays in the browser's history, so it holds the reference and never the concern's own title. */
export function concernTitle(concern: Pick<ConcernView, 'reference'>, page: string): string {
  return `${concern.reference}: ${page}`
}

/** The words of a `?done=` code; undefined for anything else that stands in the address. */
export function noticeOf(code: string): string | undefined {
  return Object.hasOwn(words.notices, code) ? words.notices[code as keyof typeof words.notices] : undefined
}
