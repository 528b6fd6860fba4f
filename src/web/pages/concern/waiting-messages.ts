import type { ConcernContent, ConcernView } from '../../../concerns/index.ts'
import { threadView, type ShownMessage } from './messages/view.ts'

/**
 * Messages of the person who raised it that nobody has looked at. Any look at what was said takes the mark of new messages away, so every page
 * that looks also shows them: `concern` has to be from before that look.
 */
export function waitingMessages(
  concern: Pick<ConcernView, 'unread' | 'history'>,
  { messages }: Pick<ConcernContent, 'messages'>,
): readonly ShownMessage[] {
  if (!concern.unread) return []
  const lastAnswer = messages.findLastIndex(({ from }) => from === 'staff')
  const since = messages.slice(lastAnswer + 1)
  // What is new is then their answer to a check, and an old message would pass for it
  if (since.length === 0 && isCheckWaiting(concern)) return []
  // An answer that crossed with their message stands after it
  return threadView(since.length > 0 ? since : messages.filter(({ from }) => from === 'reporter').slice(-1))
}

/** Whether nobody has looked or acted since the person answered how they are treated: `concern` has to be from before the look, as above. */
export function isCheckWaiting({ unread, history }: Pick<ConcernView, 'unread' | 'history'>): boolean {
  const answered = history.findLast(({ kind }) => kind === 'follow_up_answered')
  return unread && answered !== undefined && !history.some(({ at, on }) => at !== null && on > answered.on)
}
