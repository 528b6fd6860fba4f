import { Secret } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InviteInput } from '../../../src/accounts/invitations/invite-person.ts'
import { codeAt } from '../../../src/accounts/second-factor.ts'
import { Refusal, type IntakeGroupId } from '../../../src/kernel/index.ts'
import { createPeopleWorld, newPassword, type PeopleWorld } from './people-world.ts'
import { answerOf } from './world.ts'

let world: PeopleWorld
beforeAll(async () => {
  world = await createPeopleWorld()
})
afterAll(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const admin = 'admin@demo.test'
let count = 0
const mary = (change: Partial<InviteInput> = {}): InviteInput => ({
  name: 'Mary Lowe',
  email: `Mary.${(count += 1)}@demo.test`,
  roles: ['guardian'],
  deputy: false,
  intakeGroupIds: [...world.groups],
  ...change,
})
const faultsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const refused = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return refused instanceof Refusal ? refused.faults.map(({ pointer, code }) => `${pointer} ${code}`) : []
}
const rows = async (sql: string, values: unknown[] = []) => (await world.fresh.asSuperuser.query(sql, values)).rows

describe('an invitation', () => {
  test('is made by an administrator with a fresh code, and by nobody else', async () => {
    expect(await answerOf(world.people.invite(await world.as(admin), mary()))).toBe('step_up_required')
    for (const email of [grace, 'auditor@demo.test', 'executive@demo.test'])
      expect(await answerOf(world.people.invite(await world.steppedUp(email), mary()))).toBe('permission_denied')
    expect(await rows('select 1 from invitation')).toEqual([])
  })

  test('takes the code with the act, which is then good for five minutes', async () => {
    const token = await world.signIn(admin)
    world.wait({ seconds: 30 })
    await world.people.invite(await world.open(token), mary({ otp: world.code() }))
    expect((await world.open(token)).steppedUp).toBe(true)
    expect((await world.entries()).slice(-2).map(({ kind }) => kind)).toEqual(['person_invited', 'stepped_up'])
  })

  test('keeps roles apart, and an address has one person', async () => {
    const ctx = await world.steppedUp(admin)
    const invite = (change: Partial<InviteInput>) => faultsOf(world.people.invite(ctx, mary(change)))
    expect(await invite({ roles: ['administrator', 'guardian'] })).toEqual(['/roles roles_apart'])
    expect(await invite({ roles: ['administrator', 'investigator'] })).toEqual(['/roles roles_apart'])
    expect(await invite({ roles: ['auditor', 'guardian'] })).toEqual(['/roles roles_apart'])
    expect(await invite({ roles: ['investigator'], deputy: true })).toEqual(['/roles deputy_of_nobody'])
    expect(await invite({ roles: [] })).toEqual(['/roles roles_missing'])
    expect(await invite({ intakeGroupIds: [] })).toEqual(['/intakeGroupIds group_missing'])
    const nowhere = '6f1c1a9e-4a2f-4b53-8d4e-0d5f3a5b7c11' as IntakeGroupId
    expect(await invite({ intakeGroupIds: [...world.groups, nowhere] })).toEqual(['/intakeGroupIds unknown_group'])
    expect(await invite({ email: ' GUARDIAN@demo.test' })).toEqual(['/email email_taken'])
    const once = mary()
    await world.people.invite(ctx, once)
    expect(await faultsOf(world.people.invite(ctx, { ...once, email: once.email.toUpperCase() }))).toEqual(['/email email_invited'])
  })

  test('is kept as a hash of its secret, and its entry holds neither name nor address', async () => {
    const { secret } = await world.people.invite(await world.steppedUp(admin), mary({ name: 'Mary Canary' }))
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    const kept = JSON.stringify(await rows('select * from invitation'))
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(Buffer.from(secret, 'base64url').toString('hex'))
    const entries = JSON.stringify(await world.entries(['person_invited', 'person_enrolled']))
    expect(entries).not.toMatch(/Canary|demo\.test/)
  })
})

describe('a link', () => {
  test('that nobody made is not known, whatever it looks like', async () => {
    for (const secret of ['', 'x', 'a'.repeat(43), '../../etc/passwd', 'a'.repeat(5000)])
      expect(await answerOf(world.people.enrolment.open(secret))).toBe('invitation_not_recognised')
  })

  test('is good for a week and says so afterwards', async () => {
    const { secret, expiresAt } = await world.people.invite(await world.steppedUp(admin), mary())
    expect(world.now().until(expiresAt).total('hours')).toBe(168)
    const { draft } = await world.people.enrolment.choosePassword(secret, { password: newPassword })
    world.wait({ hours: 168 })
    expect(await answerOf(world.people.enrolment.open(secret))).toBe('invitation_expired')
    expect(await answerOf(world.people.enrolment.choosePassword(secret, { password: newPassword }))).toBe('invitation_expired')
    expect(await answerOf(world.people.enrolment.finish(secret, draft, { third: '', last: '' }))).toBe('invitation_expired')
  })

  test('works once, also for two who finish at the same moment', async () => {
    const { people } = world
    const input = mary()
    const { secret } = await people.invite(await world.steppedUp(admin), input)
    const ready = async () => {
      const { draft } = await people.enrolment.choosePassword(secret, { password: newPassword })
      const { factor } = await people.enrolment.state(secret, draft)
      return { draft, factor }
    }
    const finish = async () => {
      const { draft, factor } = await ready()
      const otp = codeAt(Secret.fromBase32(factor.key.replaceAll(' ', '')).bytes, world.now())
      const confirmed = (await people.enrolment.confirmFactor(secret, draft, { otp })).draft!
      const code = (await people.enrolment.state(secret, confirmed)).recoveryCode!
      return () => people.enrolment.finish(secret, confirmed, { third: code[2]!, last: code[6]! })
    }
    const both = [await finish(), await finish()]
    expect((await Promise.all(both.map((one) => answerOf(one())))).toSorted()).toEqual(['done', 'invitation_used'])
    expect(await answerOf(people.enrolment.open(secret))).toBe('invitation_used')
    expect(await rows('select 1 from person where email = $1', [input.email.toLowerCase()])).toHaveLength(1)
    expect(await rows('select 1 from invitation where email = $1', [input.email.toLowerCase()])).toEqual([])
  })

  test('is replaced by a newer one, or taken back', async () => {
    const { people } = world
    const first = await people.invite(await world.steppedUp(admin), mary())
    const second = await people.reinvite(await world.steppedUp(admin), first.personId, {})
    expect(second.personId).toBe(first.personId)
    expect(await answerOf(people.enrolment.open(first.secret))).toBe('invitation_not_recognised')
    expect(await answerOf(people.enrolment.open(second.secret))).toBe('done')
    await people.withdrawInvitation(await world.steppedUp(admin), first.personId, {})
    expect(await answerOf(people.enrolment.open(second.secret))).toBe('invitation_not_recognised')
    expect(await answerOf(people.withdrawInvitation(await world.steppedUp(admin), first.personId, {}))).toBe('not_found')
  })
})

describe('enrolling', () => {
  test('asks for a password of one’s own, a code of the new app, and part of the paper', async () => {
    const { people } = world
    const { secret } = await people.invite(await world.steppedUp(admin), mary())
    const choose = (given: string) => faultsOf(people.enrolment.choosePassword(secret, { password: given }))
    expect(await choose('fourteen chars')).toEqual(['/password too_short'])
    expect(await choose('passwordpassword')).toEqual(['/password too_common'])
    const { draft } = await people.enrolment.choosePassword(secret, { password: newPassword })
    const { recoveryCode, factor, factorConfirmed } = await people.enrolment.state(secret, draft)
    expect([recoveryCode, factorConfirmed]).toEqual([null, false])
    expect(factor.uri).toMatch(/^otpauth:\/\/totp\/Forthright:mary/)
    expect(factor.uri).toContain(factor.key.replaceAll(' ', ''))
    expect(await answerOf(people.enrolment.confirmFactor(secret, draft, { otp: '000000' }))).toBe('sign_in_failed')
    expect(await answerOf(people.enrolment.finish(secret, draft, { third: 'AAAA', last: 'AAAA' }))).toBe('draft_gone')
  })

  test('names the group that was copied wrongly, and forgives case and O for 0', async () => {
    const { people } = world
    const { secret } = await people.invite(await world.steppedUp(admin), mary())
    const { draft } = await people.enrolment.choosePassword(secret, { password: newPassword })
    const { factor } = await people.enrolment.state(secret, draft)
    const otp = codeAt(Secret.fromBase32(factor.key.replaceAll(' ', '')).bytes, world.now())
    const confirmed = (await people.enrolment.confirmFactor(secret, draft, { otp })).draft!
    const code = (await people.enrolment.state(secret, confirmed)).recoveryCode!
    const finish = (third: string, last: string) => people.enrolment.finish(secret, confirmed, { third, last })
    expect(await faultsOf(finish(code[1]!, ''))).toEqual(['/third not_copied', '/last required'])
    await finish(` ${code[2]!.toLowerCase().replaceAll('0', 'o')} `, `${code[6]!.slice(0, 2)} ${code[6]!.slice(2)}`)
  })

  test('half done in somebody else’s cookie, for another link, or an hour old, begins again', async () => {
    const { people } = world
    const ctx = await world.steppedUp(admin)
    const [one, other] = [await people.invite(ctx, mary()), await people.invite(ctx, mary())]
    const { draft } = await people.enrolment.choosePassword(one.secret, { password: newPassword })
    expect(await answerOf(people.enrolment.state(one.secret, draft))).toBe('done')
    expect(await answerOf(people.enrolment.state(other.secret, draft))).toBe('draft_gone')
    const flipped = `${draft.slice(0, 40)}${draft[40] === 'A' ? 'B' : 'A'}${draft.slice(41)}`
    for (const bad of ['', 'x', flipped, 'é', draft.repeat(4)])
      expect(await answerOf(people.enrolment.state(one.secret, bad))).toBe('draft_gone')
    expect(draft.length).toBeLessThan(3800) // a cookie holds 4,096
    world.wait({ minutes: 61 })
    expect(await answerOf(people.enrolment.state(one.secret, draft))).toBe('draft_gone')
  })

  test('makes keys that only the person opens, and leaves them outside until guardians have put their names to them', async () => {
    const { people, directory } = world
    const input = mary()
    const link = await people.invite(await world.steppedUp(admin), input)
    const newcomer = await world.enrol(link, input.email)
    const token = await newcomer.signIn()
    expect(await answerOf(world.open(token))).toBe('countersignature_awaited')
    const names = async () => (await directory.current()).guardiansOf(world.groups[0]!).map(({ id }) => id)
    expect(await names()).not.toContain(link.personId)

    const proposal = (await people.proposeRecipientSet(await world.as(grace)))!
    const listed = proposal.people.find(({ id }) => id === link.personId)
    expect(listed).toMatchObject({ change: 'new', fingerprint: newcomer.fingerprint, name: 'Mary Lowe', roles: ['guardian'] })
    expect(proposal.missing).toBe(2)
    await world.countersign(grace)
    expect(await names()).not.toContain(link.personId)
    await world.countersign(daniel)
    expect(await names()).toContain(link.personId)
    expect((await newcomer.as()).person).toMatchObject({ userId: link.personId, roles: ['guardian'] })
    expect(await people.proposeRecipientSet(await world.as(grace))).toBeNull()
    const summary = await people.viewPerson(await world.as(admin), link.personId)
    expect(summary).toMatchObject({ state: 'active', secondFactor: 'set', recoveryCode: true })
    expect(summary.countersignedAt).not.toBeNull()
  })

  test('leaves nothing in any table that opens anything: no link, password, key for the app, or recovery code', async () => {
    const { people } = world
    const input = mary()
    const { secret } = await people.invite(await world.steppedUp(admin), input)
    const { draft } = await people.enrolment.choosePassword(secret, { password: newPassword })
    const { factor } = await people.enrolment.state(secret, draft)
    const key = factor.key.replaceAll(' ', '')
    const otp = codeAt(Secret.fromBase32(key).bytes, world.now())
    const confirmed = (await people.enrolment.confirmFactor(secret, draft, { otp })).draft!
    const code = (await people.enrolment.state(secret, confirmed)).recoveryCode!
    await people.enrolment.finish(secret, confirmed, { third: code[2]!, last: code[6]! })
    const tables = await rows(`select table_name from information_schema.tables where table_schema = 'public'`)
    const dump: Record<string, unknown>[] = []
    for (const { table_name } of tables) dump.push(...(await rows(`select t::text as row from ${table_name} t`)))
    const text = dump.map(({ row }) => String(row)).join('\n')
    expect(text).toContain(input.email.toLowerCase())
    const hex = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('hex')
    for (const held of [secret, newPassword, key, code.join(''), draft])
      expect([text.includes(held), text.includes(hex(held))]).toEqual([false, false])
    for (const bytes of [Buffer.from(secret, 'base64url'), Secret.fromBase32(key).bytes]) expect(text).not.toContain(hex(bytes))
  })

  test('uses up the code that confirmed the app', async () => {
    const input = mary({ roles: ['auditor'], intakeGroupIds: [] })
    const link = await world.people.invite(await world.steppedUp(admin), input)
    const newcomer = await world.enrol(link, input.email)
    world.wait({ seconds: -30 }) // what `signIn` adds: still the step that confirmed the app
    expect(await answerOf(newcomer.signIn())).toBe('otp_replayed')
    expect(await answerOf(newcomer.signIn())).toBe('done')
    await world.countersign(grace, daniel)
  })

  test('an inserted row or signature is never a way in', async () => {
    const { directory } = world
    const before = (await directory.current()).people.map(({ id }) => id)
    await world.tamper(
      `insert into person select gen_random_uuid(), gen_random_uuid(), 'puppet@demo.test', 'Sock Puppet', roles, deputy, true, intake_group_ids, box_key,
        sign_key, password_salt, password_memory_kib, password_passes, password_verifier, wrapped_keys, totp_seed, 0, 0, null from person where email = $1`,
      [grace],
    )
    expect((await directory.current()).people.map(({ id }) => id)).toEqual(before)
    const { sql, id } = { sql: 'select max(version) as v from recipient_set', id: await world.idOf('puppet@demo.test') }
    const [{ v }] = (await rows(sql)) as [{ v: number }]
    await world.tamper('insert into recipient_set_signature values ($1, $2, $3)', [v, id, Buffer.alloc(65, 1)])
    expect(await answerOf(directory.current())).toBe('intake_closed')
    await world.tamper('delete from recipient_set_signature where person_id = $1', [id])
    expect(await answerOf(directory.current())).toBe('done')
    await world.tamper('delete from person where id = $1', [id])
  })
})
