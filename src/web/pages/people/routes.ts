import type { Request, Response } from 'express'
import { peopleQuery } from '../../../accounts/index.ts'
import { factsOf, queryFields, readInput, staffOnly, type Route } from '../../../http/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { pageWords, plural, type Pages } from '../../layout/index.ts'
import { personActRoutes } from './act-routes.ts'
import { personIdOf, type PeopleDeps } from './deps.ts'
import { rightsRoutes } from './rights-routes.ts'
import { actsOn, groupsInWords, personRow, rolesInWords } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('administrator')

/** The administrator's pages about people. */
export function peopleRoutes(pages: Pages, deps: PeopleDeps): readonly Route[] {
  return [
    { method: 'get', path: '/people', policy, handle: (request, response) => list(pages, deps, request, response) },
    ...rightsRoutes(pages, deps),
    { method: 'get', path: '/people/:personId', policy, handle: (request, response) => show(pages, deps, request, response) },
    ...personActRoutes(pages, deps),
  ]
}

async function list(pages: Pages, { people, staffContext }: PeopleDeps, request: Request, response: Response): Promise<void> {
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const cursor = queryFields(request).one('cursor')
  const { items, next, total } = await people.viewPeople(staffContext(response), readInput(peopleQuery, cursor === '' ? {} : { cursor }))
  pages.send(response, {
    template: 'people/people.njk',
    title: words.title,
    words,
    view: {
      rows: items.map((person) => personRow(person, words)),
      total: plural(language, total, words.total),
      nextHref: next === null ? null : `/people?${new URLSearchParams({ cursor: next }).toString()}`,
      firstHref: cursor === '' ? null : '/people',
    },
    wide: true,
    ...noticeOf(request, words),
  })
}

async function show(pages: Pages, { people, settings, staffContext }: PeopleDeps, request: Request, response: Response): Promise<void> {
  const ctx = staffContext(response)
  const person = await people.viewPerson(ctx, personIdOf(request))
  const { intakeGroups } = await settings.current()
  const words = wordsIn(factsOf(response).language)
  const rightsOf = (rights: Parameters<typeof rolesInWords>[0] & Parameters<typeof groupsInWords>[0]) => ({
    roles: rolesInWords(rights, words),
    groups: groupsInWords(rights, intakeGroups, words.person.noGroups),
  })
  pages.send(response, {
    template: 'people/person.njk',
    title: person.name,
    words,
    view: {
      row: personRow(person, words),
      held: rightsOf(person),
      asked: person.asked && rightsOf(person.asked),
      state: person.state,
      isEnrolled: person.secondFactor !== 'none',
      recoveryCode: person.recoveryCode,
      linkUntil: person.linkUntil && instantText(person.linkUntil),
      acts: actsOn(person, ctx.person.userId, words),
      isSelf: person.id === ctx.person.userId,
    },
    back: '/people',
    ...noticeOf(request, words),
  })
}

function noticeOf(request: Request, { notices }: typeof english): { readonly notice?: string } {
  const done = queryFields(request).one('done')
  return Object.hasOwn(notices, done) ? { notice: notices[done as keyof typeof notices] } : {}
}
