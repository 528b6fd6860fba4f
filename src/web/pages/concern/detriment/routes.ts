import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { londonDate, newId, readId, Refusal, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { detrimentLabels, detrimentSteps, labels, type DetrimentStep } from '../../../../workflow/index.ts'
import type { DetrimentCase } from '../../../../concerns/index.ts'
import { dateInWords, pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn, type Drafted } from '../../../staff/drafted.ts'
import { codeOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { planDates, readStep, stepFields, stepNames, stepPaths } from './form.ts'
import { followUpViews, reportViews, stepHref } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Bad treatment for speaking up: the person's reports, and the track of each: risk, plan, reviews, end. */
export function detrimentRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/detriment'
  const steps = detrimentSteps.flatMap((step): Route[] => {
    const at = `${path}/${stepPaths[step]}`
    return [
      { method: 'get', path: at, policy: insiders, handle: visiting(pages, deps, (visit) => showStep(visit, step, deps.random)) },
      { method: 'post', path: at, policy: insiders, body: 'form', handle: visiting(pages, deps, (visit) => takeStep(visit, step)) },
    ]
  })
  return [{ method: 'get', path, policy: insiders, handle: visiting(pages, deps, show) }, ...steps]
}

async function show({ pages, concerns, ctx, id, request, response }: ConcernVisit): Promise<void> {
  const concern = await concerns.viewConcern(ctx, id)
  const { reports, followUps, mayAct } = await concerns.viewDetriment(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  pages.send(response, {
    template: 'concern/detriment/detriment.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'detriment', ctx.person),
      reports: reportViews(reports, subPageHref(id, 'detriment'), mayAct),
      followUps: followUpViews(followUps),
      mayAct,
      staffWords,
    },
    wide: true,
    ...(notice !== undefined && { notice }),
  })
}

const placeOf = (id: ConcernId, step: DetrimentStep, report: string) => `detriment ${step} ${id} ${report}`

/** The report the address counts, the first where it counts none. Refusal `not_found`. */
async function reportIn({
  concerns,
  ctx,
  id,
  request,
}: ConcernVisit): Promise<{ readonly report: DetrimentCase; readonly number: number }> {
  const number = Number(queryFields(request).one('report') || 1)
  const concern = await concerns.viewDetriment(ctx, id)
  const report = Number.isSafeInteger(number) ? concern.reports[number - 1] : undefined
  if (report === undefined) throw new Refusal('not_found')
  return { report, number }
}

async function takeStep(visit: ConcernVisit, step: DetrimentStep): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const { report, number } = await reportIn(visit)
  const path = stepHref(subPageHref(id, 'detriment'), step, number)
  await answerForm(visit, { place: placeOf(id, step, report.id), path, names: stepNames[step] }, async () => {
    await concerns.actOnDetriment(ctx, id, step, readStep(step, report.id, form, londonDate(ctx.now)), readId(form.one('key')))
    await dropTyped(visit)
    return `${subPageHref(id, 'detriment')}?done=detriment_${step}`
  })
}

async function showStep(visit: ConcernVisit, step: DetrimentStep, random: Random): Promise<void> {
  const { pages, concerns, ctx, id, response } = visit
  const { report, number } = await reportIn(visit)
  if (!report.openSteps.includes(step)) throw new Refusal('transition_not_allowed')
  const drafted = await draftIn(visit, placeOf(id, step, report.id))
  const concern = await concerns.viewConcern(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const say = words.forms[step]
  const base = subPageHref(id, 'detriment')
  pages.send(response, {
    template: `concern/detriment/${stepPaths[step]}.njk`,
    title: concernTitle(concern, say.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: say.title,
      report: words.report(number, dateInWords(report.reportedOn)),
      description: report.description,
      say,
      action: stepHref(base, step, number),
      key: newId(random),
      draft: drafted.id,
      values: valuesOf(drafted.typed, stepNames[step]),
      ...optionsOf(step, drafted, report),
    },
    back: base,
    wide: true,
    faults: faultsIn(drafted, (typed) => readStep(step, report.id, typed, londonDate(ctx.now)), {
      fields: stepFields,
      words: words.errors,
    }),
  })
}

function optionsOf(step: DetrimentStep, { typed }: Drafted, report: DetrimentCase): object {
  switch (step) {
    case 'assess_risk':
      return { risks: codeOptions(labels.riskGrades, typed.many('riskGrade')) }
    case 'set_plan':
      return { dates: planDates.map((name, index) => ({ name, legend: english.forms.set_plan.date(index + 1) })) }
    case 'review':
      return {
        dates: dueDates(report, typed.one('reviewFor')),
        findings: codeOptions(detrimentLabels.reviewFindings, typed.many('finding')),
      }
    case 'close':
      return { reasons: codeOptions(detrimentLabels.closeReasons, typed.many('reasonCode')) }
  }
}

function dueDates({ reviews }: DetrimentCase, chosen: string): readonly object[] {
  const waiting = reviews.filter(({ done }) => !done)
  if (waiting.length === 0) return []
  return [
    ...waiting.map(({ dueOn }) => ({ value: dueOn, text: dateInWords(dueOn), checked: chosen === dueOn })),
    { value: 'none', text: english.forms.review.forNone, checked: chosen === 'none' },
  ]
}
