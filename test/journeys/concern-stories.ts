import { detrimentInput, onBehalfInput, sayMoreInput } from '../../src/concerns/index.ts'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Leaves } from './lost-keys.ts'

/** What a reporter does, from raising it to a new code. */
export async function raiseAndComeBack(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { concerns, raise, bring } = world
  const visitor = () => ({ requestId: 'test', now: world.clock.now() })
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
}

/** The steps that a guardian takes with a concern. */
export async function handleIt(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { concerns, as, act, bring, raise, id: userIdOf } = world
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
}

/** What takes two people, both ways. */
export async function decideInTwos({ concerns, as, act, bring, raise, otp, id: userIdOf }: HandlingWorld, leaves: Leaves): Promise<void> {
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
}

/** What is recorded for somebody else, and concerns that belong together. */
export async function recordAndLink(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { concerns, as, raise } = world
  await leaves(['concern_recorded', 'concern_linked', 'concern_unlinked'], async () => {
    const told = { narrative: 'The lamp is broken.', openness: 'confidential', channel: 'phone', receivedOn: londonDate(world.clock.now()) }
    await concerns.onBehalf.record(as('guardian'), onBehalfInput.parse(told), null)
    const [{ id }, other] = [await raise(), await raise()]
    const { reference } = await concerns.viewConcern(as('guardian'), other.id)
    const link = await concerns.linking.add(as('guardian'), id, { other: reference })
    await concerns.linking.remove(as('guardian'), id, link.id)
  })
}

/** Bad treatment, and what is kept beside the steps. */
export async function protectAndKeep(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { concerns, as, raise } = world
  const { casework } = concerns
  const visitor = () => ({ requestId: 'test', now: world.clock.now() })
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
}
