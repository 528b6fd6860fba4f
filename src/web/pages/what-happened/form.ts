import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const answers = z.object({ narrative: raiseInput.shape.narrative })

export function readWhatHappened(form: FormFields): DraftAnswers {
  return readInput(answers, { narrative: form.one('narrative') })
}
