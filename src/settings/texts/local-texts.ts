import { firstTexts } from './in-force.ts'

/** Lines of the organisation's own, empty until an administrator writes them. What a page says of the software itself is not among them. */
const localTextKeys = ['local.start', 'local.danger', 'local.help', 'local.protection', 'local.talk'] as const
export type LocalTextKey = (typeof localTextKeys)[number]

/** Every text an administrator may give a new version. Sentences on what this software keeps and locks are true of the code, and change with it. */
export const textKeys = [...new Set([...firstTexts.map(({ key }) => key), ...localTextKeys])] as unknown as readonly [string, ...string[]]

/** A page can do without a line of the organisation's own; a text of law or pledge it can't. */
export const isLocal = (key: string): key is LocalTextKey => (localTextKeys as readonly string[]).includes(key)

export function paragraphsOf(body: string): readonly string[] {
  return body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}
