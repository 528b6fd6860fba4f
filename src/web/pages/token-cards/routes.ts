import type { StaffContext } from '../../../accounts/index.ts'
import type { RecordedAnswer } from '../../../concerns/index.ts'
import { factsOf, formFields, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { handOverHref, heldCodes, letGo } from './held-codes.ts'
import { cardsView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const recorders = staffOnly('guardian')

type CardDeps = Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'publicOrigin'>

/** The codes of what was recorded last, one card a person, until they are handed over. The paper says nothing of what they are for. */
export function tokenCardRoutes(pages: Pages, deps: CardDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: handOverHref,
      policy: recorders,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const ctx = deps.staffContext(response)
        const { shown, waiting } = await waitingCodes(deps, ctx, heldCodes(request))
        if (shown === null) return pages.send(response, { template: 'token-cards/none.njk', title: words.nothing.title, words })
        const paper = { waiting, publicOrigin: deps.publicOrigin, today: londonDate(ctx.now) }
        const view = { ...cardsView(shown.answer, paper, words, language), key: shown.key, action: handOverHref }
        pages.send(response, { template: 'token-cards/token-cards.njk', title: words.title, words, view })
      },
    },
    {
      method: 'post',
      path: handOverHref,
      policy: recorders,
      body: 'form',
      handle: async (request, response) => {
        const ctx = deps.staffContext(response)
        const form = formFields(request)
        // Brought back after signing in anew: the card is shown again, and nothing is taken as handed over.
        if (form.has('change')) return redirect(response, handOverHref)
        const key = form.one('key')
        // Only what this browser holds: the button of another page is no reason to lose a code.
        const answer = heldCodes(request).includes(key) ? await deps.concerns.onBehalf.recallCodes(ctx, key) : null
        if (answer === null) return redirect(response, handOverHref)
        await deps.concerns.onBehalf.forgetCodes(ctx, key)
        letGo(request, response, key)
        const { shown } = await waitingCodes(deps, ctx, heldCodes(request))
        if (shown !== null) return redirect(response, handOverHref)
        redirect(response, answer.concern === null ? '/concerns' : `/concerns/${answer.concern.id}?done=handed_over`)
      },
    },
  ]
}

interface Waiting {
  readonly shown: { readonly key: string; readonly answer: RecordedAnswer } | null
  /** How many others wait behind it. */
  readonly waiting: number
}

/** A key that opens nothing for this person may be a colleague's who used this browser: it is passed over, and stays. */
async function waitingCodes({ concerns }: Pick<CardDeps, 'concerns'>, ctx: StaffContext, keys: readonly string[]): Promise<Waiting> {
  const found: { key: string; answer: RecordedAnswer }[] = []
  for (const key of keys) {
    const answer = await concerns.onBehalf.recallCodes(ctx, key)
    if (answer !== null) found.push({ key, answer })
  }
  return { shown: found[0] ?? null, waiting: Math.max(0, found.length - 1) }
}
