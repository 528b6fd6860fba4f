import type { Request, Response } from 'express'
import type { PeopleUseCases, StaffContext } from '../../../accounts/index.ts'
import { pathText } from '../../../http/index.ts'
import { readId, Refusal, type UserId } from '../../../kernel/index.ts'

/** What the pages about people call. */
export interface PeopleDeps {
  readonly people: PeopleUseCases
  readonly staffContext: (response: Response) => StaffContext
  readonly settings: { current(): Promise<{ readonly intakeGroups: readonly { readonly id: string; readonly name: string }[] }> }
  /** Where people reach the service: a one-time link has to be whole. */
  readonly publicOrigin: string
}

/** The person of `/people/:personId/…`. Refusal `not_found` where the text is no id. */
export function personIdOf(request: Request): UserId {
  const id = readId<UserId>(pathText(request, 'personId'))
  if (id === null) throw new Refusal('not_found')
  return id
}
