import { sendOnInput, type ReporterContext } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'

/**
 * Sends the concern on where the box on the page was ticked, to the person whom the page named and nobody else. True where it was. Where it is not
 * open any more, or to somebody else now, nothing is done: the page that follows shows how it stands.
 */
export async function sendOnIfTicked(deps: ReporterDeps, ctx: ReporterContext, form: FormFields, secret: string): Promise<boolean> {
  if (form.one('sendOn') !== 'yes') return false
  try {
    // A secret of its own beside the message's, and the same each time the page is sent
    await deps.concerns.sendOn(ctx, readInput(sendOnInput, { reason: form.one('reason'), to: form.one('to') }), `${secret}-on`)
    return true
  } catch (error) {
    if (error instanceof Refusal && ['too_early', 'no_reader_left', 'invalid_input'].includes(error.code)) return false
    throw error
  }
}
