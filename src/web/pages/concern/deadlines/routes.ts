import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { londonDate, newId, readId, Refusal, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { dateInWords, pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { isOpen, leadingClock } from '../../../staff/deadlines.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn, type Drafted } from '../../../staff/drafted.ts'
import { peopleOptions } from '../../../staff/options.ts'
import { valuesOf } from '../../../staff/typed.ts'
import { clockValue } from '../../actions/which-clock.ts'
import { calendarFile } from '../../inbox-dates/calendar-file.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { finishes, finishText, readFinish, readTask, taskFields, taskNames, type Finish } from './form.ts'
import { taskLinkMakingRoutes } from './link-routes.ts'
import { changeRows, lateStaysLate, clockRows, taskRows } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `task ${id}`

/** Every time limit of a concern with its dates, what moved it, and what was agreed to be done. */
export function deadlineRoutes(
  pages: Pages,
  deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random' | 'publicOrigin'>,
): readonly Route[] {
  const path = '/concerns/:id/deadlines'
  const ends = Object.entries(finishes).flatMap(([end, finish]): Route[] => {
    const at = `${path}/${end}`
    return [
      { method: 'get', path: at, policy: insiders, handle: visiting(pages, deps, (visit) => showFinish(visit, finish, at, deps.random)) },
      {
        method: 'post',
        path: at,
        policy: insiders,
        body: 'form',
        handle: visiting(pages, deps, (visit) => finishTask(visit, finish, end)),
      },
    ]
  })
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, (visit) => show(visit, deps.random)) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, setTask) },
    ...ends,
    ...taskLinkMakingRoutes(pages, deps),
    { method: 'get', path: `${path}/date`, policy: insiders, handle: visiting(pages, deps, (visit) => sendDate(visit, deps.random)) },
  ]
}

async function show(visit: ConcernVisit, random: Random): Promise<void> {
  const { pages, concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const deadlines = await concerns.tasks.view(ctx, id)
  const { deciders, investigators } = await concerns.listChoices(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  pages.send(response, {
    template: 'concern/deadlines/deadlines.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'deadlines', ctx.person),
      clocks: clockRows(concern),
      tasks: taskRows(deadlines.tasks, concern, deadlines.mayAct),
      changes: changeRows(deadlines),
      lateStaysLate: lateStaysLate(concern),
      followUpHref: concern.allowedActions.includes('record_follow_up') ? `${subPageHref(id, 'overview')}/actions/record_follow_up` : null,
      maySet: deadlines.mayAct && concern.status !== 'closed' && concern.status !== 'withdrawn',
      action: subPageHref(id, 'deadlines'),
      people: [
        { value: '', text: words.set.owner.choose, selected: drafted.typed.one('ownerId') === '' },
        ...peopleOptions([...deciders, ...investigators], drafted.typed.many('ownerId')).map(({ value, text, checked }) => ({
          value,
          text,
          selected: checked,
        })),
      ],
      values: valuesOf(drafted.typed, taskNames),
      key: newId(random),
      draft: drafted.id,
    },
    wide: true,
    faults: faultsIn(drafted, (typed) => readTask(typed, londonDate(ctx.now)), { fields: taskFields, words: words.errors }),
    ...(notice !== undefined && { notice }),
  })
}

async function setTask(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const path = subPageHref(id, 'deadlines')
  await answerForm(visit, { place: placeOf(id), path, names: taskNames }, async () => {
    await concerns.tasks.set(ctx, id, readTask(form, londonDate(ctx.now)), readId(form.one('key')))
    await dropTyped(visit)
    return `${path}?done=task_set`
  })
}

const finishPlace = (id: ConcernId, finish: Finish) => `task ${finish} ${id}`
const finishNames = (finish: Finish) => ['task', finishText[finish]] as const

async function finishTask(visit: ConcernVisit, finish: Finish, end: string): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const base = subPageHref(id, 'deadlines')
  await answerForm(visit, { place: finishPlace(id, finish), path: `${base}/${end}`, names: finishNames(finish) }, async () => {
    const key = readId(form.one('key'))
    if (finish === 'done') await concerns.tasks.done(ctx, id, readFinish('done', form), key)
    else await concerns.tasks.passOn(ctx, id, readFinish('pass_on', form), key)
    await dropTyped(visit)
    return `${base}?done=task_${finish}`
  })
}

async function showFinish(visit: ConcernVisit, finish: Finish, path: string, random: Random): Promise<void> {
  const { pages, concerns, ctx, id, request, response } = visit
  const drafted: Drafted = await draftIn(visit, finishPlace(id, finish))
  const concern = await concerns.viewConcern(ctx, id)
  const { tasks } = await concerns.tasks.view(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const say = words.finish[finish]
  const chosen = drafted.typed.one('task') || queryFields(request).one('task')
  const open = tasks.filter(({ state }) => state === 'open')
  pages.send(response, {
    template: 'concern/deadlines/finish.njk',
    title: concernTitle(concern, say.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: say.title,
      say,
      action: path.replace(':id', id),
      tasks: open.map((task) => ({
        value: task.id,
        text: task.title ?? words.tasks.noTitle,
        hint: { text: words.finish.by(task.owner ?? '', dateInWords(task.dueOn)) },
        checked: task.id === chosen || open.length === 1,
      })),
      name: finishText[finish],
      text: drafted.typed.one(finishText[finish]),
      key: newId(random),
      draft: drafted.id,
    },
    back: subPageHref(id, 'deadlines'),
    wide: true,
    faults: faultsIn(drafted, (typed) => readFinish(finish, typed), { words: words.errors }),
  })
}

/** A due date for one's own calendar: a day and a word that says nothing, as the reporter's own file does. Refusal `not_found`. */
async function sendDate({ concerns, ctx, id, request, response }: ConcernVisit, random: Random): Promise<void> {
  const asked = queryFields(request).one('clock')
  const { clocks } = await concerns.viewConcern(ctx, id)
  const open = clocks.filter(isOpen)
  const clock = asked === '' ? leadingClock(open) : open.find((each) => clockValue(each) === asked)
  if (clock === undefined || clock === null) throw new Refusal('not_found')
  response.setHeader('Content-Disposition', `attachment; filename="${english.ics.fileName}"`)
  response.type('text/calendar; charset=utf-8').send(calendarFile(clock.dueOn, english.ics.title, newId(random)))
}
