import { Secret } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OneTimeLink, StaffContext } from '../../../src/accounts/index.ts'
import { codeAt } from '../../../src/accounts/second-factor.ts'
import { raiseInput } from '../../../src/concerns/index.ts'
import { Refusal, type ConcernId, type UserId } from '../../../src/kernel/index.ts'
import { people as addresses, startTestApp, type PersonName, type TestApp } from '../../support/app.ts'

let app: TestApp
beforeEach(async () => {
  app = await startTestApp()
})
afterEach(() => app.close())

const newPassword = 'seven purple kettles wander'
const visitor = () => ({ requestId: 'test', now: app.clock.now() })
const raise = async (input: object = {}): Promise<ConcernId> => {
  const { token } = await app.service.concerns.raise(visitor(), raiseInput.parse({ narrative: 'The alarm was off again.', ...input }), null)
  return (await app.service.concerns.openByToken(visitor(), token)).concernId
}
const idOf = async (person: PersonName): Promise<UserId> => (await app.contextOf(person)).person.userId
/** A person's context with a code that was not used yet. */
const fresh = async (person: PersonName) => {
  const ctx = await app.contextOf(person)
  app.clock.advance({ seconds: 30 })
  return { ctx: { ...ctx, now: app.clock.now() }, otp: app.codeOf(person) }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
const holdersOf = async (concern: ConcernId): Promise<string[]> => {
  const { rows } = await app.database.asSuperuser.query<{ holder: string }>('select distinct holder from key_grant where concern_id = $1', [
    concern,
  ])
  return rows.map(({ holder }) => holder)
}

/** Enrols by a link and gives a sign-in. */
async function enrol({ secret }: OneTimeLink, email: string): Promise<() => Promise<StaffContext>> {
  const { enrolment } = app.service.people
  const { draft } = await enrolment.choosePassword(secret, { password: newPassword })
  const { factor } = await enrolment.state(secret, draft)
  const seed = Secret.fromBase32(factor.key.replaceAll(' ', '')).bytes
  const confirmed = (await enrolment.confirmFactor(secret, draft, { otp: codeAt(seed, app.clock.now()) })).draft!
  const groups = (await enrolment.state(secret, confirmed)).recoveryCode!
  await enrolment.finish(secret, confirmed, { third: groups[2]!, last: groups[6]! })
  return async () => {
    app.clock.advance({ seconds: 30 })
    const { accessToken } = await app.service.accounts.signIn(
      { requestId: 'test' },
      { email, password: newPassword, otp: codeAt(seed, app.clock.now()) },
    )
    return app.service.accounts.openSession(accessToken, 'test')
  }
}

async function countersign(person: PersonName): Promise<void> {
  const { ctx, otp } = await fresh(person)
  const { digest } = (await app.service.people.proposeRecipientSet(ctx))!
  await app.service.people.signRecipientSet(ctx, { digest, otp })
}

async function sendDanielAway(): Promise<UserId> {
  const id = await idOf('deputy')
  const { ctx, otp } = await fresh('administrator')
  await app.service.people.deactivate(ctx, id, { otp })
  return id
}

describe('who is sent away', () => {
  test('gets no key to what is raised from that moment, though nobody has signed a list without them yet', async () => {
    const before = await raise()
    const id = await sendDanielAway()
    const after = await raise()
    expect(await holdersOf(before)).toContain(id)
    expect(await holdersOf(after)).not.toContain(id)
  })

  test('leaves what they wrote behind, under their name and still theirs', async () => {
    const concern = await raise()
    const daniel = await app.contextOf('deputy')
    await app.service.concerns.sendMessage(daniel, concern, { body: 'We are looking into it.' }, null)
    await sendDanielAway()
    const read = async () => (await app.service.concerns.viewContent(await app.contextOf('guardian'), concern)).messages
    expect(await read()).toMatchObject([{ author: 'Daniel Reid', body: 'We are looking into it.', genuine: true }])
    await countersign('guardian')
    expect(await read()).toMatchObject([{ author: 'Daniel Reid', body: 'We are looking into it.', genuine: true }])
  })
})

describe('who lost password and recovery code', () => {
  const comeBack = async () => {
    const old = await idOf('deputy')
    const { ctx, otp } = await fresh('administrator')
    const link = await app.service.people.reinvite(ctx, old, { otp })
    const signIn = await enrol(link, addresses.deputy)
    await countersign('guardian')
    await countersign('guardian')
    return { old, id: link.personId, signIn }
  }

  test('reads nothing of what they had until a colleague hands it over, and what is new at once', async () => {
    const concern = await raise()
    const { id, signIn } = await comeBack()
    const later = await raise()
    const { viewConcern, viewContent, act } = app.service.concerns
    expect(await codeOf(viewContent(await signIn(), concern))).toBe('not_found')
    expect((await viewContent(await signIn(), later)).narrative).toBe('The alarm was off again.')
    const grace = await app.contextOf('guardian')
    const { version } = await viewConcern(grace, concern)
    await act(grace, concern, 'assign', { expectedVersion: version, userId: id })
    expect((await viewContent(await signIn(), concern)).narrative).toBe('The alarm was off again.')
  })

  test('is kept from what was kept from them before: new keys wash nobody clean', async () => {
    const daniel = await idOf('deputy')
    const concern = await raise({ about: [daniel] })
    const { id, signIn } = await comeBack()
    const { viewConcern, listChoices, act } = app.service.concerns
    const grace = await app.contextOf('guardian')
    expect((await listChoices(grace, concern)).owners.map((owner) => owner.id)).not.toContain(id)
    const { version } = await viewConcern(grace, concern)
    expect(await codeOf(act(grace, concern, 'assign', { expectedVersion: version, userId: id }))).not.toBe('done')
    expect(await codeOf(viewConcern(await signIn(), concern))).toBe('not_found')
    expect(await holdersOf(await raise({ about: [daniel] }))).not.toContain(id)
  })
})
