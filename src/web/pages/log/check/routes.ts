import { createReadStream } from 'node:fs'
import type { Response } from 'express'
import { verifierFile, type Comparison } from '../../../../audit/index.ts'
import { factsOf, formFields, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { invalid } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { faultInAddress } from '../../../staff/code.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { giveTaken } from '../taken.ts'
import { findLine } from './line.ts'
import { showCheck } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** `note` and `entries` as they were typed. */
type Send = (
  response: Response,
  compared: Comparison | null,
  faults?: readonly ShownFault[],
  note?: string,
  entries?: string,
) => Promise<void>

/** The whole log checked, with how much and when; and what is needed to check it elsewhere. */
export function checkRoutes(pages: Pages, deps: LogPageDeps): readonly Route[] {
  const { staffContext, auditing } = deps
  const send: Send = async (response, compared, faults = [], note = '', entries = '') => {
    const { language } = factsOf(response)
    const words = wordsIn(language)
    const ctx = staffContext(response)
    const { ended, names, runningSince } = await auditing.checks.view(ctx)
    const keys = await deps.publishedLog.readVerifierKeys()
    const found = await findLine(deps.publishedLog, entries, words.minutes.unknown)
    const view = showCheck({ ended, names, runningSince, keys, compared, language })
    pages.send(response, {
      template: 'log/check/check.njk',
      title: words.title,
      words,
      view: { ...view, note, needsCode: !ctx.freshCode, line: found.line, entries },
      faults: [...faults, ...found.faults],
    })
  }
  return [
    {
      method: 'get',
      path: '/log/check',
      policy: auditors,
      handle: (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const query = queryFields(request)
        return send(response, null, faultInAddress(query.one('code'), words.offline.otp), '', query.one('entries'))
      },
    },
    {
      method: 'post',
      path: '/log/check',
      policy: auditors,
      body: 'form',
      handle: (_request, response) => {
        auditing.checks.start(staffContext(response))
        redirect(response, '/log/check')
      },
    },
    compareRoute(deps, send),
    ...takingRoutes(deps),
  ]
}

/** Pasted or as its file, one of the two. */
function compareRoute({ staffContext, auditing }: LogPageDeps, send: Send): Route {
  return {
    method: 'post',
    path: '/log/check/compare',
    policy: auditors,
    body: 'upload',
    handle: async (request, response) => {
      const fields = formFields(request)
      const note = fields.one('note')
      const file = fields.one('file')
      try {
        if (note.trim() !== '' && file.trim() !== '')
          throw invalid('/note', 'one_of_two', 'Paste the checkpoint or choose its file, not both.')
        return await send(response, await auditing.compare(staffContext(response), file.trim() === '' ? note : file))
      } catch (error) {
        const faults = shownFaults(error, { words: wordsIn(factsOf(response).language).errors })
        return send(response, null, faults, note)
      }
    },
  }
}

/** The whole log, and the program that checks it. */
function takingRoutes(deps: LogPageDeps): readonly Route[] {
  const { logReads } = deps
  return [
    {
      method: 'post',
      path: '/log/bundle',
      policy: auditors,
      body: 'form',
      handle: async (request, response) => {
        const form = formFields(request)
        await giveTaken(request, response, deps, '/log/check', (ctx) => logReads.takeBundle(ctx, { names: form.one('names') === 'yes' }))
      },
    },
    {
      method: 'get',
      path: '/log/verifier',
      policy: auditors,
      handle: (_request, response) => {
        response.attachment('verify-log.mjs').type('text/javascript; charset=utf-8')
        createReadStream(verifierFile).pipe(response)
      },
    },
  ]
}
