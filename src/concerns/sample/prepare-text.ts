import type { Directory } from '../../accounts/index.ts'
import type { UserId } from '../../kernel/index.ts'
import { termsContent } from '../acts/handling-contents.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import type { ConcernContent } from '../views.ts'
import { maskText } from './mask.ts'
import type { PreparedSample } from './samples.ts'

/** Whom a concern is about as it was put, and the names of staff it is kept from. */
export function namesFor({ header }: Pick<OpenConcern, 'header'>, directory: Directory): string[] {
  const { about, excluded } = header ?? { about: [], excluded: [] }
  return [...about, ...excluded.map((id) => directory.known(id as UserId)?.name ?? '')]
}

type Prepared = Pick<PreparedSample, 'text' | 'from' | 'site' | 'profession'>

/** A first draft of what the auditor may read: the newest copy made for an investigator, else what was said, both masked. */
export function preparedFrom(content: ConcernContent, directory: Directory): Prepared {
  const { narrative, records, about, identity, site, professionalGroup: profession } = content
  const copies = records.flatMap(({ kind, content: said }) => {
    const parsed = kind === 'terms' ? termsContent.safeParse(said) : null
    return parsed?.success && parsed.data.maskedCopy !== null ? [parsed.data.maskedCopy] : []
  })
  const copy = copies.at(-1)
  const names = [...directory.people.map(({ name }) => name), ...about, identity?.name ?? '', identity?.contact ?? '']
  const from = copy !== undefined ? 'masked_copy' : narrative !== null ? 'narrative' : 'nothing'
  return { text: maskText(copy ?? narrative ?? '', names), from, site, profession }
}
