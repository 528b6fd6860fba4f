import type { Request, Response } from 'express'
import type { ReporterContext } from '../../../concerns/index.ts'
import { factsOf, type FormFields } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import type { ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { codeFault, readCode } from './form.ts'
import { codeWordsIn } from './send.ts'

export type Opened = { readonly resume: () => Promise<ReporterContext> } | { readonly fault: ShownFault; readonly status: 404 | 422 }

/** Opens the inbox of the typed code and holds its key, in place of an inbox this browser had open before. */
export async function openInbox(deps: ReporterDeps, request: Request, response: Response, form: FormFields): Promise<Opened> {
  const { code, minutes } = readCode(form)
  const { inboxSessions } = deps.concerns
  const ctx = visitorOf(deps, response)
  const held = readHeldKeys(request)
  try {
    const { key } = await inboxSessions.open(ctx, code, minutes)
    if (held.inbox !== null) await inboxSessions.close(held.inbox)
    // A new code that still waited to be written down may be another person's
    holdKeys(response, { draft: held.draft, inbox: key, renewal: null })
    return { resume: () => inboxSessions.resume(ctx, key) }
  } catch (error) {
    const fault = codeFault(error, code, codeWordsIn(factsOf(response).language))
    return { fault, status: error instanceof Refusal && error.code === 'token_not_recognised' ? 404 : 422 }
  }
}
