import type { AssessmentContent, Assessments } from '../../../../concerns/index.ts'
import { factsOf, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { readId, Refusal, type ConcernId } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { draftHref, draftIn, dropTyped, faultsIn, isAboutInput } from '../../../staff/drafted.ts'
import { typedFrom, type Typed } from '../../../staff/typed.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { boxesOf, faultFields, namesOf, readAssessment, readSection, sections, type Section } from './sections.ts'
import { answerRows, sectionView, versionView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `assessment ${id}`
const everyName = ['follows', ...sections.flatMap((section) => namesOf[section])]

/** The assessment under the Public Interest Disclosure Act: its versions, and a form of one section a page, kept as a draft until it is saved. */
export function assessmentRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  const path = '/concerns/:id/assessment'
  const at = (section: Section): readonly Route[] => {
    const ask = visiting(pages, deps, (visit) => drawSection(visit, section))
    const take = visiting(pages, deps, (visit) => (section === 'result' ? save(visit) : keep(visit, section)))
    return [
      { method: 'get', path: `${path}/${section}`, policy: insiders, handle: ask },
      { method: 'post', path: `${path}/${section}`, policy: insiders, body: 'form', handle: take },
    ]
  }
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, show) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, begin) },
    ...sections.flatMap(at),
  ]
}

const hrefOf = (id: ConcernId, section?: Section) => `${subPageHref(id, 'assessment')}${section === undefined ? '' : `/${section}`}`

async function show({ pages, concerns, ctx, id, request, response }: ConcernVisit): Promise<void> {
  const concern = await concerns.viewConcern(ctx, id)
  const { versions, mayWrite } = await concerns.casework.viewAssessments(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const query = queryFields(request)
  const wanted = query.has('version') ? versions.find(({ version }) => String(version) === query.one('version')) : versions.at(-1)
  if (query.has('version') && wanted === undefined) throw new Refusal('not_found')
  const notice = noticeOf(query.one('done'))
  pages.send(response, {
    template: 'concern/assessment/assessment.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'assessment', ctx.person),
      shown: wanted === undefined ? null : versionView(wanted),
      isLatest: wanted?.version === versions.at(-1)?.version,
      versions: versions.toReversed().map((each) => ({ ...versionView(each), current: each.version === wanted?.version })),
      mayWrite,
      action: hrefOf(id),
      staffWords,
    },
    wide: true,
    ...(notice !== undefined && { notice }),
  })
}

/** Starts the form from the newest version's answers; its working view is asked for anew. */
async function begin(visit: ConcernVisit): Promise<void> {
  const draft = await keepBoxes(visit, await freshBoxes(visit))
  redirect(visit.response, draftHref(hrefOf(visit.id, 'information'), draft))
}

async function freshBoxes({ concerns, ctx, id }: ConcernVisit): Promise<Record<string, string[]>> {
  const latest = (await concerns.casework.viewAssessments(ctx, id)).versions.at(-1)
  return boxesOf(latest?.content ?? null, latest?.version ?? 0)
}

function keepBoxes({ concerns, ctx, id, form }: ConcernVisit, boxes: Record<string, readonly string[]>): Promise<string> {
  const draft = form.one('draft')
  return concerns.casework.writtenDrafts.keep(ctx, placeOf(id), boxes, draft === '' ? undefined : draft)
}

/** The whole form as it now stands: what was kept before, and this page's boxes as posted. */
async function boxesWith(visit: ConcernVisit, section: Section): Promise<Record<string, readonly string[]>> {
  const { concerns, ctx, id, form } = visit
  const kept = await concerns.casework.writtenDrafts.open(ctx, placeOf(id), form.one('draft'))
  const before = kept ?? (await freshBoxes(visit))
  const others = Object.entries(before).filter(([name]) => !namesOf[section].includes(name))
  const posted = namesOf[section].flatMap((name) => (form.has(name) ? [[name, form.many(name)] as const] : []))
  return Object.fromEntries([...others, ...posted])
}

async function keep(visit: ConcernVisit, section: Exclude<Section, 'result'>): Promise<void> {
  const draft = await keepBoxes(visit, await boxesWith(visit, section))
  if (visit.form.has('change')) return redirect(visit.response, draftHref(hrefOf(visit.id, section), draft))
  try {
    readSection(section, visit.form)
  } catch (error) {
    if (!isAboutInput(error)) throw error
    return redirect(visit.response, draftHref(hrefOf(visit.id, section), draft, true))
  }
  const next = sections[sections.indexOf(section) + 1] ?? 'result'
  redirect(visit.response, draftHref(hrefOf(visit.id, next), draft))
}

async function save(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form, response } = visit
  const boxes = await boxesWith(visit, 'result')
  if (form.has('follows')) boxes['follows'] = form.many('follows')
  const draft = await keepBoxes(visit, boxes)
  const here = hrefOf(id, 'result')
  if (form.has('change')) return redirect(response, draftHref(here, draft))
  try {
    // The draft's own id is the key: two presses are one version
    await concerns.casework.assess(ctx, id, readAssessment(typedFrom(boxes)), readId(form.one('draft')) ?? draft)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'concern_changed') return redirect(response, `${draftHref(here, draft)}&changed=yes`)
    if (!isAboutInput(error)) throw error
    return redirect(response, draftHref(here, draft, true))
  }
  await dropTyped(visit)
  redirect(response, `${hrefOf(id)}?done=assessed`)
}

async function drawSection(visit: ConcernVisit, section: Section): Promise<void> {
  const { pages, concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const found = section === 'result' ? await concerns.casework.viewAssessments(ctx, id) : null
  const words = wordsIn(factsOf(response).language)
  const title = words.sections[section].title
  const changed = queryFields(request).has('changed') && found !== null
  pages.send(response, {
    template: section === 'result' ? 'concern/assessment/result.njk' : 'concern/assessment/section.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: title,
      section,
      say: words.sections[section],
      draft: drafted.id,
      follows: changed ? String(newest(found)) : drafted.typed.one('follows'),
      changed: changed ? { text: words.result.changed(newest(found)), href: hrefOf(id) } : null,
      action: hrefOf(id, section),
      ...sectionView(section, drafted.typed, concern.raisedOn),
      ...(section === 'result' && { rows: shownAnswers(drafted.typed, id, drafted.id) }),
    },
    back: hrefOf(id),
    wide: true,
    ...(changed && { status: 409 }),
    faults: faultsIn(drafted, readingOf(section), { fields: faultFields(section), words: words.errors }),
  })
}

const newest = ({ versions }: Assessments): number => versions.at(-1)?.version ?? 0

const readingOf = (section: Section) => (typed: Typed) => (section === 'result' ? readAssessment(typed) : readSection(section, typed))

/** The answers so far, each with the way back to its page. A section that can not be read is shown as open: its page says why. */
function shownAnswers(typed: Typed, id: ConcernId, draft: string | null): readonly object[] {
  const boxes = Object.fromEntries(everyName.map((name) => [name, typed.many(name)]))
  const read = (section: Exclude<Section, 'result'>) => {
    try {
      return readSection(section, typedFrom(boxes))
    } catch (error) {
      if (!isAboutInput(error)) throw error
      return undefined
    }
  }
  const content = {
    information: read('information'),
    kinds: read('kinds'),
    belief: read('belief'),
    publicInterest: read('public-interest'),
    madeTo: read('made-to'),
    workerStatus: read('worker-status'),
  } as Omit<AssessmentContent, 'status'>
  return answerRows(content).map((row) => ({
    ...row,
    href: draft === null ? hrefOf(id, row.section) : draftHref(hrefOf(id, row.section), draft),
  }))
}
