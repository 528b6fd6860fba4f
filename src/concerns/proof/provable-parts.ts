import { canonicalJson, type CanonicalValue } from '../../audit/index.ts'
import type { Parts } from '../../vault/index.ts'
import { raiseFields, type RaiseInput } from '../raising/raise-input.ts'
import type { NarrativeContent } from '../sealing/sealed-contents.ts'

/** What is sealed in places of its own, and the name, which a proof of raising must not carry. */
const elsewhere = ['narrative', 'happened', 'awareSince', 'immediateDanger', 'treatedBadly', 'about', 'identity'] as const
type Elsewhere = (typeof elsewhere)[number]
type Besides = Exclude<keyof typeof raiseFields, Elsewhere>

const besides = Object.keys(raiseFields).filter((name) => !(elsewhere as readonly string[]).includes(name)) as Besides[]

/** The rest of what was said. Null for what was skipped: a proof that keeps an answer back must not show whether there is one. */
export function saidBesides(input: RaiseInput): NonNullable<NarrativeContent['said']> {
  return Object.fromEntries(besides.map((name) => [name, input[name] ?? null]))
}

type Told = Pick<
  NarrativeContent,
  'narrative' | 'happened' | 'awareSince' | 'immediateDanger' | 'treatedBadly' | 'raisedOn' | 'readers' | 'said' | 'about'
>

/**
 * What the log commits to, part by part: the answers by their names in the API, `raisedOn`, and `readers` as the person was shown them. Each part
 * is canonical JSON.
 */
export function provableParts({ narrative, happened, awareSince, immediateDanger, treatedBadly, ...told }: Told): Parts {
  const parts = {
    ...told.said,
    narrative,
    happened,
    awareSince,
    immediateDanger,
    treatedBadly,
    about: told.about ?? [],
    raisedOn: told.raisedOn,
    readers: told.readers.map(({ role, name }) => ({ role, name })),
  }
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, canonicalJson(value as CanonicalValue)]))
}
