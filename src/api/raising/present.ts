import type { z } from 'zod'
import type { HandOver, RaisedAnswer, ReadBack, RecordedAnswer } from '../../concerns/index.ts'
import { presentReader, presentReaderName } from '../shapes.ts'
import type { raisedAnswer, readBackAnswer, recordedAnswer } from './schema.ts'

export function presentRaised(raised: RaisedAnswer): z.infer<typeof raisedAnswer> {
  return {
    token: raised.token,
    stage: raised.stage,
    raisedOn: raised.raisedOn,
    acknowledgeBy: raised.acknowledgeBy,
    readers: raised.readers.map(presentReaderName),
    receipt: raised.receipt,
  }
}

type Recorded = z.infer<typeof recordedAnswer>

export function presentRecorded(recorded: RecordedAnswer): Recorded {
  return {
    ...presentHandOver(recorded),
    stage: recorded.stage,
    status: recorded.status,
    raisedOn: recorded.raisedOn,
    acknowledgeBy: recorded.acknowledgeBy,
    readers: recorded.readers.map(presentReaderName),
    joint: recorded.joint.map(presentHandOver),
  }
}

function presentHandOver({ token, receipt, concern }: HandOver): Recorded['joint'][number] {
  return { token, receipt, concern: concern && { id: concern.id, reference: concern.reference } }
}

export function presentReadBack(back: ReadBack): z.infer<typeof readBackAnswer> {
  return {
    narrative: back.narrative,
    cut: back.cut.map(({ kind, text }) => ({ kind, text })),
    readers: back.readers.map(presentReader),
    acknowledgeBy: back.acknowledgeBy,
    backDatedDays: back.backDatedDays,
  }
}
