import type { z } from 'zod'
import type { RaisedAnswer } from '../../concerns/index.ts'
import { presentReaderName } from '../shapes.ts'
import type { raisedAnswer } from './schema.ts'

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
