import { z } from 'zod'
import {
  dutyActs,
  dutyBeginning,
  dutyCodes,
  dutyDone,
  dutyExtension,
  dutyPause,
  dutyReaders,
  dutyRecorders,
  type Duties,
  type DutyReading,
} from '../../duties/index.ts'
import { staffOnly } from '../../http/index.ts'
import { instantText } from '../../kernel/index.ts'
import { clockStates, forces, noticeSteps } from '../../timeliness/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { date, id, instant } from '../shapes.ts'

export type DutyApiDeps = CallDeps & { readonly duties: Duties }

const dutyAnswer = z
  .strictObject({
    id: id.meta({ description: 'A random number. Whom it is about stands in your own files.' }),
    code: z.enum(dutyCodes),
    label: z.string(),
    startedOn: date,
    startedAt: instant.nullable().meta({ description: 'For what runs in hours.' }),
    firstDueOn: date,
    dueOn: date,
    dueAt: instant.nullable(),
    doneOn: date.nullable(),
    state: z.enum(clockStates),
    words: z.string().meta({ description: 'How it stands, in words.' }),
    pausedDays: z.int(),
    extensions: z.int(),
    force: z.enum(forces),
    source: z.string().meta({ description: 'What the limit rests on.' }),
    notices: z
      .array(z.strictObject({ step: z.enum(noticeSteps), on: date }))
      .meta({ description: 'What the clock has said: a warning, and to whom it was passed up, with the day on which that fell due.' }),
    open: z.array(z.enum(dutyActs)).meta({ description: 'What can be done with it now. Empty once it is done.' }),
  })
  .meta({ id: 'Duty' })
const dutiesAnswer = z.strictObject({ items: z.array(dutyAnswer) }).meta({ id: 'Duties' })

const present = ({ startedAt, dueAt, open, notices, pause: _pause, ...duty }: DutyReading): z.infer<typeof dutyAnswer> => ({
  ...duty,
  startedAt: startedAt && instantText(startedAt),
  dueAt: dueAt && instantText(dueAt),
  notices: [...notices],
  open: [...open],
})

const recorders = { policy: staffOnly(...dutyRecorders), tag: 'duties', answer: dutyAnswer, gives: 'The duty as it stands now.' } as const
const one = '/api/v1/duties/:dutyId'

/** What the organisation owes as a whole: the register, and everything its pages can do. */
export function dutyCalls(deps: DutyApiDeps): readonly Call[] {
  const { duties } = deps
  return [
    staffCall(deps, {
      name: 'listDuties',
      method: 'get',
      path: '/api/v1/duties',
      policy: staffOnly(...dutyReaders),
      tag: 'duties',
      summary: 'What the organisation owes, what is due next first',
      gives: 'Every duty, those that are done at the end.',
      answer: dutiesAnswer,
      handle: async ({ ctx }) => ({ items: (await duties.list(ctx)).map(present) }),
    }),
    staffCall(deps, {
      ...recorders,
      name: 'beginDuty',
      method: 'post',
      path: '/api/v1/duties',
      summary: 'Begin one',
      description: 'A breach, T19, with `startedAt`; the others with `startedOn`; the quarterly return, T14, with its own `dueOn` too.',
      body: dutyBeginning,
      status: 201,
      handle: async ({ ctx, body }) => present(await duties.begin(ctx, body)),
    }),
    ...actCalls(deps),
  ]
}

function actCalls(deps: DutyApiDeps): readonly Call[] {
  const { duties } = deps
  const refusals = ['transition_not_allowed'] as const
  return [
    staffCall(deps, {
      ...recorders,
      refusals,
      name: 'finishDuty',
      method: 'post',
      path: `${one}/done`,
      summary: 'Say that it is done',
      description: 'A breach with `doneAt`, the others with `doneOn`. A board report and a policy review begin anew from that day.',
      body: dutyDone,
      handle: async ({ ctx, body, id: idOf }) => present(await duties.done(ctx, idOf('dutyId'), body)),
    }),
    staffCall(deps, {
      ...recorders,
      refusals,
      name: 'pauseDuty',
      method: 'post',
      path: `${one}/pause`,
      summary: 'Stop its clock from today, while something is awaited',
      body: dutyPause,
      handle: async ({ ctx, body, id: idOf }) => present(await duties.pause(ctx, idOf('dutyId'), body)),
    }),
    staffCall(deps, {
      ...recorders,
      refusals,
      name: 'resumeDuty',
      method: 'post',
      path: `${one}/resume`,
      summary: 'Let its clock go on from today',
      handle: async ({ ctx, id: idOf }) => present(await duties.resume(ctx, idOf('dutyId'))),
    }),
    staffCall(deps, {
      ...recorders,
      refusals,
      name: 'extendDuty',
      method: 'post',
      path: `${one}/extend`,
      summary: 'Give it a later date, once, by two months at most',
      body: dutyExtension,
      handle: async ({ ctx, body, id: idOf }) => present(await duties.extend(ctx, idOf('dutyId'), body)),
    }),
  ]
}
