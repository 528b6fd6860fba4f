import { factsOf, formFields, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import type { Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { restoredTexts } from '../../reporter/restored.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { readCode } from './form.ts'
import { openInbox } from './open.ts'
import { sendCodePage } from './send.ts'

/** I1: the code opens the inbox for the time the person chose. Wrong, old and deleted codes look and last alike. */
export function inboxCodeRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: inboxSteps.code,
      policy: reporterOnly,
      handle: async (_request, response) =>
        sendCodePage(pages, response, { restored: await restoredTexts(deps, factsOf(response).language) }),
    },
    {
      method: 'post',
      path: inboxSteps.code,
      policy: reporterOnly,
      body: 'form',
      onTick: true,
      handle: async (request, response) => {
        const form = formFields(request)
        const opened = await openInbox(deps, request, response, form)
        if ('fault' in opened) {
          const restored = await restoredTexts(deps, factsOf(response).language)
          return sendCodePage(pages, response, { ...readCode(form), restored, ...opened })
        }
        redirect(response, inboxSteps.thread)
      },
    },
  ]
}
