import type { Reader } from '../../concerns/index.ts'
import { words } from './words.en.ts'

/** One answer of a radio, checkbox or select question. */
export interface Option {
  readonly value: string
  readonly text: string
  readonly checked: boolean
}

/** The codes of one of the field's lists, with its labels, ticked where they are among `chosen`. */
export function codeOptions(labels: Readonly<Record<string, string>>, chosen: readonly string[]): readonly Option[] {
  return Object.entries(labels).map(([value, text]) => ({ value, text, checked: chosen.includes(value) }))
}

/** People who may be chosen: name and role, since two people can share a name. */
export function peopleOptions(people: readonly Reader[], chosen: readonly string[]): readonly Option[] {
  return people.map(({ id, name, role }) => ({
    value: id,
    text: `${name}, ${words.roles[role].toLowerCase()}`,
    checked: chosen.includes(id),
  }))
}

/** The label of a code, or the code where a list of an older shape held it. */
export function labelOf(labels: Readonly<Record<string, string>>, code: string): string {
  return labels[code] ?? code
}
