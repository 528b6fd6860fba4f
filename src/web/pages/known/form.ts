import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const answers = z.object({ openness: raiseInput.shape.openness })

/** Skipped means anonymous, the contract's default. That also takes a name and an address given before out of the draft: none may be sent with it. */
export function readKnown(form: FormFields): DraftAnswers {
  const { openness } = readInput(answers, { openness: form.one('openness') || undefined })
  return openness === 'anonymous' ? { openness, identity: undefined, notices: undefined, noNotes: undefined } : { openness }
}
