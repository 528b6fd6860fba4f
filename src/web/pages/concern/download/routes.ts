import { factsOf, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { askAgain, faultInAddress } from '../../../staff/code.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { codeOptions } from '../../../staff/options.ts'
import { concernFrame, concernTitle, subPageHref } from '../frame.ts'
import { fileView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Everything a handler may open of one concern, as a file. The answer to the form is the file itself and no address leads to it. */
export function downloadRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  const path = '/concerns/:id/download'
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, ask) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, give) },
  ]
}

async function ask({ pages, concerns, ctx, id, request, response }: ConcernVisit): Promise<void> {
  const concern = await concerns.viewConcern(ctx, id)
  if (!concern.mayWriteNotes) throw new Refusal('permission_denied')
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'concern/download/download.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.title,
      action: `/concerns/${id}/download`,
      formats: codeOptions({ html: words.format.html, json: words.format.json }, ['html']),
      steppedUp: ctx.steppedUp,
      backHref: subPageHref(id, 'overview'),
    },
    back: subPageHref(id, 'summary'),
    wide: true,
    faults: faultInAddress(queryFields(request).one('code'), words.errors.otp),
  })
}

async function give({ pages, concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  const page = `/concerns/${id}/download`
  if (form.has('change')) return redirect(response, page)
  try {
    const whole = await concerns.casework.exportConcern(ctx, id, { otp: form.one('otp').trim() })
    const json = form.one('format') === 'json'
    // Neither reference nor time: file names are seen by many
    response.attachment(json ? 'record.json' : 'record.html')
    if (json) return void response.type('json').send(JSON.stringify(whole, null, 2))
    const { language } = factsOf(response)
    const words = wordsIn(language)
    const view = { ...fileView(whole), by: ctx.person.name, language }
    pages.send(response, { template: 'concern/download/file.njk', title: words.file.title, words, view })
  } catch (error) {
    redirect(response, askAgain(error, page))
  }
}
