import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { given } from '../where-when/form.ts'

const answers = z.object({ identity: raiseInput.shape.identity })

export function readIdentity(form: FormFields): DraftAnswers {
  const name = given(form, 'name')
  const contact = given(form, 'contact')
  const identity = name === undefined && contact === undefined ? undefined : { ...(name && { name }), ...(contact && { contact }) }
  return readInput(answers, { identity })
}
