import type { z } from 'zod'
import { anyone } from '../../http/index.ts'
import { londonDate, type DateText } from '../../kernel/index.ts'
import { publicLimits, type PublicVersion, type Settings } from '../../settings/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'
import { publicLimitsAnswer } from './schema.ts'

export interface LimitsApiDeps extends Pick<CallDeps, 'clock'> {
  readonly settings: { current(): Promise<Pick<Settings, 'limitVersions' | 'organisation'>> }
}

/** What the page of promises says. */
export function limitCalls(deps: LimitsApiDeps): readonly Call[] {
  return [
    visitorCall(deps, {
      name: 'readLimits',
      method: 'get',
      path: '/api/v1/limits',
      policy: anyone,
      tag: 'raising',
      summary: 'What the organisation promises, and by when',
      description: 'Each promise with what stands behind it, what it will be from an announced day on, and what it was before.',
      gives: 'The promises, by code.',
      answer: publicLimitsAnswer,
      handle: async ({ ctx }) => {
        const { limitVersions, organisation } = await deps.settings.current()
        return presentLimits(limitVersions, organisation.openedOn, londonDate(ctx.now))
      },
    }),
  ]
}

function presentLimits(versions: Parameters<typeof publicLimits>[0], openedOn: DateText, on: DateText): z.infer<typeof publicLimitsAnswer> {
  const items = publicLimits(versions, openedOn, on).map(({ code, label, comparator, inForce, announced, earlier }) => ({
    ...{ code, label, comparator },
    inForce: presentVersion(inForce),
    announced: announced.map(presentVersion),
    earlier: earlier.map(presentVersion),
  }))
  return { on, items }
}

function presentVersion(shown: PublicVersion): z.infer<typeof publicLimitsAnswer>['items'][number]['inForce'] {
  const { version, limit, unit, dueFrom, force, source, pauseCap, extendable, beginsOn, announcedOn, endedOn, withdrawnOn } = shown
  return { version, limit, unit, dueFrom, force, source, pauseCap, extendable, beginsOn, announcedOn, endedOn, withdrawnOn }
}
