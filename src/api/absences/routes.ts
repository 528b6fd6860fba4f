import { staffOnly } from '../../http/index.ts'
import { staffCall, type Call } from '../call.ts'
import type { PeopleApiDeps } from '../users/routes.ts'
import { absenceAnswer, absenceBody, absencesAnswer } from './schema.ts'

const policy = staffOnly('guardian', 'administrator')

/** The days on which guardians are away, and a colleague looks after what they own. */
export function absenceCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'listAbsences',
      method: 'get',
      path: '/api/v1/absences',
      policy,
      tag: 'people',
      summary: 'Days on which guardians are away',
      description: 'Your own; for administrators everybody’s. Those that are over are not there.',
      gives: 'Absences by their first day.',
      answer: absencesAnswer,
      handle: async ({ ctx }) => {
        const { items, people: whom } = await people.absences.view(ctx)
        return {
          items: items.map(({ id, person, from, to }) => ({ id, person: { ...person }, from, to })),
          people: whom.map((each) => ({ ...each })),
        }
      },
    }),
    staffCall(deps, {
      name: 'enterAbsence',
      method: 'post',
      path: '/api/v1/absences',
      policy,
      tag: 'people',
      summary: 'Say that a guardian is away',
      description: 'Meanwhile a colleague who holds the keys already looks after what they own. No key is given.',
      body: absenceBody,
      status: 201,
      gives: 'Entered.',
      answer: absenceAnswer,
      handle: async ({ ctx, body }) => ({ id: await people.absences.enter(ctx, body) }),
    }),
    staffCall(deps, {
      name: 'removeAbsence',
      method: 'delete',
      path: '/api/v1/absences/:absenceId',
      policy,
      tag: 'people',
      summary: 'Take days back, or end them early',
      status: 204,
      gives: 'Taken back.',
      handle: async ({ ctx, id }) => people.absences.remove(ctx, id('absenceId')),
    }),
  ]
}
