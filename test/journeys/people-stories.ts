import { Secret as OtpSecret } from 'otpauth'
import { expect } from 'vitest'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import { codeAt } from '../../src/accounts/second-factor.ts'
import type { UserId } from '../../src/kernel/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import { people as emails, type PersonName } from '../support/app.ts'
import type { TestSigning } from '../support/log.ts'
import type { Leaves } from './lost-keys.ts'

const password = demonstrationPeople[0]!.password
const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow()

/** Who came in and out, and what they did with their own account. */
export async function keepAnAccount(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { otp, service } = world
  const { people } = service
  const fresh = (person: PersonName) => world.contextOf(person)
  await leaves(
    [
      ...['signed_in', 'sign_in_failed', 'stepped_up', 'signed_out', 'sessions_ended', 'recovery_code_made', 'recovery_code_used'],
      'password_changed',
      'note_choice_changed',
    ],
    async () => {
      const ctx = await fresh('executive')
      await people.chooseNote(ctx, { regularNote: true })
      await service.accounts.stepUp(ctx, { otp: otp('executive') })
      await refused(service.accounts.signIn({ requestId: 'test' }, { email: emails.executive, password: 'wrong as can be', otp: '123456' }))
      await people.endOtherSessions(ctx)
      world.clock.advance({ minutes: 5 })
      const { offer } = await people.recoveryCodes.make(ctx, { otp: otp('executive') })
      const code = people.recoveryCodes.show(ctx, offer)
      await people.recoveryCodes.confirm(ctx, offer, { third: code[2]!, last: code[6]! })
      const chosen = 'seven purple kettles wander'
      const given = { email: emails.executive, code: code.join(' '), password: chosen, otp: otp('executive') }
      const { accessToken } = await people.recoverPassword({ requestId: 'test' }, given)
      const again = await service.accounts.openSession(accessToken, 'test')
      await people.changePassword(again, { current: chosen, password, otp: otp('executive') })
      await service.accounts.signOut(await service.accounts.openSession(accessToken, 'test'))
    },
  )
}

/** A person with a link sets up their account, as the pages lead them. */
async function enrol({ service, clock }: HandlingWorld, secret: string): Promise<void> {
  const { enrolment } = service.people
  const { draft } = await enrolment.choosePassword(secret, { password })
  const { factor } = await enrolment.state(secret, draft)
  const code = codeAt(OtpSecret.fromBase32(factor.key.replaceAll(' ', '')).bytes, clock.now())
  const confirmed = (await enrolment.confirmFactor(secret, draft, { otp: code })).draft
  if (confirmed === null) return
  const groups = (await enrolment.state(secret, confirmed)).recoveryCode!
  await enrolment.finish(secret, confirmed, { third: groups[2]!, last: groups[6]! })
}

/** Who may do what: coming, going, new rights, a lost second factor, and the list that guardians sign. */
export async function changeWhoMay(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { otp, id: userIdOf, service } = world
  const { people } = service
  const fresh = (person: PersonName) => world.contextOf(person)
  await leaves(
    [
      ...['person_invited', 'invitation_withdrawn', 'person_enrolled', 'recipient_set_signed', 'person_deactivated', 'person_reactivated'],
      ...['rights_change_asked', 'second_factor_reset_requested', 'second_factor_reset_confirmed', 'second_factor_reset_refused'],
      'second_factor_renewed',
    ],
    async () => {
      const intakeGroupIds = (await service.settings.current()).intakeGroups.map(({ id }) => id)
      const administrator = () => fresh('administrator')
      const invite = async (email: string) =>
        people.invite(await administrator(), {
          ...{ name: `New ${email}`, email, roles: ['guardian'], deputy: false, intakeGroupIds },
          otp: otp('administrator'),
        })
      const [first, second] = [await invite('mary@demo.test'), await invite('ann@demo.test')]
      await people.withdrawInvitation(await administrator(), second.personId, { otp: otp('administrator') })
      await enrol(world, first.secret)
      for (const guardian of ['guardian', 'deputy'] as const) {
        const ctx = await fresh(guardian)
        const { digest } = (await people.proposeRecipientSet(ctx))!
        await people.signRecipientSet(ctx, { digest, otp: otp(guardian) })
      }
      const deputy = userIdOf('deputy')
      for (const decision of ['refuse', 'confirm'] as const) {
        const { resetId } = await people.askForReset(await administrator(), deputy, { otp: otp('administrator') })
        const link = await people.decideReset(await fresh('guardian'), resetId, { decision, otp: otp('guardian') })
        if (link !== null) await enrol(world, link.secret)
      }
      const rights = { roles: ['auditor' as const], deputy: false, intakeGroupIds }
      await people.changeRights(await administrator(), userIdOf('investigator'), { ...rights, otp: otp('administrator') })
      await people.deactivate(await administrator(), deputy, { otp: otp('administrator') })
      await people.reactivate(await administrator(), deputy, { otp: otp('administrator') })
    },
  )
}

/** Links that ran out, were used or withdrawn, and are tried all the same. */
export async function tryDeadLinks(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { otp, service } = world
  const { people } = service
  const fresh = (person: PersonName) => world.contextOf(person)
  const intakeGroupIds = (await service.settings.current()).intakeGroups.map(({ id }) => id)
  const invite = async (email: string) => {
    const ctx = await fresh('administrator')
    const person = { name: `New ${email}`, email, roles: ['auditor' as const], deputy: false, intakeGroupIds }
    return people.invite(ctx, { ...person, otp: otp('administrator') })
  }
  const [used, late, gone] = [await invite('used@demo.test'), await invite('late@demo.test'), await invite('gone@demo.test')]
  await enrol(world, used.secret)
  await people.withdrawInvitation(await fresh('administrator'), gone.personId, { otp: otp('administrator') })
  for (const { secret } of [used, gone]) await leaves(['attempt_refused'], () => refused(people.enrolment.open(secret)))
  world.clock.advance({ hours: 8 * 24 })
  await leaves(['attempt_refused'], () => refused(people.enrolment.choosePassword(late.secret, { password })))
}

/** The name of somebody who left is forgotten when its time is over. */
export async function forgetAName(world: HandlingWorld, signing: TestSigning, leaves: Leaves): Promise<void> {
  const { otp, service } = world
  const { people } = service
  await leaves(['opening_destroyed'], async () => {
    const { rows } = await world.database.asSuperuser.query<{ id: UserId }>('select id from person where email = $1', ['mary@demo.test'])
    await people.deactivate(await world.contextOf('administrator'), rows[0]!.id, { otp: otp('administrator') })
    for (let batches = 0; (await signing.integrate()).added > 0 && batches < 100;) batches += 1
    world.clock.advance({ hours: 24 * 366 * 6 })
    expect(await service.accounts.forgetNames()).toBeGreaterThan(0)
  })
}
