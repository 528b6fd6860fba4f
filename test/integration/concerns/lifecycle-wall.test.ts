import { afterAll, describe, expect, test } from 'vitest'
import type { ApprovalId, ConcernId } from '../../../src/kernel/index.ts'
import { newId, systemRandom } from '../../../src/kernel/index.ts'
import { unlessItWaits } from '../../support/waiting.ts'
import { refusalOf, startHandlingWorld, words } from './handling-world.ts'

// A row that is locked by somebody else answers at once to whoever may not know of it: waiting would tell them that it is there.

const world = await startHandlingWorld()
const { concerns, as, act, raise } = world
afterAll(() => world.close())

const attempts: Readonly<Record<string, (id: ConcernId) => Promise<unknown>>> = {
  'an action': (id) => act('deputy', id, 'acknowledge', { ...words.acknowledge, expectedVersion: 1 }),
  'a look at the concern': (id) => concerns.viewConcern(as('deputy'), id),
  'a look at what was said': (id) => concerns.viewContent(as('deputy'), id),
  'a look at the name': (id) => concerns.viewIdentity(as('deputy'), id, { reason: 'Curious.', otp: '000000' }),
  'a message': (id) => concerns.sendMessage(as('deputy'), id, { body: 'Who is this?' }, null),
  'a note': (id) => concerns.writeNote(as('deputy'), id, { body: 'Who is this?' }, null),
  'a download': (id) => concerns.casework.exportConcern(as('deputy'), id, { otp: '000000' }),
  'a list of choices': (id) => concerns.listChoices(as('deputy'), id),
  'a decision on an approval': (id) =>
    concerns.decideApproval(as('deputy'), id, newId<ApprovalId>(systemRandom), { decision: 'approve', otp: '000000' }),
}

describe('while somebody else holds the row of a concern about them, a guardian who tries', () => {
  test.each(Object.entries(attempts))('%s is told there is none, and waits for nobody', async (_, attempt) => {
    const { id } = await raise({ openness: 'confidential', identity: { name: 'Joan Ellis' }, about: ['Daniel Reid'] })
    const client = world.database.asSuperuser
    await client.query('begin')
    await client.query('select 1 from concern where id = $1 for update', [id])
    try {
      expect(await unlessItWaits(client, refusalOf(attempt(id)))).toBe('not_found')
    } finally {
      await client.query('rollback')
    }
  })
})
