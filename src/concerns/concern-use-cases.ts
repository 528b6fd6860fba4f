import type { ConcernDeps } from './dependencies.ts'
import { createDrafts } from './drafts.ts'
import { createHandling } from './handling.ts'
import { createListReaders, createRaiseConcern } from './raise-concern.ts'
import { createReadInbox } from './read-inbox.ts'
import { createReceipts } from './receipts.ts'
import { createInboxSessions, createOpenByToken } from './reporter-access.ts'
import { createReporterSessions } from './reporter-session.ts'
import type { ConcernUseCases } from './use-cases.ts'
import { createWriteFromInbox } from './write-from-inbox.ts'

export function createConcernUseCases(deps: ConcernDeps): ConcernUseCases {
  const receipts = createReceipts(deps.peppers.receipt, deps.random)
  const sessions = createReporterSessions(deps.peppers.receipt, deps.random)
  const raise = createRaiseConcern(deps, receipts)
  const openByToken = createOpenByToken(deps)
  return {
    raise,
    listReaders: createListReaders(deps),
    drafts: createDrafts(deps, sessions, receipts, raise),
    inboxSessions: createInboxSessions(deps, sessions, openByToken),
    openByToken,
    readInbox: createReadInbox(deps),
    writeFromInbox: createWriteFromInbox(deps, receipts),
    ...createHandling(deps, receipts),
  }
}
