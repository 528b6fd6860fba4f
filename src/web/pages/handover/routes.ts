import type { Request, Response } from 'express'
import { handOverInput } from '../../../concerns/index.ts'
import { factsOf, formFields, readInput, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { nothingTyped, valuesOf, type Typed } from '../../staff/typed.ts'
import { handoverView, resultView, type Result } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const path = '/handover'
const policy = staffOnly('guardian')

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

/** All of a guardian's concerns, or some, to a colleague with one note: what many single assignments would do. */
export function handoverRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const draw = async (response: Response, typed: Typed, result: Result | null, faults: readonly ShownFault[] = []): Promise<void> => {
    const words = wordsIn(factsOf(response).language)
    const owned = await deps.concerns.handingOver.owned(deps.staffContext(response))
    pages.send(response, {
      template: 'handover/handover.njk',
      title: result === null ? words.title : words.result.heading,
      words,
      view: { ...handoverView(owned, typed), values: valuesOf(typed, ['note']), result },
      faults,
      wide: true,
    })
  }

  const handOver = async (request: Request, response: Response): Promise<void> => {
    const typed = formFields(request)
    const { errors } = wordsIn(factsOf(response).language)
    try {
      const input = readInput(handOverInput, { to: typed.one('to'), concerns: typed.many('concerns'), note: typed.one('note') })
      const items = await deps.concerns.handingOver.handOver(deps.staffContext(response), input)
      // What is left is ticked anew, with the same colleague and note.
      await draw(response, typed, resultView(items))
    } catch (error) {
      await draw(response, typed, null, shownFaults(error, { words: errors }))
    }
  }

  return [
    { method: 'get', path, policy, handle: (_request, response) => draw(response, nothingTyped, null) },
    { method: 'post', path, policy, body: 'form', handle: handOver },
  ]
}
