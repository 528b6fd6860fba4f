import type { Request, Response } from 'express'
import { absenceInput } from '../../../accounts/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { readId, Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeOptions } from '../../staff/options.ts'
import { dateTyped, nothingTyped, valuesOf, type Typed } from '../../staff/typed.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('guardian', 'administrator')
const path = '/account/absence'
const boxes = ['from', 'to'].flatMap((name) => [`${name}-day`, `${name}-month`, `${name}-year`])

type Deps = Pick<PeopleDeps, 'people' | 'staffContext'>

/** The days on which guardians are away: their own, and for administrators everybody's. */
export function absenceRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const { people, staffContext } = deps
  return [
    { method: 'get', path, policy, handle: (request, response) => show(pages, deps, request, response, nothingTyped) },
    {
      method: 'post',
      path,
      policy,
      body: 'form',
      handle: async (request, response) => {
        const typed = formFields(request)
        try {
          const person = typed.one('person') || undefined
          const input = readInput(absenceInput, { from: dateTyped(typed, 'from'), to: dateTyped(typed, 'to'), person })
          await people.absences.enter(staffContext(response), input)
          redirect(response, `${path}?done=entered`)
        } catch (error) {
          const { errors } = wordsIn(factsOf(response).language)
          await show(
            pages,
            deps,
            request,
            response,
            typed,
            shownFaults(error, { fields: { '/from': 'from-day', '/to': 'to-day' }, words: errors }),
          )
        }
      },
    },
    {
      method: 'post',
      path: `${path}/removal`,
      policy,
      body: 'form',
      handle: async (request, response) => {
        const id = readId(formFields(request).one('absence'))
        if (id === null) throw new Refusal('not_found')
        await people.absences.remove(staffContext(response), id)
        redirect(response, `${path}?done=removed`)
      },
    },
  ]
}

async function show(
  pages: Pages,
  { people, staffContext }: Deps,
  request: Request,
  response: Response,
  typed: Typed,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const ctx = staffContext(response)
  const { items, people: whom } = await people.absences.view(ctx)
  const isOwn = whom.every(({ id }) => id === ctx.person.userId)
  const done = queryFields(request).one('done')
  pages.send(response, {
    template: 'absence/absence.njk',
    title: words.title,
    words,
    view: {
      items: items.map(({ id, person, from, to }) => ({ id, name: person.name, from, to })),
      people: isOwn ? null : codeOptions(Object.fromEntries(whom.map(({ id, name }) => [id, name])), typed.many('person')),
      values: valuesOf(typed, boxes),
    },
    back: '/account',
    faults,
    ...(Object.hasOwn(words.notices, done) && { notice: words.notices[done as keyof typeof words.notices] }),
  })
}
