import { Secret } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../../src/accounts/second-factor.ts'
import type { PersonName } from '../../support/app.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly state: string
  readonly roles: readonly string[]
  readonly intakeGroupIds: readonly string[]
  readonly asked: { readonly roles: readonly string[] } | null
}
interface Link {
  readonly userId: string
  readonly link: string
}
const bearerOf = (person: PersonName) => stage.bearerOf(person)
const users = async () =>
  (
    await stage.api.ok<{ items: User[]; next: string | null; total: number }>(
      200,
      'get',
      '/users?limit=100',
      undefined,
      await bearerOf('administrator'),
    )
  ).items
const find = async (name: string) => (await users()).find((user) => user.name === name)!
const password = 'seven purple kettles wander'

describe('people through the API', () => {
  test('an administrator invites, the person enrols, guardians sign, and the list says so', async () => {
    const group = (await find('Grace Okafor')).intakeGroupIds
    const body = { name: 'Mary Lowe', email: 'mary@demo.test', roles: ['guardian'], intakeGroupIds: group }
    await stage.api.refused('step_up_required', 'post', '/users', body, await bearerOf('administrator'))
    const otp = () => stage.freshCode('administrator')
    const made = await stage.api.ok<Link>(201, 'post', '/users', { ...body, otp: otp() }, await bearerOf('administrator'))
    expect(await find('Mary Lowe')).toMatchObject({ id: made.userId, state: 'invited' })
    const secret = made.link.split('/').at(-1)!
    expect(await stage.api.ok(200, 'post', '/enrolments', { secret })).toMatchObject({ purpose: 'enrol', name: 'Mary Lowe' })
    const chosen = await stage.api.ok<{ draft: string; factor: { key: string } }>(200, 'post', '/enrolments/password', { secret, password })
    const key = chosen.factor.key.replaceAll(' ', '')
    const code = codeAt(Secret.fromBase32(key).bytes, stage.test.clock.now())
    const confirmed = await stage.api.ok<{ draft: string; recoveryCode: string[]; fingerprint: string }>(
      200,
      'post',
      '/enrolments/second-factor',
      {
        secret,
        draft: chosen.draft,
        otp: code,
      },
    )
    const [third, last] = [confirmed.recoveryCode[2]!, confirmed.recoveryCode[6]!]
    await stage.api.ok(204, 'post', '/enrolments/completion', { secret, draft: confirmed.draft, third, last })
    await stage.api.refused('invitation_used', 'post', '/enrolments/completion', { secret, draft: confirmed.draft, third, last })
    for (const person of ['guardian', 'deputy'] as const) {
      const { proposal } = await stage.api.ok<{ proposal: { digest: string; people: { name: string; fingerprint: string }[] } }>(
        200,
        'get',
        '/recipient-set',
        undefined,
        await bearerOf(person),
      )
      expect(proposal.people.find(({ name }) => name === 'Mary Lowe')?.fingerprint).toBe(confirmed.fingerprint)
      const signed = { digest: proposal.digest, otp: stage.freshCode(person) }
      await stage.api.ok(201, 'post', '/recipient-set/signatures', signed, await bearerOf(person))
    }
    expect(await find('Mary Lowe')).toMatchObject({ state: 'active' })
    expect(await stage.api.ok(200, 'get', '/recipient-set', undefined, await bearerOf('guardian'))).toEqual({ proposal: null })
  })

  test('rights are asked for, and refused where they must stay apart', async () => {
    const { id } = await find('Priya Nair')
    const put = async (roles: readonly string[]) => ({ roles, deputy: false, intakeGroupIds: [], otp: stage.freshCode('administrator') })
    await stage.api.refused(
      'invalid_input',
      'put',
      `/users/${id}/rights`,
      await put(['administrator', 'guardian']),
      await bearerOf('administrator'),
    )
    const user = await stage.api.ok<User>(200, 'put', `/users/${id}/rights`, await put(['auditor']), await bearerOf('administrator'))
    expect([user.roles, user.asked?.roles]).toEqual([['investigator'], ['auditor']])
  })

  test('a second factor takes two people', async () => {
    const { id } = await find('Daniel Reid')
    const otp = () => stage.freshCode('administrator')
    const reset = await stage.api.ok<{ id: string }>(
      201,
      'post',
      `/users/${id}/second-factor-reset`,
      { otp: otp() },
      await bearerOf('administrator'),
    )
    const confirm = { decision: 'confirm', otp: otp() }
    await stage.api.refused('approval_own_request', 'post', `/second-factor-resets/${reset.id}`, confirm, await bearerOf('administrator'))
    const waiting = await stage.api.ok<{ items: { id: string }[] }>(
      200,
      'get',
      '/second-factor-resets',
      undefined,
      await bearerOf('guardian'),
    )
    expect(waiting.items.map((each) => each.id)).toEqual([reset.id])
    const decided = { decision: 'confirm', otp: stage.freshCode('guardian') }
    const { link } = await stage.api.ok<{ link: Link }>(
      200,
      'post',
      `/second-factor-resets/${reset.id}`,
      decided,
      await bearerOf('guardian'),
    )
    expect(link.userId).toBe(id)
    await stage.api.refused(
      'approval_not_pending',
      'post',
      `/second-factor-resets/${reset.id}`,
      { ...decided, otp: stage.freshCode('guardian') },
      await bearerOf('guardian'),
    )
  })

  test('a deactivated person’s token is dead at the next call', async () => {
    const bearer = await bearerOf('executive')
    await stage.api.ok(200, 'get', '/account', undefined, bearer)
    const { id } = await find('Helen Marsh')
    await stage.api.ok(204, 'post', `/users/${id}/deactivation`, { otp: stage.freshCode('administrator') }, await bearerOf('administrator'))
    await stage.api.refused('session_invalid', 'get', '/account', undefined, bearer)
    expect(await find('Helen Marsh')).toMatchObject({ state: 'leaving' })
    await stage.api.ok(204, 'post', `/users/${id}/reactivation`, { otp: stage.freshCode('administrator') }, await bearerOf('administrator'))
    expect(await find('Helen Marsh')).toMatchObject({ state: 'active' })
  })

  test('the list comes in pages', async () => {
    const bearer = await bearerOf('administrator')
    const first = await stage.api.ok<{ items: User[]; next: string }>(200, 'get', '/users?limit=3', undefined, bearer)
    const second = await stage.api.ok<{ items: User[] }>(200, 'get', `/users?limit=3&cursor=${first.next}`, undefined, bearer)
    expect([first.items.length, second.items.length]).toEqual([3, 3])
    expect(second.items.map(({ id }) => id)).not.toContain(first.items[2]?.id)
  })
})

describe('one’s own account through the API', () => {
  test('prints a recovery code and comes back with it', async () => {
    const bearer = await bearerOf('auditor')
    const made = { otp: stage.freshCode('auditor') }
    const { offer, groups } = await stage.api.ok<{ offer: string; groups: string[] }>(200, 'post', '/account/recovery-code', made, bearer)
    const copied = { offer, third: groups[2], last: groups[6] }
    await stage.api.refused('invalid_input', 'put', '/account/recovery-code', { ...copied, third: 'AAAA' }, bearer)
    await stage.api.ok(204, 'put', '/account/recovery-code', copied, bearer)
    const recover = { email: 'auditor@demo.test', code: groups.join('-'), password }
    const wrong = { ...recover, email: 'nobody@demo.test', otp: stage.freshCode('auditor') }
    await stage.api.refused('sign_in_failed', 'post', '/sessions/recovery', wrong)
    const back = await stage.api.ok<{ accessToken: string; offer: string }>(201, 'post', '/sessions/recovery', {
      ...recover,
      otp: stage.freshCode('auditor'),
    })
    await stage.api.refused('session_invalid', 'get', '/account', undefined, bearer)
    expect(await stage.api.ok(200, 'get', '/account', undefined, { bearer: back.accessToken })).toMatchObject({ recoveryCode: false })
    const again = { current: password, password: 'eight green saucers wander', otp: stage.freshCode('auditor') }
    await stage.api.ok(204, 'put', '/account/password', again, { bearer: back.accessToken })
    expect(await stage.api.ok(200, 'delete', '/sessions/current/others', undefined, { bearer: back.accessToken })).toEqual({ ended: 0 })
  })
})
