import type { ConcernDeps } from '../dependencies.ts'
import { createRecordConcluded } from '../light-path/record-concluded.ts'
import type { Receipts } from '../raising/receipts.ts'
import { createForgetCodes, createRecallCodes } from './hand-over-codes.ts'
import type { OnBehalf } from './on-behalf.ts'
import { createReadBack, createRecordOnBehalf } from './record-on-behalf.ts'

export function createOnBehalf(deps: ConcernDeps, receipts: Receipts): OnBehalf {
  return {
    readBack: createReadBack(deps),
    record: createRecordOnBehalf(deps, receipts),
    recordConcluded: createRecordConcluded(deps, receipts),
    recallCodes: createRecallCodes(deps, receipts),
    forgetCodes: createForgetCodes(deps, receipts),
  }
}
