import type { ConcernDeps } from './dependencies.ts'
import { createActOnDetriment } from './detriment/act-on-detriment.ts'
import { createViewDetriment } from './detriment/view-detriment.ts'
import { createViewDetrimentNotices } from './detriment/view-notices.ts'
import { createDrafts } from './raising/drafts.ts'
import { createHandling } from './acts/handling.ts'
import { createGiveFeedback } from './inbox/give-feedback.ts'
import { createTokenReplacing } from './inbox/replace-token.ts'
import { createAnswerFollowUp } from './inbox/answer-follow-up.ts'
import { createReportDetriment } from './inbox/report-detriment.ts'
import { createSendOn } from './inbox/send-on.ts'
import { createSayMore } from './inbox/say-more.ts'
import { createChooseNotices, createViewNotices } from './notices/choose-notices.ts'
import { createProveRaising } from './proof/prove-raising.ts'
import { createListReaders, createRaiseConcern } from './raising/raise-concern.ts'
import { createReadInbox } from './inbox/read-inbox.ts'
import { createAskToWithdraw } from './lifecycle/ask-to-withdraw.ts'
import { createReceipts } from './raising/receipts.ts'
import { createInboxDoor, createInboxSessions } from './inbox/reporter-access.ts'
import { createReporterSessions } from './inbox/reporter-session.ts'
import type { ConcernUseCases } from './use-cases.ts'
import { createWriteFromInbox } from './inbox/write-from-inbox.ts'

export function createConcernUseCases(deps: ConcernDeps): ConcernUseCases {
  const receipts = createReceipts(deps.peppers.receipt, deps.random)
  const sessions = createReporterSessions(deps.peppers.receipt, deps.random)
  const raise = createRaiseConcern(deps, receipts)
  const door = createInboxDoor(deps, sessions)
  const codes = createTokenReplacing(deps, receipts, door)
  return {
    raise,
    listReaders: createListReaders(deps),
    drafts: createDrafts(deps, sessions, receipts, raise),
    inboxSessions: createInboxSessions(deps, sessions, receipts, door, codes.inInbox),
    openByToken: (ctx, typed) => door.open(ctx, typed),
    replaceToken: codes.byToken,
    sayMore: createSayMore(deps, receipts),
    askToWithdraw: createAskToWithdraw(deps, receipts),
    giveFeedback: createGiveFeedback(deps, receipts),
    reportDetriment: createReportDetriment(deps, receipts),
    sendOn: createSendOn(deps, receipts),
    viewNotices: createViewNotices(deps),
    chooseNotices: createChooseNotices(deps, receipts),
    answerFollowUp: createAnswerFollowUp(deps, receipts),
    viewDetriment: createViewDetriment(deps),
    actOnDetriment: createActOnDetriment(deps, receipts),
    viewDetrimentNotices: createViewDetrimentNotices(deps),
    readInbox: createReadInbox(deps),
    proveRaising: createProveRaising(deps),
    writeFromInbox: createWriteFromInbox(deps, receipts),
    ...createHandling(deps, receipts),
  }
}
