import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const answers = z.object({ professionalGroup: raiseInput.shape.professionalGroup })

export function readWork(form: FormFields): DraftAnswers {
  return readInput(answers, { professionalGroup: form.one('professionalGroup') || undefined })
}
