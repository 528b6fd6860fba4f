import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret as OtpSecret } from 'otpauth'
import { afterAll, expect, test } from 'vitest'
import { takeBackup } from '../../scripts/backup/take-backup.ts'
import { declareRestore } from '../../scripts/restore/declare.ts'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import { codeAt } from '../../src/accounts/second-factor.ts'
import { beginning, entryKinds } from '../../src/audit/index.ts'
import { detrimentInput, onBehalfInput, sayMoreInput } from '../../src/concerns/index.ts'
import { addDays, londonDate, systemRandom, type UserId } from '../../src/kernel/index.ts'
import { createCheckpointMail } from '../../src/mailing.ts'
import { createRegularNote } from '../../src/regular-note.ts'
import { callWhoIsOnCall } from './on-call-story.ts'
import { calendarChange, limitChange } from '../../src/settings/index.ts'
import { createBackupKeys } from '../../src/vault/index.ts'
import { startHandlingWorld } from '../integration/concerns/handling-world.ts'
import { people as emails, type PersonName } from '../support/app.ts'
import { startSigning } from '../support/log.ts'
import { mailFrom } from '../support/smtp-server.ts'
import { clockStories } from './clock-stories.ts'
import { dutyStories } from './duty-stories.ts'
import { loseAndRecover, type Leaves } from './lost-keys.ts'
import { reporterStories } from './reporter-stories.ts'
import { reportStories } from './report-stories.ts'
import { beAway, leaveUnanswered } from './swept-clocks.ts'

/**
 * Every kind of entry in the catalogue, written by somebody's act through the service as it is put together: the stories below, in their order, and
 * at the end a list with nothing left out. A kind that nobody writes, or a story that no longer leaves its entries, fails here.
 */
const world = await startHandlingWorld({ mailFrom })
const { concerns, as, act, bring, raise, otp, id: userIdOf, service } = world
const { casework } = concerns
const { people } = service
const password = demonstrationPeople[0]!.password
const signing = startSigning(world)
const folder = mkdtempSync(join(tmpdir(), 'forthright-every-'))
const seen = new Set<string>()
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await signing.close()
  await world.close()
  rmSync(folder, { recursive: true })
})

const visitor = () => ({ requestId: 'test', now: world.clock.now() })
/** Signed in this moment, so that no idle session stands in the way. */
const fresh = (person: PersonName) => world.contextOf(person)
const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow()

/** What a story must leave behind: entries that were not there before it, or more of them. */
const leaves: Leaves = async (kinds, story, database = world.database) => {
  const count = async () => {
    const { rows } = await database.asSuperuser.query<{ kind: string; n: string }>(
      'select kind, count(*) as n from (select kind from staff_entry union all select kind from reporter_entry) as every group by kind',
    )
    return new Map(rows.map(({ kind, n }) => [kind, Number(n)]))
  }
  const before = await count()
  await story()
  const after = await count()
  expect(kinds.filter((kind) => (after.get(kind) ?? 0) <= (before.get(kind) ?? 0))).toEqual([])
  for (const kind of kinds) seen.add(kind)
}

test('what a reporter does', async () => {
  await leaves(
    [
      'concern_raised',
      'reporter_wrote',
      'withdrawal_asked',
      'openness_changed',
      'detriment_reported',
      'token_replaced',
      'feedback_given',
      'notices_chosen',
    ],
    async () => {
      const { id, token } = await raise()
      const back = () => concerns.openByToken(visitor(), token)
      await world.write(token, 'One more thing.')
      await concerns.sayMore(await back(), sayMoreInput.parse({ openness: 'confidential', name: 'Jo' }), null)
      await concerns.reportDetriment(await back(), detrimentInput.parse({ kinds: ['moved'], description: 'I was moved.' }), null)
      await concerns.chooseNotices(await back(), { wants: false }, null)
      await concerns.askToWithdraw(await back(), { reason: 'I am afraid.' }, null)
      await bring(id, 'resolved')
      await concerns.giveFeedback(await back(), { speakUpAgain: 'no' }, null)
      await concerns.replaceToken(visitor(), token, 'a secret of nobody else at all')
    },
  )
})

test('what a guardian does with a concern', async () => {
  await leaves(
    [
      ...['concern_acknowledged', 'concern_triaged', 'investigation_started', 'findings_recorded', 'concern_resolved', 'concern_closed'],
      ...['concern_reopened', 'concern_referred', 'concern_withdrawn', 'resolving_without_investigation', 'concern_assigned'],
      ...['concern_escalated', 'access_granted', 'conflict_declared', 'message_sent', 'note_written'],
    ],
    async () => {
      const { id } = await raise()
      await bring(id, 'resolved')
      await act('guardian', id, 'close', { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' })
      await act('guardian', id, 'reopen', { reason: 'It goes on.' })
      await act('guardian', id, 'assign', { userId: userIdOf('deputy') })
      await act('guardian', id, 'escalate', { to: 'executive_lead', reason: 'No answer.', shareContent: true })
      await concerns.sendMessage(as('guardian'), id, { body: 'We go on.' }, null)
      await concerns.writeNote(as('guardian'), id, { body: 'Seen.' }, null)
      await concerns.declareConflict(as('deputy'), id, { expectedVersion: await world.version(id) })
      await bring((await raise()).id, 'referred')
      await bring((await raise()).id, 'resolving')
      await act('guardian', (await raise()).id, 'withdraw', { reason: 'They asked.', organisationMustAct: false })
    },
  )
})

test('what two people decide', async () => {
  await leaves(['approval_requested', 'approval_given', 'approval_refused', 'summary_viewed'], async () => {
    for (const decision of ['approve', 'refuse'] as const) {
      const { id } = await raise()
      await bring(id, 'triaged', { riskGrade: 'high' })
      const view = await act('guardian', id, 'resolve_without_investigation', {
        reasonCode: 'facts_agreed',
        reason: 'Nobody disputes it.',
        decidedBy: userIdOf('guardian'),
        approver: userIdOf('nonExecutive'),
        message: 'We agree.',
      })
      await concerns.viewApprovals(as('nonExecutive'))
      const given = { decision, otp: otp('nonExecutive'), note: 'As asked.' }
      await concerns.decideApproval(as('nonExecutive'), id, view.pendingApproval!.id, given)
    }
  })
})

test('what is recorded for somebody, and what belongs together', async () => {
  await leaves(['concern_recorded', 'concern_linked', 'concern_unlinked'], async () => {
    const told = { narrative: 'The lamp is broken.', openness: 'confidential', channel: 'phone', receivedOn: londonDate(world.clock.now()) }
    await concerns.onBehalf.record(as('guardian'), onBehalfInput.parse(told), null)
    const [{ id }, other] = [await raise(), await raise()]
    const { reference } = await concerns.viewConcern(as('guardian'), other.id)
    const link = await concerns.linking.add(as('guardian'), id, { other: reference })
    await concerns.linking.remove(as('guardian'), id, link.id)
  })
})

test('what a guardian does about bad treatment, and keeps beside the steps', async () => {
  await leaves(
    [
      ...['detriment_risk_assessed', 'detriment_plan_set', 'detriment_reviewed', 'detriment_closed', 'assessment_recorded'],
      ...['contact_logged', 'private_note_written', 'saved_view_changed'],
    ],
    async () => {
      const { id, token } = await raise()
      const said = detrimentInput.parse({ kinds: ['moved'], description: 'I was moved.' })
      const { id: report } = await concerns.reportDetriment(await concerns.openByToken(visitor(), token), said, null)
      const step = <S extends Parameters<typeof concerns.actOnDetriment>[2]>(name: S, input: object) =>
        concerns.actOnDetriment(as('guardian'), id, name, { report, ...input } as never, null)
      await step('assess_risk', { riskGrade: 'high', note: 'She is alone.' })
      await step('set_plan', { plan: 'Her own rota.', reviewOn: [addDays(londonDate(world.clock.now()), 30)] })
      await step('review', { finding: 'stopped', note: 'It has stopped.' })
      await step('close', { reasonCode: 'resolved', note: 'She agrees.' })
      await casework.assess(as('guardian'), id, { follows: 0, status: 'may_qualify' }, null)
      await casework.logContact(
        as('guardian'),
        id,
        { channel: 'call', on: londonDate(world.clock.now()), minutes: 20, note: 'Rang.' },
        null,
      )
      await casework.writePrivateNote(as('guardian'), id, { body: 'Mine.' }, null)
      await casework.saveView(as('guardian'), { name: 'Mine', team: false, filter: { owner: 'me' } })
    },
  )
})

test('every look at what is sealed, every copy taken away, every search and every attempt that was refused', async () => {
  await leaves(
    [
      ...['concern_viewed', 'content_viewed', 'identity_viewed', 'queue_viewed', 'summary_printed', 'concern_exported', 'time_exported'],
      ...['log_viewed', 'log_exported', 'log_checked', 'attempt_refused'],
    ],
    async () => {
      const { id } = await raise({ openness: 'confidential', identity: { name: 'A. Nurse' } })
      await concerns.viewQueue(as('guardian'), { limit: 10 })
      await concerns.viewConcern(as('guardian'), id)
      await concerns.viewContent(as('guardian'), id)
      await concerns.viewIdentity(as('guardian'), id, { reason: 'To ring back', otp: otp('guardian') })
      await casework.printSummary(as('guardian'), id, { preparedFor: 'The board', include: [] })
      await casework.exportConcern(as('guardian'), id, { otp: otp('guardian') })
      await casework.exportTime({ ...as('guardian'), steppedUp: true })
      await refused(concerns.viewContent(as('investigator'), id))
      await signing.integrate()
      await service.logReads.viewEntries(as('auditor'), beginning, 10)
      await service.logReads.takeProof(as('auditor'), 0)
      await service.auditing.compare(as('auditor'), (await service.publishedLog.readCheckpoint()).note)
    },
  )
})

test('reports, looked at and taken away', () => reportStories(world, leaves))

test('what becomes of a concern that an auditor drew', async () => {
  await leaves(['sample_drawn', 'sample_unlocked', 'sample_refused', 'sample_viewed'], async () => {
    for (let at = 0; at < 8; at += 1) await raise()
    world.clock.advance({ hours: 48 })
    await signing.integrate()
    const { samples } = concerns
    const today = londonDate(world.clock.now())
    const { base } = await samples.list(as('auditor'))
    const { id } = await samples.draw(as('auditor'), {
      ...{ size: base!.size, from: addDays(today, -60), to: addDays(today, -1), numbers: '3 1 4 1 5 9 2 6 5 3 5 8', count: 2 },
      otp: otp('auditor'),
    })
    const { rows } = await world.database.asSuperuser.query<{ id: string; place: number }>('select id, place from sample_concern')
    const [first, second] = rows.toSorted((a, b) => a.place - b.place)
    const shown = { text: 'Checks are signed for that nobody did.', showSite: false, showProfession: false, harmless: true }
    await samples.unlock(as('guardian'), first!.id, { ...shown, otp: otp('guardian') })
    await samples.refuse(as('guardian'), second!.id, 'proceedings')
    await samples.open(as('auditor'), id, 1)
  })
})

test('who came in and out, and what they did with their own account', async () => {
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
})

/** A person with a link sets up their account, as the pages lead them. */
async function enrol(secret: string): Promise<void> {
  const { enrolment } = people
  const { draft } = await enrolment.choosePassword(secret, { password })
  const { factor } = await enrolment.state(secret, draft)
  const code = codeAt(OtpSecret.fromBase32(factor.key.replaceAll(' ', '')).bytes, world.clock.now())
  const confirmed = (await enrolment.confirmFactor(secret, draft, { otp: code })).draft
  if (confirmed === null) return
  const groups = (await enrolment.state(secret, confirmed)).recoveryCode!
  await enrolment.finish(secret, confirmed, { third: groups[2]!, last: groups[6]! })
}

test('who may do what: coming, going, new rights, a lost second factor, and the list that guardians sign', async () => {
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
      await enrol(first.secret)
      for (const guardian of ['guardian', 'deputy'] as const) {
        const ctx = await fresh(guardian)
        const { digest } = (await people.proposeRecipientSet(ctx))!
        await people.signRecipientSet(ctx, { digest, otp: otp(guardian) })
      }
      const deputy = userIdOf('deputy')
      for (const decision of ['refuse', 'confirm'] as const) {
        const { resetId } = await people.askForReset(await administrator(), deputy, { otp: otp('administrator') })
        const link = await people.decideReset(await fresh('guardian'), resetId, { decision, otp: otp('guardian') })
        if (link !== null) await enrol(link.secret)
      }
      const rights = { roles: ['auditor' as const], deputy: false, intakeGroupIds }
      await people.changeRights(await administrator(), userIdOf('investigator'), { ...rights, otp: otp('administrator') })
      await people.deactivate(await administrator(), deputy, { otp: otp('administrator') })
      await people.reactivate(await administrator(), deputy, { otp: otp('administrator') })
    },
  )
})

test('a link that ran out, was used or withdrawn, and is tried all the same', async () => {
  const intakeGroupIds = (await service.settings.current()).intakeGroups.map(({ id }) => id)
  const invite = async (email: string) => {
    const ctx = await fresh('administrator')
    const person = { name: `New ${email}`, email, roles: ['auditor' as const], deputy: false, intakeGroupIds }
    return people.invite(ctx, { ...person, otp: otp('administrator') })
  }
  const [used, late, gone] = [await invite('used@demo.test'), await invite('late@demo.test'), await invite('gone@demo.test')]
  await enrol(used.secret)
  await people.withdrawInvitation(await fresh('administrator'), gone.personId, { otp: otp('administrator') })
  for (const { secret } of [used, gone]) await leaves(['attempt_refused'], () => refused(people.enrolment.open(secret)))
  world.clock.advance({ hours: 8 * 24 })
  await leaves(['attempt_refused'], () => refused(people.enrolment.choosePassword(late.secret, { password })))
})

test('what the service is told, and what the rest is judged by', async () => {
  await leaves(['settings_changed', 'settings_previewed', 'limits_published', 'calendar_published', 'deadline_moved'], async () => {
    await raise()
    const ctx = async () => ({ ...(await fresh('administrator')), steppedUp: true })
    const admin = service.settingsAdministration
    const today = londonDate(world.clock.now())
    const limits = await admin.viewLimits(await ctx())
    const change = limitChange.parse({
      ...{ code: 'T1', force: 'LOCAL', source: 'A test', limit: 9, unit: 'working_days', validFrom: limits.earliest },
    })
    await admin.previewLimit(await ctx(), change)
    await admin.changeLimit(await ctx(), { change, seen: limits.seen, reason: 'To see' })
    const { calendar } = await service.settings.current()
    const day = calendarChange.parse({ change: 'add', date: calendar.addWorkingDays(today, 1), title: 'A day', source: 'Proclaimed' })
    await admin.changeCalendar(await ctx(), { day, seen: (await admin.viewCalendar(await ctx())).seen, reason: 'To see' })
  })
})

async function* walkOver<Row>(rows: Promise<readonly Row[]>) {
  yield* await rows
}

test('what the service does by itself: signs, mails, is backed up, and comes back from a backup', async () => {
  await leaves(
    ['log_key_announced', 'log_key_retired', 'checkpoint_mailed', 'mail_round_made', 'urgent_called', 'backup_made', 'restore_declared'],
    async () => {
      await signing.keys.rotate()
      await signing.integrate()
      world.clock.advance({ hours: 31 * 24 })
      await signing.integrate()
      const ctx = { ...(await fresh('administrator')), steppedUp: true }
      const { seen: before } = await service.settingsAdministration.viewCheckpointReaders(ctx)
      const reader = { role: 'Board secretary', name: 'Priya Nair', address: 'priya@trust.example' }
      await service.settingsAdministration.addCheckpointReader(ctx, { ...reader, seen: before, reason: 'Agreed' })
      // Never back: codes of a later time were used
      world.clock.set(world.clock.now().toZonedDateTimeISO('UTC').add({ days: 1 }).with({ hour: 8 }).toInstant().toString())
      await createCheckpointMail(service).mailIfDue()
      await createRegularNote(service).writeIfDue()
      await callWhoIsOnCall(world, ctx)
      const { dataDir, clock, database, origin: publicOrigin } = world
      const { publicKey } = createBackupKeys()
      const backup = { owner: database.owner, dataDir, publicOrigin, clock, random: systemRandom }
      await takeBackup(backup, publicKey, async () => {})
      const declaration = { clock, random: systemRandom, outside: [], copyOn: '2027-03-01', noticeDays: 3, newerList: null }
      const query = async (sql: string, values: readonly unknown[] = []) => (await database.asSuperuser.query(sql, [...values])).rows
      await declareRestore(declaration, { query, walk: (sql) => walkOver(query(sql)) })
    },
  )
})

test('who is away', () => beAway(world, leaves))

test('what the clock says where nobody answers', () => leaveUnanswered(world, leaves))

test('the name of somebody who left is forgotten when its time is over', async () => {
  await leaves(['opening_destroyed'], async () => {
    const { rows } = await world.database.asSuperuser.query<{ id: UserId }>('select id from person where email = $1', ['mary@demo.test'])
    await people.deactivate(await fresh('administrator'), rows[0]!.id, { otp: otp('administrator') })
    for (let batches = 0; (await signing.integrate()).added > 0 && batches < 100;) batches += 1
    world.clock.advance({ hours: 24 * 366 * 6 })
    expect(await service.accounts.forgetNames()).toBeGreaterThan(0)
  })
})

test('what is done to clocks, and with what was agreed', () => clockStories(world, leaves))

test('what the organisation owes, and a limit that is announced and taken back', () => dutyStories(world, leaves))

test('a trust from its beginning, whose guardian loses every key and gets them back', () => loseAndRecover(folder, leaves))

// Months go by in it: what comes before has dates of its own
test('what a broken promise opens, and the check that the person answers', () => reporterStories(world, leaves))

test('leaves no kind of entry out', () => {
  expect(Object.keys(entryKinds).filter((kind) => !seen.has(kind))).toEqual([])
})
