import type { ConcernContent, ConcernView } from '../../../concerns/index.ts'
import { threadView, type ShownMessage } from './messages/view.ts'

/**
 * Messages of the person who raised it that nobody has looked at. Any look at what was said takes the mark of new messages away, so every page
 * that looks also shows them: `concern` has to be from before that look.
 */
export function waitingMessages(
  concern: Pick<ConcernView, 'unread'>,
  { messages }: Pick<ConcernContent, 'messages'>,
): readonly ShownMessage[] {
  if (!concern.unread) return []
  const lastAnswer = messages.findLastIndex(({ from }) => from === 'staff')
  const since = messages.slice(lastAnswer + 1)
  // An answer that crossed with their message stands after it
  return threadView(since.length > 0 ? since : messages.filter(({ from }) => from === 'reporter').slice(-1))
}
