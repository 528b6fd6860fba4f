import type { StaffContext } from '../../accounts/index.ts'
import { hasRole, invalid, Refusal, type ConcernId, type DateText } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { withEarlierEpochs } from '../lifecycle/epochs.ts'
import { assertRaisedWith } from '../sealing/reporter-record.ts'
import { narrativeContent } from '../sealing/sealed-contents.ts'
import { openCompartment, openPart } from '../sealing/sealed-parts.ts'
import { raisingGapOf, raisingGaps, type RaisingGap } from './gap.ts'
import { readSealedNarratives, type SealedNarrative } from './gap-store.ts'

/** How many concerns of each gap, and how many that this person's key should open and does not. */
export type GapCounts = Readonly<Record<RaisingGap | 'not_readable', number>>

export interface CountsGaps {
  /** Whether this person is a guardian of every part of the organisation: the gap is counted for the whole of it or not at all. */
  readsWhole(ctx: StaffContext): Promise<boolean>
  /**
   * Opens what was said in every concern raised in the period that this person holds a key to, with their own keys, and counts. Concerns they hold no
   * key to are neither counted nor told of. Nothing is kept. The caller records the look before. Refusal `permission_denied`; `invalid_input`
   * (`too_many`) beyond 20,000.
   */
  count(ctx: StaffContext, period: { readonly from: DateText; readonly to: DateText }): Promise<GapCounts>
}

const batch = 200
const mostOpened = 20_000

export function createCountGaps({ database, settings }: Pick<ConcernDeps, 'database' | 'settings'>): CountsGaps {
  const readsWhole: CountsGaps['readsWhole'] = async ({ person }) => {
    const { intakeGroups } = await settings.current()
    return hasRole(person, 'guardian') && intakeGroups.every(({ id }) => person.intakeGroupIds.includes(id))
  }
  return {
    readsWhole,
    count: async (ctx, { from, to }) => {
      if (!(await readsWhole(ctx))) throw new Refusal('permission_denied')
      const counts = Object.fromEntries([...raisingGaps, 'not_readable' as const].map((gap) => [gap, 0])) as Record<keyof GapCounts, number>
      let after: ConcernId | null = null
      for (let opened = 0; opened < mostOpened; opened += batch) {
        const of = { holder: ctx.person.userId, from, to, after, limit: batch }
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other: other people's requests come in between
        const found: SealedNarrative[] = await database.read((tx) => readSealedNarratives(tx, of))
        for (const one of found) counts[gapIn(one, ctx)] += 1
        if (found.length < batch) return counts
        after = found.at(-1)!.concernId
      }
      throw invalid('/year', 'too_many', 'There are more concerns than can be opened at once.')
    },
  }
}

/** Whatever does not open, was changed or is no narrative is counted as that: one forged row takes no figures away. */
function gapIn({ raisedOn, grant, epochGrants, raisedKeys, item }: SealedNarrative, ctx: Pick<StaffContext, 'keys'>): keyof GapCounts {
  if (grant === null || raisedKeys === null || item === null) return 'not_readable'
  try {
    const part = openCompartment(grant, ctx.keys)
    const { firstKeys, signKey } = assertRaisedWith(raisedKeys, part)
    const opened = openPart(item, withEarlierEpochs(part, epochGrants, firstKeys), signKey)
    const said = opened.genuine ? narrativeContent.safeParse(opened.content) : null
    return said?.success ? raisingGapOf(said.data.awareSince, raisedOn) : 'not_readable'
  } catch (error) {
    if (error instanceof Refusal) return 'not_readable'
    throw error
  }
}
