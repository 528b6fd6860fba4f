import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const answers = z.object({ treatedBadly: raiseInput.shape.treatedBadly })

export function readTreatment(form: FormFields): DraftAnswers {
  return readInput(answers, { treatedBadly: form.one('treatedBadly') || undefined })
}
