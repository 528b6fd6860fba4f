import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { signApproval } from '../../../src/concerns/acts/approval-statement.ts'
import { createCompartment, grantTo, sealPart } from '../../../src/concerns/sealing/sealed-parts.ts'
import { newId, systemRandom, type Alias, type ApprovalId, type ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { refusalOf, startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, inbox, entries, otp } = world
afterAll(() => world.close())

let day = 0
beforeEach(() => {
  // A code works once in a lifetime: each test has a day of its own.
  world.clock.set(ordinaryMorning)
  world.clock.advance({ hours: 24 * (day += 1) })
})

/** A grave concern, triaged, with Grace's request to leave it uninvestigated waiting for somebody. */
async function waitingFor(approver: Parameters<typeof id>[0]) {
  const { id: concern, token } = await raise()
  await bring(concern, 'triaged', { riskGrade: 'high' })
  const view = await act('guardian', concern, 'resolve_without_investigation', {
    reasonCode: 'facts_agreed',
    reason: 'Nobody disputes it.',
    decidedBy: id('guardian'),
    approver: id(approver),
    message: 'We agree with you and will repair it.',
  })
  const approval = view.pendingApproval!.id
  return { concern, token, approval, view }
}
const decide = (
  person: Parameters<typeof id>[0],
  concern: ConcernId,
  approval: ApprovalId,
  decision: 'approve' | 'refuse',
  note?: string,
) => concerns.decideApproval(as(person), concern, approval, { decision, otp: otp(person), note })
const bodies = async (token: string) => (await inbox(token)).messages.map(({ body }) => body)

describe('a grave concern is left uninvestigated by two people only', () => {
  test('the first asks: nothing moves, and the person who raised it is told nothing yet', async () => {
    const { concern, token, view } = await waitingFor('nonExecutive')
    expect(view).toMatchObject({
      status: 'triaged',
      pendingApproval: { requestedBy: { name: 'Grace Okafor' }, approver: { name: 'Owen Price' } },
    })
    expect(view.allowedActions).not.toContain('resolve_without_investigation')
    expect(await bodies(token)).toEqual(['Thank you. I have read it.'])
    expect((await entries(concern)).at(-1)?.fields).toMatchObject({ from: 'triaged', to: 'triaged', reasonCode: 'facts_agreed' })
  })

  test('the second sees the decision, not the concern', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    expect((await concerns.viewApprovals(as('nonExecutive'))).find((each) => each.id === approval)).toEqual({
      id: approval,
      concernId: concern,
      reference: expect.stringMatching(/^F-/),
      requestedBy: 'Grace Okafor',
      requestedAt: as('guardian').now,
      genuine: true,
      reasonCode: 'facts_agreed',
      reason: 'Nobody disputes it.',
      decidedBy: 'Grace Okafor',
      riskGrade: 'high',
      elements: ['worker_safety_wellbeing'],
    })
    expect((await entries(concern)).at(-1)).toMatchObject({
      kind: 'summary_viewed',
      fields: { approval },
      actor: { role: 'non_executive_lead' },
    })
    expect(await refusalOf(concerns.viewConcern(as('nonExecutive'), concern))).toBe('permission_denied')
    expect(await refusalOf(concerns.viewContent(as('nonExecutive'), concern))).toBe('permission_denied')
    expect((await concerns.viewQueue(as('nonExecutive'), { limit: 25 })).items).toEqual([])
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
      'select kind from key_grant where concern_id = $1 and holder = $2',
      [concern, id('nonExecutive')],
    )
    expect(rows).toEqual([{ kind: 'decision' }])
  })

  test('approving moves it on and posts the message as the first wrote it, under the name and signature of who wrote it', async () => {
    const { concern, token, approval } = await waitingFor('nonExecutive')
    const before = await world.version(concern)
    expect(await decide('nonExecutive', concern, approval, 'approve', 'I agree.')).toEqual({ decision: 'approve' })
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({
      status: 'resolving',
      pendingApproval: null,
      version: before + 1,
    })
    expect((await inbox(token)).messages.at(-1)).toMatchObject({
      author: 'Grace Okafor',
      body: 'We agree with you and will repair it.',
      genuine: true,
    })
    const entry = (await entries(concern)).findLast(({ kind }) => kind === 'approval_given')
    expect(entry).toMatchObject({ actor: { role: 'non_executive_lead' }, fields: { from: 'triaged', to: 'resolving', approval } })
    expect(Buffer.from(String(entry?.fields['signature']), 'base64')).toHaveLength(65)
    const { records } = await concerns.viewContent(as('guardian'), concern)
    expect(records.find(({ kind }) => kind === 'approval_note')).toMatchObject({
      author: 'Owen Price',
      genuine: true,
      content: { note: 'I agree.' },
    })
    expect(records.find(({ kind }) => kind === 'summary')?.content).not.toHaveProperty('waiting')
    expect(await act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' })).toMatchObject({
      status: 'resolved',
    })
  })

  test('refusing leaves it triaged, tells the person nothing, and another way can be taken', async () => {
    const { concern, token, approval } = await waitingFor('deputy')
    await decide('deputy', concern, approval, 'refuse', 'Somebody should look.')
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ status: 'triaged', pendingApproval: null })
    expect(await bodies(token)).toEqual(['Thank you. I have read it.'])
    expect((await concerns.viewApprovals(as('deputy'))).map((each) => each.id)).not.toContain(approval)
    expect(await act('guardian', concern, 'refer', words.refer)).toMatchObject({ status: 'referred' })
  })

  test('a way taken meanwhile overtakes the request, which can not be approved any more', async () => {
    const { concern, approval, token } = await waitingFor('deputy')
    await act('guardian', concern, 'refer', words.refer)
    expect(await refusalOf(decide('deputy', concern, approval, 'approve'))).toBe('approval_not_pending')
    expect(await bodies(token)).toEqual(['Thank you. I have read it.', 'I have passed it on.'])
  })
})

describe('nobody else decides', () => {
  test('not the one who asked, nor another who handles it, nor somebody it is nothing to', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    expect(await refusalOf(decide('guardian', concern, approval, 'approve'))).toBe('approval_own_request')
    expect(await refusalOf(decide('deputy', concern, approval, 'approve'))).toBe('permission_denied')
    expect(await refusalOf(decide('executive', concern, approval, 'approve'))).toBe('not_found')
    expect(await refusalOf(decide('investigator', concern, approval, 'approve'))).toBe('not_found')
    expect((await entries(concern)).filter(({ kind }) => kind === 'attempt_refused').map(({ fields }) => fields['code'])).toEqual([
      'approval_own_request',
      'permission_denied',
    ])
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ status: 'triaged', pendingApproval: { id: approval } })
  })

  test('one who asks can not name themselves, the one who decided, or somebody it is about', async () => {
    const { id: concern } = await raise({ about: ['Helen Marsh'] })
    await bring(concern, 'triaged', { riskGrade: 'immediate' })
    const ask = (approver: Parameters<typeof id>[0] | undefined, decidedBy: Parameters<typeof id>[0] = 'guardian') =>
      refusalOf(
        act('guardian', concern, 'resolve_without_investigation', {
          reasonCode: 'facts_agreed',
          reason: 'Nobody disputes it.',
          decidedBy: id(decidedBy),
          ...(approver !== undefined && { approver: id(approver) }),
          message: 'We agree.',
        }),
      )
    expect(await ask(undefined)).toEqual({ invalid_input: ['/approver second_approver_required'] })
    expect(await ask('guardian')).toEqual({ invalid_input: ['/approver approver_is_requester'] })
    expect(await ask('deputy', 'deputy')).toEqual({ invalid_input: ['/approver approver_is_decider'] })
    expect(await ask('executive')).toEqual({ conflict_of_interest: ['/approver conflict_of_interest'] })
    expect(await ask('auditor')).toEqual({ invalid_input: ['/approver may_not_approve'] })
    const { approvers } = await concerns.listChoices(as('guardian'), concern)
    expect(approvers.map(({ name }) => name).sort()).toEqual(['Daniel Reid', 'Owen Price'])
  })

  test('a used code, a wrong code and none at all decide nothing', async () => {
    const { concern, approval } = await waitingFor('deputy')
    const code = otp('deputy')
    const tried = (given: string) =>
      refusalOf(concerns.decideApproval(as('deputy'), concern, approval, { decision: 'approve', otp: given }))
    await world.service.accounts.stepUp(as('deputy'), { otp: code })
    expect(await tried(code)).toBe('otp_replayed')
    expect(await tried('000000')).toBe('sign_in_failed')
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ status: 'triaged', pendingApproval: { id: approval } })
    expect(await decide('deputy', concern, approval, 'approve')).toEqual({ decision: 'approve' })
    expect(await refusalOf(decide('deputy', concern, approval, 'approve'))).toBe('approval_not_pending')
  })

  test('of two decisions at once one counts', async () => {
    const { concern, approval, token } = await waitingFor('deputy')
    const first = otp('deputy')
    world.clock.advance({ seconds: 30 })
    const second = world.codeOf('deputy')
    const tries = await Promise.allSettled([
      concerns.decideApproval(as('deputy'), concern, approval, { decision: 'approve', otp: first }),
      concerns.decideApproval(as('deputy'), concern, approval, { decision: 'refuse', otp: second }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const given = (await entries(concern)).filter(({ kind }) => kind === 'approval_given' || kind === 'approval_refused')
    expect(given).toHaveLength(1)
    const { status } = await concerns.viewConcern(as('guardian'), concern)
    expect([status, (await bodies(token)).length]).toEqual(given[0]?.kind === 'approval_given' ? ['resolving', 2] : ['triaged', 1])
  })
})

describe('a decision that nobody signed counts nowhere', () => {
  const setByHand = (approval: ApprovalId, signature: Uint8Array | null) =>
    world.tamper(`update approval set status = 'approved', decided_at = now(), signature = $2 where id = $1`, [approval, signature])

  test('"approved" written into the row posts nothing, moves nothing, and the request still waits', async () => {
    const { concern, approval, token } = await waitingFor('nonExecutive')
    await setByHand(approval, null)
    expect(await bodies(token)).toEqual(['Thank you. I have read it.'])
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ status: 'triaged', pendingApproval: { id: approval } })
    await setByHand(approval, Buffer.alloc(65, 1))
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ pendingApproval: { id: approval } })
    expect(await decide('nonExecutive', concern, approval, 'refuse')).toEqual({ decision: 'refuse' })
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ pendingApproval: null })
  })

  test('with the status of the concern written by hand too, it still gets no further', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    await setByHand(approval, Buffer.alloc(65, 1))
    await world.tamper(`update concern set status = 'resolving', second_approver_required = false where id = $1`, [concern])
    expect(await refusalOf(act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' }))).toBe(
      'record_not_genuine',
    )
  })

  test('a signature of another request, or of the one who asked, is none', async () => {
    const honest = await waitingFor('nonExecutive')
    await decide('nonExecutive', honest.concern, honest.approval, 'approve')
    const { rows } = await world.database.asSuperuser.query<{ signature: Uint8Array }>('select signature from approval where id = $1', [
      honest.approval,
    ])
    const other = await waitingFor('nonExecutive')
    await setByHand(other.approval, rows[0]!.signature)
    expect(await concerns.viewConcern(as('guardian'), other.concern)).toMatchObject({ pendingApproval: { id: other.approval } })
    await world.tamper(`update approval set approver_id = requested_by_id where id = $1`, [honest.approval])
    expect(await refusalOf(act('guardian', honest.concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' }))).toBe(
      'record_not_genuine',
    )
  })

  test('a request that the person named as asking never made shows as not genuine and can not be decided', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    await world.tamper(`update approval set requested_by_id = $2 where id = $1`, [approval, id('deputy')])
    const shown = (await concerns.viewApprovals(as('nonExecutive'))).find((each) => each.id === approval)
    expect(shown).toMatchObject({ genuine: false, reason: null, reasonCode: null, decidedBy: null, riskGrade: null, elements: [] })
    expect(await refusalOf(decide('nonExecutive', concern, approval, 'approve'))).toBe('record_not_genuine')
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ pendingApproval: null })
  })

  test('a request turned to another approver is none of theirs', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    await world.tamper(`update approval set approver_id = $2 where id = $1`, [approval, id('executive')])
    expect((await concerns.viewApprovals(as('executive'))).map((each) => each.id)).not.toContain(approval)
    expect(await refusalOf(decide('executive', concern, approval, 'approve'))).toBe('not_found')
  })

  test('not even to one who handles the concern and so holds a key to the request', async () => {
    const { concern, approval } = await waitingFor('nonExecutive')
    await world.tamper(`update approval set approver_id = $2 where id = $1`, [approval, id('deputy')])
    expect(await refusalOf(decide('deputy', concern, approval, 'approve'))).toBe('record_not_genuine')
    expect((await concerns.viewApprovals(as('deputy'))).find((each) => each.id === approval)).toMatchObject({
      genuine: false,
      reason: null,
    })
  })

  test('a guardian who can write to the database does not become two people by signing twice', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged', { riskGrade: 'high' })
    const { keys, person } = as('guardian')
    const part = createCompartment(systemRandom, concern, 'decision')
    const approval = newId<ApprovalId>(systemRandom)
    const waiting = { id: approval, compartmentId: part.id, epoch: 1, version: 1, itemKey: '', ciphertext: '', signature: '' }
    const said = { reasonCode: 'other', reason: 'Mine.', decidedBy: person.userId, riskGrade: 'high', elements: [], message: 'Done.' }
    const summary = sealPart(systemRandom, part, 'summary', person.userId, keys, { ...said, approval, approver: person.userId, waiting })
    const [grant] = grantTo(systemRandom, part, [{ holder: person.userId, boxKey: keys.publicKeys.box }])
    const decidedAt = as('guardian').now
    const { rows } = await world.database.asSuperuser.query<{ log_alias: Alias }>('select log_alias from concern where id = $1', [concern])
    const signature = signApproval(keys, { approval, concern: rows[0]!.log_alias, summary, decision: 'approve', decidedAt })
    await world.tamper('insert into compartment values ($1, $2, $3, 1, $4)', [part.id, concern, 'decision', part.keys.publicKey])
    await world.tamper('insert into key_grant values ($1, $2, $3, $4, 1, $5, $6)', [
      grant!.id,
      concern,
      part.id,
      'decision',
      person.userId,
      grant!.sealed,
    ])
    await world.tamper(
      `insert into staff_item (id, concern_id, compartment_id, kind, epoch, version, number, written_at, author_id, item_key, ciphertext, signature)
       values ($1, $2, $3, 'summary', 1, 1, 90, now(), $4, $5, $6, $7)`,
      [summary.id, concern, part.id, person.userId, summary.itemKey, summary.ciphertext, summary.signature],
    )
    await world.tamper(
      `insert into approval (id, concern_id, action, status, requested_by_id, approver_id, requested_at, compartment_id, summary_item_id, decided_at, signature)
       values ($1, $2, 'resolve_without_investigation', 'approved', $3, $3, $4, $5, $6, $4, $7)`,
      [approval, concern, person.userId, decidedAt.toString(), part.id, summary.id, signature],
    )
    await world.tamper(`update concern set status = 'resolving' where id = $1`, [concern])
    expect(await refusalOf(act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' }))).toBe(
      'record_not_genuine',
    )
  })
})
