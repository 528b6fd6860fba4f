import type { ReporterContext } from '../../../concerns/index.ts'
import type { FormFields } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { readFollowUp } from '../inbox-follow-up/form.ts'

/** What is not done: it was answered before, is not asked any more, or somebody changed the page. */
const notDone: readonly string[] = ['too_early', 'transition_not_allowed', 'invalid_input', 'idempotency_key_reused']

/**
 * Answers the check of three or six months where one of its answers was chosen on the page. What was answered, or null: then the page that follows
 * shows how it stands.
 */
export async function answerIfChosen(deps: ReporterDeps, ctx: ReporterContext, form: FormFields, secret: string): Promise<string | null> {
  if (form.one('answer') === '') return null
  try {
    // A secret of its own beside the message's, and the same each time the page is sent
    const input = readFollowUp(form)
    await deps.concerns.answerFollowUp(ctx, input, `${secret}-check`)
    return input.answer
  } catch (error) {
    if (error instanceof Refusal && notDone.includes(error.code)) return null
    throw error
  }
}
