import { recipients, type DraftAnswers, type Reader, type ReadersQuery, type VisitorContext } from '../../concerns/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { ReporterDeps } from './deps.ts'

type Recipient = (typeof recipients)[number]

/** Everybody behind any of the three doors, each once: those a concern may have to be kept from. */
export async function everyReader(deps: ReporterDeps, ctx: VisitorContext, answers: DraftAnswers): Promise<readonly Reader[]> {
  const behind = await Promise.all(recipients.map((recipient) => readersBehind(deps, ctx, { recipient, intakeGroup: answers.intakeGroup })))
  return [...new Map(behind.flat().map((reader) => [reader.id, reader])).values()]
}

/** Who would read it behind each door, with what was said about whom; a door behind which nobody with that role is left is not there. */
export async function openDoors(
  deps: ReporterDeps,
  ctx: VisitorContext,
  answers: DraftAnswers,
): Promise<readonly { readonly recipient: Recipient; readonly readers: readonly Reader[] }[]> {
  const { intakeGroup, about } = answers
  const all = await Promise.all(
    recipients.map(async (recipient) => ({ recipient, readers: await readersBehind(deps, ctx, { recipient, intakeGroup, about }) })),
  )
  return all.filter(({ recipient, readers }) => readers.some(({ role }) => role === roleBehind[recipient]))
}

/**
 * Whether what was said about whom keeps it from anybody who would read it otherwise. It tells no more than the names beside it do: whom the list
 * names without that, anybody can see who starts the form.
 */
export async function isSomebodyLeftOut(
  deps: ReporterDeps,
  ctx: VisitorContext,
  answers: DraftAnswers,
  doors: Awaited<ReturnType<typeof openDoors>>,
): Promise<boolean> {
  if ((answers.about ?? []).length === 0) return false
  const left = new Set(doors.flatMap(({ readers }) => readers.map(({ id }) => id)))
  return (await everyReader(deps, ctx, answers)).some(({ id }) => !left.has(id))
}

/** Who will read what this draft holds. Throws Refusal `no_reader_left`, `intake_closed`. */
export function readersOf(deps: ReporterDeps, ctx: VisitorContext, answers: DraftAnswers): Promise<readonly Reader[]> {
  const { intakeGroup, about, recipient, deputyMayRead } = answers
  return deps.concerns.listReaders(ctx, { intakeGroup, about, recipient, deputyMayRead })
}

/** Who may read it only if nobody answers in time, where the person allowed it; whoever reads it anyway is not among them. */
export async function standbyReadersOf(
  deps: ReporterDeps,
  ctx: VisitorContext,
  answers: DraftAnswers,
  readers: readonly Reader[],
): Promise<readonly Reader[]> {
  if (answers.standby !== true) return []
  const { intakeGroup, about } = answers
  const behind = await readersBehind(deps, ctx, { recipient: 'non_executive_lead', intakeGroup, about })
  return behind.filter(({ id, role }) => role === 'non_executive_lead' && !readers.some((reader) => reader.id === id))
}

const roleBehind = {
  guardians: 'guardian',
  executive_lead: 'executive_lead',
  non_executive_lead: 'non_executive_lead',
} as const satisfies Record<Recipient, Reader['role']>

async function readersBehind(deps: ReporterDeps, ctx: VisitorContext, query: ReadersQuery): Promise<readonly Reader[]> {
  try {
    return await deps.concerns.listReaders(ctx, query)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'no_reader_left') return []
    throw error
  }
}
