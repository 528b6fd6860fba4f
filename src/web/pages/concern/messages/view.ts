import type { ConcernContent, ConcernView, ThreadMessage } from '../../../../concerns/index.ts'
import type { StaffMember } from '../../../../kernel/index.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { thingsToCheck } from './checks.ts'
import { words } from './words.en.ts'

export interface ShownMessage {
  readonly side: 'reporter' | 'staff'
  readonly who: string
  readonly sentOn: string
  readonly body: string | null
  readonly genuine: boolean
}

export function threadView(messages: readonly ThreadMessage[]): readonly ShownMessage[] {
  return messages.map(({ from, author, sentOn, body, genuine }) => ({
    side: from,
    who: from === 'reporter' ? words.fromReporter : words.fromStaff(author ?? staffWords.roles.system),
    sentOn,
    body,
    genuine,
  }))
}

export interface PreviewView {
  readonly body: string
  readonly readers: readonly string[]
  readonly check: readonly string[]
}

/** Who will read the message, by name, and what to look at before it goes. */
export function previewView(body: string, concern: ConcernView, content: ConcernContent, writer: StaffMember): PreviewView {
  const say = words.preview
  const colleagues = concern.assignees.filter(({ id }) => id !== writer.userId)
  return {
    body,
    readers: [say.reporter, ...colleagues.map(({ name, role }) => say.staff(name, staffWords.roles[role])), say.others],
    check: thingsToCheck(body, content.about, concern.clocks),
  }
}
