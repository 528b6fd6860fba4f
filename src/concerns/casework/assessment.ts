import { invalid, Refusal, type DateText } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { nameOf } from '../reading/concern-view.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import { writablePart, type OpenConcern } from '../sealing/opening.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealAs } from '../acts/staff-writing.ts'
import { createWriteOnce, storeWritten } from '../acts/write-once.ts'
import { assessmentContent, type AssessmentInput } from './assessment-input.ts'
import type { AssessmentVersion, Casework } from './casework.ts'
import { categoriesOn, type DisclosureKind } from './disclosure-categories.ts'
import { createLookInside, openedBy } from './look-inside.ts'
import { fieldsOf } from './entry-fields.ts'

/**
 * Saves an assessment under the Public Interest Disclosure Act as a new version beside the earlier ones, for the handlers alone. It moves
 * nothing and holds nothing up. Recorded: `assessment_recorded` with the version's number. Refusal `concern_changed` where a colleague saved
 * a version the writer has not read, `invalid_input` for a kind of failure that was not in force when the concern was raised.
 */
export function createAssess(deps: ConcernDeps, receipts: Receipts): Casework['assess'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'assess',
    write: async (writer, { follows, ...content }: AssessmentInput, base) => {
      const { concern } = writer
      if (versionsIn(concern).at(-1)?.version !== (follows === 0 ? undefined : follows)) throw new Refusal('concern_changed')
      assertInForce(content.kinds?.answers.map(({ kind }) => kind) ?? [], concern.concern.raisedOn)
      const version = follows + 1
      await storeWritten(writer, base, sealAs(writer, writablePart(concern, 'internal'), 'assessment', content, version))
      return { answer: { version }, entry: { ...base, kind: 'assessment_recorded', fields: { version } } }
    },
  })
}

/** Every version, oldest first. Recorded as a look before anything is opened. */
export function createViewAssessments(deps: ConcernDeps): Casework['viewAssessments'] {
  const lookInside = createLookInside(deps)
  return async (ctx, id) => {
    const { open, items, directory } = await lookInside(ctx, id, 'view_assessments', ['assessment'])
    const { concern } = open
    return {
      raisedOn: concern.raisedOn,
      mayWrite: open.relations.includes('handler'),
      versions: assessmentsOf(open, items, (author) => nameOf(directory, author)),
    }
  }
}

/** A version that the log names and no genuine item stands for keeps its place, without content. */
export function assessmentsOf(open: OpenConcern, items: readonly StoredItem[], name: (author: string) => string): AssessmentVersion[] {
  return versionsIn(open).map(({ version, at }) => {
    const item = items.find((each) => each.kind === 'assessment' && each.version === version)
    const parsed = assessmentContent.safeParse(openedBy(open, item))
    return {
      version,
      author: item === undefined ? null : name(item.author),
      writtenAt: at,
      genuine: parsed.success,
      content: parsed.success ? parsed.data : null,
    }
  })
}

/** The log, not the rows, says how many versions there are: a row that was taken away is missed. */
function versionsIn({ entries }: Pick<OpenConcern, 'entries'>): readonly { readonly version: number; readonly at: Temporal.Instant }[] {
  return entries.flatMap((entry) => {
    const version = entry.kind === 'assessment_recorded' ? fieldsOf(entry)['version'] : undefined
    return typeof version === 'number' && entry.at !== null ? [{ version, at: entry.at }] : []
  })
}

function assertInForce(kinds: readonly DisclosureKind[], raisedOn: DateText): void {
  const known = new Set(categoriesOn(raisedOn).map(({ code }) => code))
  const place = kinds.findIndex((kind) => !known.has(kind))
  if (place !== -1)
    throw invalid(
      `/kinds/answers/${place}`,
      'not_in_force',
      'This kind of failure was not in the Act when the concern was raised. Leave it out.',
    )
}
