import type { TermsContent } from './handling-contents.ts'
import { aliasOf, holdersOf, recoveryOf } from '../sealing/holders.ts'
import { readOpenIdentity } from '../reading/open-identity.ts'
import { itemsOf, type Acting, type Step } from './action-step.ts'
import { createCompartment, grantTo } from '../sealing/sealed-parts.ts'
import { sealAs, sealMessage } from './staff-writing.ts'
import { trustedHandlers } from '../sealing/trusted-handlers.ts'

/**
 * Names the investigator, who gets a compartment of their own and nothing else: terms, perhaps a masked copy, never the person's own words.
 * The reporter is told how long it will take (policy of 2022).
 */
export async function startInvestigation(acting: Acting<'start_investigation'>): Promise<Step> {
  const { actor, concern, ctx, directory, facts, input, move, random } = acting
  const { investigatorId, terms, expectedEnd } = input
  const part = createCompartment(random, concern.concern.id, 'investigation')
  const content: TermsContent = {
    investigatorId,
    terms,
    expectedEnd,
    maskedCopy: input.maskedCopy ?? null,
    reporterName: await agreedName(acting),
  }
  const message = await sealMessage(acting, input.message, { expectedEnd })
  const items = [sealAs(acting, part, 'terms', content), message]
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  const investigator = aliasOf(directory, investigatorId)
  const handlers = await trustedHandlers(acting.tx, concern, facts, directory)
  return {
    items,
    parts: [part],
    tells: [{ cause: 'investigator_named', person: investigatorId }],
    grants: grantTo(random, part, [...holdersOf(directory, [...handlers, investigatorId]), recoveryOf(directory)]),
    entries: [
      {
        ...base,
        kind: 'investigation_started',
        fields: { action: 'start_investigation', from: facts.status, to: move.to, item: itemsOf(items), investigator, expectedEnd },
      },
      { ...base, kind: 'access_granted', fields: { person: investigator, compartments: ['investigation'] } },
    ],
  }
}

/** The name of a person who raised openly, where they agreed that it goes on. */
async function agreedName({ concern, facts, tx }: Acting<'start_investigation'>): Promise<string | null> {
  if (facts.openness !== 'open' || facts.consent !== 'share_as_agreed') return null
  return (await readOpenIdentity(tx, concern))?.name ?? null
}
