import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSignIn } from '../../../src/accounts/index.ts'
import { Refusal } from '../../../src/kernel/index.ts'
import { createPeopleWorld, type PeopleWorld } from './people-world.ts'
import { answerOf, password } from './world.ts'

let world: PeopleWorld
beforeEach(async () => {
  world = await createPeopleWorld()
})
afterEach(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const priya = 'investigator@demo.test'
const ruth = 'auditor@demo.test'
const admin = 'admin@demo.test'
const guardians = async () => (await world.directory.current()).guardiansOf(world.groups[0]!).map(({ name }) => name)
const faultsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const refused = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return refused instanceof Refusal ? refused.faults.map(({ pointer, code }) => `${pointer} ${code}`) : []
}
const invite = async (email: string, roles: ('guardian' | 'administrator' | 'auditor')[] = ['guardian']) => {
  const ctx = await world.steppedUp(admin)
  const intakeGroupIds = [...world.groups]
  return world.people.invite(ctx, { name: `New ${email}`, email, roles, deputy: false, intakeGroupIds })
}

describe('somebody who is sent away', () => {
  test('is out at the next request and sealed to no more, before anybody has signed the list without them', async () => {
    const token = await world.signIn(daniel)
    await world.open(token)
    expect(await guardians()).toEqual(['Grace Okafor', 'Daniel Reid'])
    const id = await world.idOf(daniel)
    await world.people.deactivate(await world.steppedUp(admin), id, {})
    expect(await answerOf(world.open(token))).toBe('session_invalid')
    expect(await answerOf(world.signIn(daniel))).toBe('sign_in_failed')
    expect(await guardians()).toEqual(['Grace Okafor'])
    expect((await world.directory.current()).known(id)?.signKeys).toHaveLength(1)
    expect((await world.people.viewPerson(await world.as(admin), id)).state).toBe('leaving')
    expect(
      (await world.entries(['person_deactivated', 'recipient_set_signed'])).slice(-2).map(({ kind, role }) => `${kind} ${role}`),
    ).toEqual(['person_deactivated administrator', 'recipient_set_signed administrator'])
  })

  test('leaves the list by the other guardian’s signature beside the administrator’s', async () => {
    const id = await world.idOf(daniel)
    await world.people.deactivate(await world.steppedUp(admin), id, {})
    expect((await world.directory.current()).version).toBe(1)
    const proposal = (await world.people.proposeRecipientSet(await world.as(grace)))!
    expect(proposal).toMatchObject({ missing: 1, leaving: [{ name: 'Daniel Reid' }] })
    await world.countersign(grace)
    expect((await world.directory.current()).version).toBe(2)
    expect((await world.people.viewPerson(await world.as(admin), id)).state).toBe('deactivated')
    await world.tamper('update person set active = true where id = $1', [id])
    expect(await guardians()).toEqual(['Grace Okafor'])
  })

  test('goes first: whoever is new waits for a list of their own, which one guardian can then sign', async () => {
    const mary = await world.enrol(await invite('mary@demo.test'), 'mary@demo.test')
    await world.people.deactivate(await world.steppedUp(admin), await world.idOf(daniel), {})
    expect((await world.people.proposeRecipientSet(await world.as(grace)))?.people.map(({ name }) => name)).not.toContain(
      'New mary@demo.test',
    )
    await world.countersign(grace)
    expect(await guardians()).toEqual(['Grace Okafor'])
    await world.countersign(grace)
    expect(await guardians()).toEqual(['Grace Okafor', 'New mary@demo.test'])
    expect(await answerOf(mary.as())).toBe('done')
    // From here on it takes two again
    await world.enrol(await invite('joe@demo.test'), 'joe@demo.test')
    await world.countersign(grace)
    expect(await guardians()).not.toContain('New joe@demo.test')
  })

  test('can come back, with the password they had', async () => {
    const id = await world.idOf(daniel)
    await world.people.deactivate(await world.steppedUp(admin), id, {})
    await world.people.reactivate(await world.steppedUp(admin), id, {})
    expect(await answerOf(world.as(daniel))).toBe('done')
    await world.people.deactivate(await world.steppedUp(admin), id, {})
    await world.countersign(grace)
    await world.people.reactivate(await world.steppedUp(admin), id, {})
    expect(await answerOf(world.as(daniel))).toBe('countersignature_awaited')
    await world.countersign(grace)
    expect(await answerOf(world.as(daniel))).toBe('done')
    expect(await faultsOf(world.people.reactivate(await world.steppedUp(admin), id, {}))).toEqual(['/person already_active'])
  })

  test('is never oneself, the only guardian or the only administrator, nor somebody gone', async () => {
    const ctx = await world.steppedUp(admin)
    const sendAway = async (email: string) => faultsOf(world.people.deactivate(ctx, await world.idOf(email), {}))
    expect(await sendAway(admin)).toEqual(['/person oneself'])
    expect(await sendAway(daniel)).toEqual([])
    expect(await sendAway(daniel)).toEqual(['/person already_deactivated'])
    expect(await sendAway(grace)).toEqual(['/person last_guardian'])
    const nobody = '6f1c1a9e-4a2f-4b53-8d4e-0d5f3a5b7c11' as Parameters<typeof world.people.deactivate>[1]
    expect(await answerOf(world.people.deactivate(ctx, nobody, {}))).toBe('not_found')
    expect(await answerOf(world.as(grace))).toBe('done')
  })

  test('is sent away by an administrator with a fresh code alone', async () => {
    const id = await world.idOf(daniel)
    for (const act of [world.people.deactivate, world.people.reactivate, world.people.askForReset, world.people.reinvite]) {
      expect(await answerOf(act(await world.as(admin), id, {}))).toBe('step_up_required')
      expect(await answerOf(act(await world.steppedUp(grace), id, {}))).toBe('permission_denied')
    }
    const rights = { roles: ['auditor' as const], deputy: false, intakeGroupIds: [] }
    expect(await answerOf(world.people.changeRights(await world.as(admin), id, rights))).toBe('step_up_required')
    expect(await answerOf(world.people.changeRights(await world.steppedUp(grace), id, rights))).toBe('permission_denied')
    expect(await answerOf(world.people.viewPeople(await world.as(grace), { limit: 10 }))).toBe('permission_denied')
    expect(await answerOf(world.people.viewPerson(await world.as(grace), id))).toBe('permission_denied')
    expect(await answerOf(world.as(daniel))).toBe('done')
  })

  test('sends nobody away any more, though their request was on its way', async () => {
    const mary = await world.enrol(await invite('olga@demo.test', ['administrator']), 'olga@demo.test')
    await world.countersign(grace, daniel)
    const [sam, olga] = [await world.steppedUp(admin), await mary.steppedUp()]
    const away = async (ctx: typeof sam, email: string) => answerOf(world.people.deactivate(ctx, await world.idOf(email), {}))
    expect((await Promise.all([away(sam, 'olga@demo.test'), away(olga, admin)])).toSorted()).toEqual(['done', 'session_invalid'])
  })

  test('cannot be the last guardian on the signed list, though somebody who waits for it is one too', async () => {
    await world.enrol(await invite('mary@demo.test'), 'mary@demo.test')
    const ctx = await world.steppedUp(admin)
    await world.people.deactivate(ctx, await world.idOf(daniel), {})
    expect(await faultsOf(world.people.deactivate(ctx, await world.idOf(grace), {}))).toEqual(['/person last_guardian'])
  })

  test('can be sent away while the list itself is not whole', async () => {
    await world.tamper('delete from recipient_set_signature where person_id = $1', [await world.idOf(grace)])
    await world.people.deactivate(await world.steppedUp(admin), await world.idOf(daniel), {})
    expect(await answerOf(world.directory.current())).toBe('intake_closed')
  })
})

describe('other rights', () => {
  test('hold once guardians have signed them, and not before', async () => {
    const id = await world.idOf(priya)
    const rights = { roles: ['guardian' as const], deputy: true, intakeGroupIds: [...world.groups] }
    await world.people.changeRights(await world.steppedUp(admin), id, rights)
    expect((await world.as(priya)).person.roles).toEqual(['investigator'])
    expect(await guardians()).not.toContain('Priya Nair')
    expect(await world.people.viewPerson(await world.as(admin), id)).toMatchObject({
      roles: ['investigator'],
      asked: { roles: ['guardian'] },
    })
    const proposal = (await world.people.proposeRecipientSet(await world.as(grace)))!
    expect(proposal.people.filter(({ change }) => change !== null)).toMatchObject([
      { name: 'Priya Nair', change: 'changed', roles: ['guardian'], before: { roles: ['investigator'] } },
    ])
    await world.countersign(grace, daniel)
    expect((await world.as(priya)).person).toMatchObject({ roles: ['guardian'], deputy: true })
    expect((await world.people.viewPerson(await world.as(admin), id)).asked).toBeNull()
  })

  test('that are the old ones take the request back', async () => {
    const id = await world.idOf(priya)
    const ctx = await world.steppedUp(admin)
    await world.people.changeRights(ctx, id, { roles: ['auditor'], deputy: false, intakeGroupIds: [...world.groups] })
    await world.people.changeRights(ctx, id, { roles: ['investigator'], deputy: false, intakeGroupIds: [...world.groups] })
    expect(await world.people.proposeRecipientSet(await world.as(grace))).toBeNull()
  })

  test('never mix what must stay apart, are never one’s own, and leave a guardian', async () => {
    const ctx = await world.steppedUp(admin)
    const change = async (email: string, roles: ('guardian' | 'administrator' | 'auditor')[]) => {
      const id = await world.idOf(email)
      // The roles are judged before anything is asked of the database
      return faultsOf((async () => world.people.changeRights(ctx, id, { roles, deputy: false, intakeGroupIds: [] }))())
    }
    expect(await change(priya, ['administrator', 'guardian'])).toEqual(['/roles roles_apart'])
    expect(await change(admin, ['guardian'])).toEqual(['/person oneself'])
    expect(await change(daniel, ['auditor'])).toEqual([])
    expect(await change(grace, ['auditor'])).toEqual(['/person last_guardian'])
  })
})

describe('the list of people', () => {
  test('comes in pages, with everybody once and how they stand', async () => {
    await invite('zoe@demo.test')
    await world.enrol(await invite('mary@demo.test'), 'mary@demo.test')
    const ctx = await world.as(admin)
    const first = await world.people.viewPeople(ctx, { limit: 4 })
    const rest = await world.people.viewPeople(ctx, { limit: 100, cursor: first.next! })
    expect([first.items.length, first.total, rest.next]).toEqual([4, 9, null])
    const all = [...first.items, ...rest.items]
    expect(new Set(all.map(({ id }) => id)).size).toBe(9)
    expect(all.filter(({ state }) => state !== 'active').map(({ email, state }) => `${email} ${state}`)).toEqual([
      'mary@demo.test waiting',
      'zoe@demo.test invited',
    ])
    world.wait({ hours: 168 })
    const late = await world.people.viewPeople(await world.as(admin), { limit: 100 })
    expect(late.items.find(({ email }) => email === 'zoe@demo.test')?.state).toBe('invitation_expired')
  })
})

describe('a second factor', () => {
  const reset = async () => (await world.people.askForReset(await world.steppedUp(admin), await world.idOf(daniel), {})).resetId

  test('is reset by two people: one asks, another confirms, and the person sets up a new one with their password', async () => {
    const token = await world.signIn(daniel)
    const id = await reset()
    expect(await world.people.viewResets(await world.as(grace))).toMatchObject([{ id, name: 'Daniel Reid', askedBy: 'Sam Whitlock' }])
    const { secret } = (await world.people.decideReset(await world.steppedUp(grace), id, { decision: 'confirm' }))!
    expect(await answerOf(world.open(token))).toBe('done')
    const { enrolment } = world.people
    expect(await answerOf(enrolment.choosePassword(secret, { password: 'not the password at all' }))).toBe('sign_in_failed')
    const { draft } = await enrolment.choosePassword(secret, { password })
    const { factor, recoveryCode } = await enrolment.state(secret, draft)
    expect(recoveryCode).toBeNull()
    const { Secret } = await import('otpauth')
    const { codeAt } = await import('../../../src/accounts/second-factor.ts')
    const code = () => codeAt(Secret.fromBase32(factor.key.replaceAll(' ', '')).bytes, world.now())
    expect(await enrolment.confirmFactor(secret, draft, { otp: code() })).toEqual({ draft: null })
    expect(await answerOf(world.open(token))).toBe('session_invalid')
    expect(await answerOf(world.signIn(daniel))).toBe('sign_in_failed')
    world.wait({ seconds: 30 })
    const { accessToken } = await createSignIn(world.deps)({ requestId: 'test' }, { email: daniel, password, otp: code() })
    expect(await answerOf(world.open(accessToken))).toBe('done')
    expect(await answerOf(enrolment.open(secret))).toBe('invitation_used')
    expect((await world.entries()).map(({ kind }) => kind).filter((kind) => kind.startsWith('second_factor'))).toEqual([
      'second_factor_reset_requested',
      'second_factor_reset_confirmed',
      'second_factor_renewed',
    ])
  })

  test('is never reset by one person alone, nor by the one it is about', async () => {
    const id = await reset()
    const confirm = { decision: 'confirm' as const }
    expect(await answerOf(world.people.decideReset(await world.steppedUp(admin), id, confirm))).toBe('approval_own_request')
    expect(await answerOf(world.people.decideReset(await world.steppedUp(daniel), id, confirm))).toBe('approval_own_request')
    expect(await answerOf(world.people.decideReset(await world.steppedUp(ruth), id, confirm))).toBe('permission_denied')
    expect(await answerOf(world.people.decideReset(await world.as(grace), id, confirm))).toBe('step_up_required')
    expect((await world.entries(['attempt_refused'])).map(({ fields }) => fields['code'])).toEqual([
      'approval_own_request',
      'approval_own_request',
    ])
    expect(await world.people.viewResets(await world.as(admin))).toEqual([])
    expect(await world.people.viewResets(await world.as(daniel))).toEqual([])
    expect(await answerOf(world.people.viewResets(await world.as(ruth)))).toBe('permission_denied')
    expect(await faultsOf(world.people.askForReset(await world.steppedUp(admin), await world.idOf(admin), {}))).toEqual(['/person oneself'])
    expect(await answerOf(world.as(daniel))).toBe('done')
  })

  test('is not confirmed by the administrator who asked for it and has enrolled anew since', async () => {
    const olga = await world.enrol(await invite('olga@demo.test', ['administrator']), 'olga@demo.test')
    await world.countersign(grace, daniel)
    const { resetId } = await world.people.askForReset(await olga.steppedUp(), await world.idOf(daniel), {})
    const link = await world.people.reinvite(await world.steppedUp(admin), await world.idOf('olga@demo.test'), {})
    const again = await world.enrol(link, 'olga@demo.test')
    for (let lists = 0; lists < 2; lists += 1) await world.countersign(grace, ...(lists === 0 ? [] : [daniel]))
    const ctx = await again.steppedUp()
    expect(await world.people.viewResets(ctx)).toEqual([])
    expect(await answerOf(world.people.decideReset(ctx, resetId, { decision: 'confirm' }))).toBe('approval_own_request')
    expect(await world.entries(['second_factor_reset_confirmed'])).toEqual([])
  })

  test('is not decided in a session that was ended while the request was on its way', async () => {
    const id = await reset()
    const ctx = await world.steppedUp(grace)
    await world.people.endOtherSessions(await world.as(grace))
    expect(await answerOf(world.people.decideReset(ctx, id, { decision: 'confirm' }))).toBe('session_invalid')
    expect(await world.entries(['second_factor_reset_confirmed'])).toEqual([])
  })

  test('is decided once, also when it is refused; the link lasts a day', async () => {
    const first = await reset()
    expect(await world.people.decideReset(await world.steppedUp(grace), first, { decision: 'refuse' })).toBeNull()
    expect(await answerOf(world.people.decideReset(await world.steppedUp(grace), first, { decision: 'confirm' }))).toBe(
      'approval_not_pending',
    )
    const second = await reset()
    const { secret, expiresAt } = (await world.people.decideReset(await world.steppedUp(grace), second, { decision: 'confirm' }))!
    expect(world.now().until(expiresAt).total('hours')).toBe(24)
    world.wait({ hours: 24 })
    expect(await answerOf(world.people.enrolment.open(secret))).toBe('invitation_expired')
    const nothing = '6f1c1a9e-4a2f-4b53-8d4e-0d5f3a5b7c11'
    expect(await answerOf(world.people.decideReset(await world.steppedUp(grace), nothing, { decision: 'confirm' }))).toBe('not_found')
  })
})

describe('somebody who left and is invited under another address', () => {
  const asked = { name: 'Dan Reid', email: 'dan@elsewhere.test', roles: ['guardian' as const], deputy: false }
  const comeBack = async (former?: Awaited<ReturnType<typeof world.idOf>>, email = asked.email) =>
    world.people.invite(await world.steppedUp(admin), { ...asked, email, former, intakeGroupIds: [...world.groups] })
  const sendAway = async () => {
    const id = await world.idOf(daniel)
    await world.people.deactivate(await world.steppedUp(admin), id, {})
    await world.countersign(grace)
    return id
  }

  test('stays who they were, on the list that guardians sign and in the log', async () => {
    const old = await sendAway()
    expect(await world.people.viewFormer(await world.as(admin))).toEqual([{ id: old, name: 'Daniel Reid', email: daniel }])
    expect(await answerOf(world.people.viewFormer(await world.as(grace)))).toBe('permission_denied')
    const link = await comeBack(old)
    expect(await faultsOf(comeBack(old, 'third@elsewhere.test'))).toEqual(['/former former_invited'])
    await world.enrol(link, asked.email)
    const newcomer = (await world.people.proposeRecipientSet(await world.as(grace)))!.people.find(({ change }) => change === 'new')
    expect(newcomer).toMatchObject({ name: 'Dan Reid', formerly: 'Daniel Reid', resembles: [] })
    await world.countersign(grace)
    const directory = await world.directory.current()
    expect(directory.find(link.personId)?.formerly).toEqual([old])
    const alias = directory.known(old)?.alias
    expect((await world.entries(['person_invited', 'person_enrolled'])).map(({ fields }) => fields['replaces'])).toEqual([alias, alias])
    expect(await world.people.viewFormer(await world.as(admin))).toEqual([])
  })

  test('and is not said to have been here, is pointed out to whoever countersigns', async () => {
    await sendAway()
    await world.enrol(await comeBack(), asked.email)
    const { people } = (await world.people.proposeRecipientSet(await world.as(grace)))!
    expect(people.map(({ name, formerly, resembles }) => [name, formerly, resembles]).filter(([, , names]) => names?.length !== 0)).toEqual(
      [['Dan Reid', null, ['Daniel Reid']]],
    )
  })

  test('can keep their address, and can be nobody who is here or never was', async () => {
    const old = await sendAway()
    const never = '6f1c1a9e-4a2f-4b53-8d4e-0d5f3a5b7c11' as typeof old
    expect(await faultsOf(comeBack(await world.idOf(grace)))).toEqual(['/former not_gone'])
    expect(await faultsOf(comeBack(never))).toEqual(['/former not_gone'])
    expect(await faultsOf(comeBack(undefined, daniel))).toEqual(['/email email_taken'])
    expect(await answerOf(comeBack(old, daniel))).toBe('done')
  })
})

describe('who has lost password and code', () => {
  test('is invited anew: access ends at once, new keys stand under a new id, and what is kept from the old one is kept from the new', async () => {
    const old = await world.idOf(daniel)
    const token = await world.signIn(daniel)
    const link = await world.people.reinvite(await world.steppedUp(admin), old, {})
    expect(link.personId).not.toBe(old)
    expect(await answerOf(world.open(token))).toBe('session_invalid')
    const again = await world.enrol(link, daniel)
    expect(await answerOf(world.signIn(daniel))).toBe('sign_in_failed') // the old password
    await world.countersign(grace) // the list without the old keys, the administrator's name already under it
    await world.countersign(grace)
    const { person } = await again.as()
    expect(person).toMatchObject({ userId: link.personId, roles: ['guardian'], deputy: true })
    expect((await world.directory.current()).find(link.personId)?.formerly).toEqual([old])
    const names = (await world.people.viewPeople(await world.as(admin), { limit: 100 })).items.map(({ name }) => name)
    expect(names.filter((name) => name === 'Daniel Reid')).toHaveLength(1)
    expect(await answerOf(world.people.viewPerson(await world.as(admin), old))).toBe('not_found')
    expect(await answerOf(world.people.reactivate(await world.steppedUp(admin), old, {}))).toBe('not_found')
  })

  test('comes back with the old keys after all, and the link for new ones ends', async () => {
    const old = await world.idOf(daniel)
    const { secret } = await world.people.reinvite(await world.steppedUp(admin), old, {})
    await world.people.reactivate(await world.steppedUp(admin), old, {})
    expect(await answerOf(world.people.enrolment.open(secret))).toBe('invitation_not_recognised')
    expect(await answerOf(world.as(daniel))).toBe('done')
  })

  test('is never oneself, nor the only guardian: for that there is the recovery ceremony', async () => {
    const ctx = await world.steppedUp(admin)
    expect(await faultsOf(world.people.reinvite(ctx, await world.idOf(admin), {}))).toEqual(['/person oneself'])
    await world.people.deactivate(ctx, await world.idOf(daniel), {})
    expect(await faultsOf(world.people.reinvite(ctx, await world.idOf(grace), {}))).toEqual(['/person last_guardian'])
    expect(await answerOf(world.as(grace))).toBe('done')
  })
})
