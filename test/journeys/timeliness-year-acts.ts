import { detrimentInput, taskInputs, type StepName } from '../../src/concerns/index.ts'
import { addDays, londonDate, Refusal, type ConcernId, type DateText } from '../../src/kernel/index.ts'
import { words, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Chance } from '../support/honest-log/chance.ts'

/** A concern of the year, and when something happens to it next. */
export interface YearConcern {
  readonly id: ConcernId
  readonly token: string
  status: 'raised' | 'acknowledged' | 'triaged' | 'investigating' | 'findings_ready' | 'resolving' | 'resolved' | 'over'
  nextOn: number
  reports: string[]
  tasks: string[]
  reopened: boolean
}

/** What was done in the year, and what the service would not let anybody do. */
export interface YearCount {
  done: Map<string, number>
  refused: Map<string, number>
}

/** The acts of a year, as people do them: in time and late, and now and then what cannot be done. */
export function createYearActs(world: HandlingWorld, chance: Chance) {
  const { concerns, as } = world
  const count: YearCount = { done: new Map(), refused: new Map() }
  const inDays = (days: number): DateText => addDays(londonDate(world.clock.now()), days)
  const back = ({ token }: YearConcern) => concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)

  const attempt = async <T>(what: string, act: () => Promise<T>): Promise<T | null> => {
    try {
      const value = await act()
      count.done.set(what, (count.done.get(what) ?? 0) + 1)
      return value
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      count.refused.set(what, (count.refused.get(what) ?? 0) + 1)
      return null
    }
  }
  const step = async (concern: YearConcern, action: StepName, input: object, to?: YearConcern['status']) => {
    const done = await attempt(action, () => world.act('guardian', concern.id, action, input as never))
    if (done !== null && to !== undefined) concern.status = to
  }

  const closeReport = (concern: YearConcern, report: string) => {
    const closing = { report, reasonCode: 'resolved', note: 'She agrees.' } as const
    return attempt('detriment_close', () => concerns.actOnDetriment(as('guardian'), concern.id, 'close', closing, null))
  }

  const toReporter = {
    message: (concern: YearConcern) =>
      attempt('message', () => concerns.sendMessage(as('guardian'), concern.id, { body: 'We are still at it.' }, null)),
    pause: (concern: YearConcern) =>
      step(concern, 'pause_clock', {
        clock: concern.status === 'investigating' ? chance.pick(['T6', 'T7']) : chance.pick(['T6', 'T8']),
        until: inDays(1 + chance.below(12)),
        reasonCode: 'police_hold',
        reason: 'The police asked us to wait.',
      }),
    resume: (concern: YearConcern) => step(concern, 'resume_clock', { clock: chance.pick(['T6', 'T7']) }),
    extend: (concern: YearConcern) =>
      step(concern, 'extend_clock', {
        clock: chance.pick(['T6', 'T7']),
        until: inDays(30 + chance.below(90)),
        reasonCode: 'people_unavailable',
        reason: 'Two people are away until then.',
      }),
    contact: (concern: YearConcern) =>
      step(concern, 'record_first_contact', { parts: ['thanked', 'understood', 'consent', 'wellbeing'], note: 'We spoke.' }),
  }

  const besides: readonly ((concern: YearConcern) => Promise<unknown>)[] = [
    toReporter.message,
    toReporter.pause,
    toReporter.resume,
    toReporter.extend,
    toReporter.contact,
    (concern) => attempt('reporter_wrote', () => world.write(concern.token, 'Is there any news?')),
    async (concern) => {
      const input = detrimentInput.parse({ kinds: ['duties_changed'], description: 'My nights were taken away.' })
      const told = await attempt('detriment', async () => concerns.reportDetriment(await back(concern), input, null))
      if (told !== null) concern.reports.push(told.id)
    },
    async (concern) => {
      const report = concern.reports.at(-1)
      if (report === undefined) return
      const plan = { report, plan: 'Back to her own rota.', reviewOn: [inDays(14)] }
      const risk = { report, riskGrade: 'high', note: 'She is alone there.' } as const
      await attempt('detriment_risk', () => concerns.actOnDetriment(as('guardian'), concern.id, 'assess_risk', risk, null))
      await attempt('detriment_plan', () => concerns.actOnDetriment(as('guardian'), concern.id, 'set_plan', plan, null))
    },
    async (concern) => {
      const input = taskInputs.set.parse({ title: 'Mend the lock', ownerName: 'Head of estates', dueOn: inDays(5 + chance.below(40)) })
      const set = await attempt('task_set', () => concerns.tasks.set(as('guardian'), concern.id, input, null))
      if (set !== null) concern.tasks.push(set.id)
    },
    async (concern) => {
      const task = concern.tasks.pop()
      if (task !== undefined)
        await attempt('task_done', () => concerns.tasks.done(as('guardian'), concern.id, { task, evidence: 'Seen.' }, null))
    },
  ]

  const forward: Record<Exclude<YearConcern['status'], 'over'>, (concern: YearConcern) => Promise<void>> = {
    raised: async (concern) => {
      if (chance.oneIn(3)) await step(concern, 'screen_risk', { riskGrade: 'medium', note: 'Looked at it.' })
      await step(concern, 'acknowledge', words.acknowledge, 'acknowledged')
    },
    acknowledged: (concern) => step(concern, 'triage', { ...words.triage, elements: [...words.triage.elements] }, 'triaged'),
    triaged: (concern) =>
      chance.oneIn(4)
        ? step(
            concern,
            'resolve_without_investigation',
            {
              reasonCode: 'can_be_put_right_now',
              reason: 'The repair is ordered.',
              decidedBy: world.id('guardian'),
              message: 'It is being repaired.',
            },
            'resolving',
          )
        : step(
            concern,
            'start_investigation',
            {
              investigatorId: world.id('investigator'),
              terms: 'Look at the rota.',
              expectedEnd: inDays(15 + chance.below(90)),
              message: 'Somebody will look into it.',
            },
            'investigating',
          ),
    investigating: (concern) =>
      step(
        concern,
        'record_findings',
        { findings: [...words.findings.findings], learning: 'Plan earlier.', actions: [] },
        'findings_ready',
      ),
    findings_ready: (concern) => step(concern, 'resolve', words.resolve, 'resolved'),
    resolving: (concern) => step(concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' }, 'resolved'),
    resolved: async (concern) => {
      if (concern.reopened || !chance.oneIn(3)) {
        for (const report of concern.reports.splice(0)) await closeReport(concern, report)
        return step(concern, 'close', { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' }, 'over')
      }
      concern.reopened = true
      await step(concern, 'reopen', { reason: 'There is more to it.' }, 'triaged')
    },
  }

  return {
    count,
    raise: async (today: number): Promise<YearConcern> => {
      const danger = chance.oneIn(8) ? { immediateDanger: 'yes' } : {}
      const { id, token } = await world.raise(danger)
      return { id, token, status: 'raised', nextOn: today + chance.below(5), reports: [], tasks: [], reopened: false }
    },
    /** One thing that happens to a concern today; it says itself when the next one comes. */
    happen: async (concern: YearConcern, today: number): Promise<void> => {
      const late = chance.oneIn(6) ? 30 : 9
      concern.nextOn = today + 1 + chance.below(late)
      if (concern.status === 'over') return
      if (chance.oneIn(25)) return step(concern, 'withdraw', { reason: 'They asked.', organisationMustAct: false }, 'over')
      const atWork = concern.status === 'investigating' || concern.status === 'findings_ready'
      if (atWork && chance.oneIn(4)) await chance.pick([toReporter.pause, toReporter.extend])(concern)
      else if (concern.status !== 'raised' && chance.oneIn(2)) await chance.pick(besides)(concern)
      else await forward[concern.status](concern)
    },
  }
}
