import type { z } from 'zod'
import type { DetrimentReport, Inbox, ProofOfRaising } from '../../concerns/index.ts'
import { presentClock, presentMessage, presentReader, presentReaderName } from '../shapes.ts'
import type { detrimentReport, inboxAnswer, proofAnswer } from './schema.ts'

export function presentInbox(inbox: Inbox): z.infer<typeof inboxAnswer> {
  const { outcome } = inbox
  return {
    stage: inbox.stage,
    status: inbox.status,
    raisedOn: inbox.raisedOn,
    narrative: inbox.narrative,
    clocks: inbox.clocks.map((clock) => ({
      ...presentClock(clock),
      firstDueOn: clock.firstDueOn,
      pausedUntil: clock.state === 'paused' && clock.pause !== null ? clock.pause.until : null,
    })),
    movedClocks: inbox.movedClocks.map(({ code, kind, on, until, reasonCode }) => ({ code, kind, on, until, reasonCode })),
    sendOn: presentSendOn(inbox.sendOn),
    sentOn: inbox.sentOn.map(({ name, on }) => ({ name, on })),
    followUp: inbox.followUp,
    messages: inbox.messages.map(presentMessage),
    files: [],
    readers: inbox.readers.map(presentReaderName),
    withdrawalAskedOn: inbox.withdrawalAskedOn,
    organisationLed: inbox.organisationLed,
    reopenedOn: inbox.reopenedOn,
    nobodyLeft: inbox.nobodyLeft,
    openness: inbox.openness,
    questions: inbox.questions.map(({ id }) => id),
    outcome: outcome && { code: outcome.code, feedbackShared: outcome.feedbackShared, on: outcome.on },
    nextDates: inbox.nextDates.map(({ code, dueOn }) => ({ code, dueOn })),
    readingDays: [...inbox.readingDays],
    detriment: inbox.detriment.map(presentReport),
    newCodeFirst: inbox.newCodeFirst,
    allowedActions: [...inbox.allowedActions],
  }
}

function presentSendOn(sendOn: Inbox['sendOn']): z.infer<typeof inboxAnswer>['sendOn'] {
  if (sendOn === null) return null
  return { reasons: [...sendOn.reasons], to: sendOn.to && presentReader({ ...sendOn.to, deputy: false }) }
}

export function presentReport(report: DetrimentReport): z.infer<typeof detrimentReport> {
  return {
    id: report.id,
    reportedOn: report.reportedOn,
    status: report.status,
    kinds: [...report.kinds],
    description: report.description,
    genuine: report.genuine,
  }
}

export function presentProof({ comeBackOn, file }: ProofOfRaising): z.input<typeof proofAnswer> {
  return { comeBackOn, ...file, opening: { ...file.opening, shown: { ...file.opening.shown } } }
}
