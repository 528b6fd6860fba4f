import { actorOf } from '../../audit/index.ts'
import { londonDate } from '../../kernel/index.ts'
import { contentOf } from '../sealing/concern-content.ts'
import { viewOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readItems } from '../sealing/item-store.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernContent, ConcernView, HandlingRecord } from '../views.ts'
import { actingRole } from '../reading/visibility.ts'
import type { Casework } from './casework.ts'
import { insightOf } from './look-inside.ts'
import type { SummaryPart } from './summary-input.ts'

/**
 * A summary to print, without anything that says who raised the concern unless it was chosen. Paper cannot be called back, so this has an entry
 * of its own, committed before anything is opened. Recorded: `summary_printed` with the parts chosen. The mark of unread messages stays.
 */
export function createPrintSummary(deps: ConcernDeps): Casework['printSummary'] {
  return async (ctx, id, { include }) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'print_summary', id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await insightOf(tx, ctx, id)
        const parts = sight.grants.filter(({ kind }) => kind !== 'identity').map(({ compartmentId }) => compartmentId)
        const read = { sealed: await readSealed(tx, sight), items: await readItems(tx, id, parts) }
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return { value: read, entries: [{ kind: 'summary_printed', actor, at: ctx.now, concernId: id, fields: { include } }] }
      })
      const open = openConcern(sealed, ctx, directory)
      return {
        concern: stepsAlone(viewOf(ctx, open, directory, settings)),
        content: onPaper(contentOf(open, items, directory), include),
        include,
        printedOn: londonDate(ctx.now),
      }
    })
  }
}

/** The steps of the concern. That somebody wrote a note, logged a call or assessed it under the Act is not for whoever the paper is for. */
function stepsAlone(concern: ConcernView): ConcernView {
  return { ...concern, history: concern.history.filter(({ kind, fields }) => kind === 'concern_raised' || 'action' in fields) }
}

/** Why a name was opened or a concern recorded late, and what an investigator was given to read, may tell of the person: they go with their details. */
const tellingRecords: ReadonlySet<string> = new Set(['identity_reason'])
const tellingFields: ReadonlySet<string> = new Set(['reporterName', 'maskedCopy', 'backDatedReason'])

function onPaper(content: ConcernContent, include: readonly SummaryPart[]): ConcernContent {
  const chosen = (part: SummaryPart) => include.includes(part)
  const said = chosen('narrative') ? {} : { narrative: null, happened: null, awareSince: null }
  const reporter = chosen('reporter')
    ? {}
    : { identity: null, professionalGroup: null, records: content.records.filter(({ kind }) => !tellingRecords.has(kind)).map(masked) }
  return { ...content, ...said, ...reporter, messages: chosen('messages') ? content.messages : [], notes: [] }
}

function masked(record: HandlingRecord): HandlingRecord {
  const { content } = record
  if (typeof content !== 'object' || content === null) return record
  return { ...record, content: Object.fromEntries(Object.entries(content).filter(([name]) => !tellingFields.has(name))) }
}
