import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

/** Boxes that stand for none of the national items. They are kept in the draft, to be ticked again, and are not sent. */
export const unlisted = ['something_else', 'not_sure'] as const
export type Unlisted = (typeof unlisted)[number]

const answers = z.object({
  elements: raiseInput.shape.elements,
  categories: raiseInput.shape.categories,
  unlisted: z.array(z.enum(unlisted)).max(unlisted.length),
})

const isUnlisted = (value: string): boolean => (unlisted as readonly string[]).includes(value)
/** A category of the organisation's own. Whether it knows one of that code, raising says. */
const isLocal = (value: string): boolean => /^c-[0-9a-z]{6}$/.test(value)

export function readElements(form: FormFields): DraftAnswers {
  const ticked = form.many('elements')
  return readInput(answers, {
    elements: ticked.filter((value) => !isUnlisted(value) && !isLocal(value)),
    categories: ticked.some(isLocal) ? ticked.filter(isLocal) : undefined,
    unlisted: ticked.filter(isUnlisted),
  })
}
