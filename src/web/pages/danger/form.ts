import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const answers = z.object({ immediateDanger: raiseInput.shape.immediateDanger.unwrap() })

/** The one question besides the narrative that wants an answer; "I am not sure" is the way past it. */
export function readDanger(form: FormFields): DraftAnswers {
  return readInput(answers, { immediateDanger: form.has('immediateDanger') ? form.one('immediateDanger') : undefined })
}
