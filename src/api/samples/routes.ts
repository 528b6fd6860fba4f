import {
  sampleFixInput,
  sampleNumbersInput,
  sampleRefusalInput,
  sampleUnlockInput,
  type ConcernUseCases,
  type Sample,
} from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import { instantText } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { askedAnswer, fixedAnswer, preparedAnswer, sampleAnswer, samplesAnswer, sampleTextAnswer, unlockedAnswer } from './schema.ts'

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'samples'> }

const auditors = { policy: staffOnly('auditor'), tag: 'log' } as const
const insiders = { policy: staffOnly('guardian', 'executive_lead', 'non_executive_lead'), tag: 'handling' } as const
const codeRefusals = ['sign_in_failed', 'otp_replayed', 'step_up_required', 'sign_in_delayed'] as const

/** Samples: the auditor's half, then that of those who handle what was drawn. */
export function sampleCalls(deps: Deps): readonly Call[] {
  return [...drawingCalls(deps), ...lookingCalls(deps), ...askedCalls(deps), ...answeringCalls(deps)]
}

function present({ fixed, drawn, ...sample }: Sample) {
  const base = fixed?.base ?? null
  return {
    ...sample,
    fixed: fixed && {
      ...fixed,
      at: instantText(fixed.at),
      base: base && { ...base, publishedAt: instantText(base.publishedAt) },
    },
    drawn: drawn && { ...drawn, at: instantText(drawn.at) },
  }
}

function drawingCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...auditors,
      name: 'listSamples',
      method: 'get',
      path: '/api/v1/log/samples',
      summary: 'Samples that were fixed or drawn',
      gives: 'Samples, newest first.',
      answer: samplesAnswer,
      handle: async ({ ctx }) => ({ items: (await deps.concerns.samples.list(ctx)).map(present), next: null }),
    }),
    staffCall(deps, {
      ...auditors,
      name: 'fixSample',
      method: 'post',
      path: '/api/v1/log/samples',
      summary: 'Fix a draw before anybody knows what it gives',
      description:
        'Commits to numbers that stay with you. It is drawn by them and by the first checkpoint that covers this act. Asked twice it is one draw.',
      body: sampleFixInput,
      status: 201,
      gives: 'The sample, which waits for a checkpoint.',
      answer: fixedAnswer,
      refusals: codeRefusals,
      handle: ({ ctx, body }) => deps.concerns.samples.fix(ctx, body),
    }),
    staffCall(deps, {
      ...auditors,
      name: 'drawSample',
      method: 'post',
      path: '/api/v1/log/samples/:sampleId/numbers',
      summary: 'Give the numbers behind a fixed draw, and draw it',
      description:
        'Other numbers draw nothing and are not kept. Everything the draw follows from is in its entry, so that anybody can draw it again.',
      body: sampleNumbersInput,
      gives: 'The sample, drawn.',
      answer: fixedAnswer,
      handle: ({ ctx, body, id }) => deps.concerns.samples.reveal(ctx, id<never>('sampleId'), body),
    }),
  ]
}

function lookingCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...auditors,
      name: 'readSample',
      method: 'get',
      path: '/api/v1/log/samples/:sampleId',
      summary: 'One sample: which concerns, and what became of each',
      gives: 'The sample.',
      answer: sampleAnswer,
      handle: async ({ ctx, id }) => {
        const { concerns, ...sample } = await deps.concerns.samples.view(ctx, id<never>('sampleId'))
        return { ...present(sample), concerns: [...concerns] }
      },
    }),
    staffCall(deps, {
      ...auditors,
      name: 'readSampleText',
      method: 'get',
      path: '/api/v1/log/samples/:sampleId/texts/:place',
      summary: 'The masked text of a drawn concern',
      description: 'For who drew it, for thirty days. The look is an entry.',
      gives: 'The text; none where it is not what was signed.',
      answer: sampleTextAnswer,
      handle: async ({ ctx, id, place }) => {
        const { masked, ...rest } = await deps.concerns.samples.open(ctx, id<never>('sampleId'), place('place'))
        return { ...rest, genuine: masked !== null, masked: masked && { ...masked, steps: [...masked.steps] } }
      },
    }),
  ]
}

function askedCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...insiders,
      name: 'listAskedSamples',
      method: 'get',
      path: '/api/v1/samples',
      summary: 'Concerns you handle that an auditor drew, and that wait for an answer',
      gives: 'All of them.',
      answer: askedAnswer,
      handle: async ({ ctx }) => {
        const items = (await deps.concerns.samples.listAsked(ctx)).map((each) => ({ ...each, askedAt: instantText(each.askedAt) }))
        return { items, next: null }
      },
    }),
    staffCall(deps, {
      ...insiders,
      name: 'prepareSample',
      method: 'get',
      path: '/api/v1/samples/:sampleId',
      summary: 'A first masked text of a drawn concern',
      description:
        'What may point to a person is marked out by its shape, and names of staff by their letters. Read it before you unlock it.',
      gives: 'The text to begin from.',
      answer: preparedAnswer,
      refusals: ['sample_answered', 'sample_lapsed', 'conflict_of_interest'],
      handle: async ({ ctx, id }) => {
        const prepared = await deps.concerns.samples.prepare(ctx, id<never>('sampleId'))
        const { askedAt, fixedAt, ...rest } = prepared
        return { ...rest, askedAt: instantText(askedAt), fixedAt: fixedAt && instantText(fixedAt) }
      },
    }),
  ]
}

function answeringCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...insiders,
      name: 'unlockSample',
      method: 'post',
      path: '/api/v1/samples/:sampleId/text',
      summary: 'Unlock a masked text for the auditor',
      description: 'Your own act, with a fresh six-digit code; it is sealed to the auditor and signed with your key.',
      body: sampleUnlockInput,
      gives: 'Until when it can be read, or what is still to be looked at.',
      answer: unlockedAnswer,
      refusals: [...codeRefusals, 'sample_answered', 'sample_lapsed', 'conflict_of_interest'],
      handle: async ({ ctx, id, body }) => {
        const { until, left } = await deps.concerns.samples.unlock(ctx, id<never>('sampleId'), body)
        return { until, left: [...left] }
      },
    }),
    staffCall(deps, {
      ...insiders,
      name: 'refuseSample',
      method: 'post',
      path: '/api/v1/samples/:sampleId/refusal',
      summary: 'Do not show it to the auditor, and say why',
      body: sampleRefusalInput,
      status: 204,
      gives: 'Nothing. The auditor sees the reason.',
      refusals: ['sample_answered', 'sample_lapsed', 'conflict_of_interest'],
      handle: ({ ctx, id, body }) => deps.concerns.samples.refuse(ctx, id<never>('sampleId'), body.reason),
    }),
  ]
}
