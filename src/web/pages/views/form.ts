import type { z } from 'zod'
import { savedViewInput, viewNameInput } from '../../../concerns/index.ts'
import { readInput } from '../../../http/index.ts'
import type { Typed } from '../../staff/typed.ts'
import { chosenIn, filterNames } from '../queue/form.ts'

export const viewNames = ['name', 'team', ...filterNames] as const

/** The view as the use case takes it. Refusal `invalid_input`. */
export function readView(typed: Typed): z.output<typeof savedViewInput> {
  return readInput(savedViewInput, { name: typed.one('name'), team: typed.one('team') === 'yes', filter: chosenIn(typed) })
}

export function readName(typed: Typed): z.output<typeof viewNameInput> {
  return readInput(viewNameInput, { name: typed.one('name') })
}
