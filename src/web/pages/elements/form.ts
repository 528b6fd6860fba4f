import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

/** Boxes that stand for none of the national items. They are kept in the draft, to be ticked again, and are not sent. */
export const unlisted = ['something_else', 'not_sure'] as const
export type Unlisted = (typeof unlisted)[number]

const answers = z.object({ elements: raiseInput.shape.elements, unlisted: z.array(z.enum(unlisted)).max(unlisted.length) })

const isUnlisted = (value: string): boolean => (unlisted as readonly string[]).includes(value)

export function readElements(form: FormFields): DraftAnswers {
  const ticked = form.many('elements')
  return readInput(answers, { elements: ticked.filter((value) => !isUnlisted(value)), unlisted: ticked.filter(isUnlisted) })
}
