import type { Request, Response } from 'express'
import { copiedGroups } from '../../../accounts/index.ts'
import { clearCookie, factsOf, formFields, readCookie, readInput, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Holds a new recovery code, sealed, until its owner has it on paper. */
export const offerCookie = 'recovery'

type Deps = Pick<PeopleDeps, 'people' | 'staffContext'>

/** The page to print: it stays until two groups were typed back, and reload and Back show the same code. */
export function printRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const path = '/account/recovery-code/print'
  const policy = staffOnly()
  return [
    { method: 'get', path, policy, handle: (request, response) => show(pages, deps, request, response) },
    { method: 'post', path, policy, body: 'form', handle: (request, response) => confirm(pages, deps, request, response) },
  ]
}

function show(
  pages: Pages,
  { people, staffContext }: Deps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): void {
  const groups = groupsOr(null, () => people.recoveryCodes.show(staffContext(response), readCookie(request, offerCookie) ?? ''))
  if (groups === null) return redirect(response, '/account/recovery-code')
  const words = wordsIn(factsOf(response).language)
  pages.send(response, { template: 'account/print.njk', title: words.print.title, words, view: { groups }, back: '/account', faults })
}

async function confirm(pages: Pages, deps: Deps, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  try {
    const copied = readInput(copiedGroups, { third: form.one('third'), last: form.one('last') })
    await deps.people.recoveryCodes.confirm(deps.staffContext(response), readCookie(request, offerCookie) ?? '', copied)
    clearCookie(response, offerCookie)
    redirect(response, '/account?done=code')
  } catch (error) {
    if (isGone(error)) return redirect(response, '/account/recovery-code')
    show(pages, deps, request, response, shownFaults(error))
  }
}

function groupsOr<T>(otherwise: T, read: () => readonly string[]): readonly string[] | T {
  try {
    return read()
  } catch (error) {
    if (isGone(error)) return otherwise
    throw error
  }
}

const isGone = (error: unknown): boolean => error instanceof Refusal && error.code === 'draft_gone'
