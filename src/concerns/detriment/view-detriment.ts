import { actorOf, type StoredEntry } from '../../audit/index.ts'
import type { Directory } from '../../accounts/index.ts'
import { londonDate, Refusal, type DateText } from '../../kernel/index.ts'
import { openSteps } from '../../workflow/index.ts'
import { recordOf, type Items } from '../sealing/concern-content.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { subjectsOf } from '../acts/facts.ts'
import { detrimentContent, type DetrimentContent } from '../inbox/contents.ts'
import { followUpsIn } from '../inbox/follow-ups.ts'
import { checkDates } from '../inbox/inbox-view.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import { readItems } from '../sealing/item-store.ts'
import { openConcern, partOf, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { openPart, type AuthorKeys, type OpenCompartment } from '../sealing/sealed-parts.ts'
import type { DetrimentReport } from '../views.ts'
import { actingRole, findOpenable } from '../reading/visibility.ts'
import { reportsIn, type DetrimentTrack } from './track.ts'
import type { DetrimentCase, DetrimentUseCases } from './use-cases.ts'

const recordKinds: ReadonlySet<string> = new Set(['detriment_risk', 'detriment_plan', 'detriment_review', 'detriment_closure'])

/**
 * Every report of bad treatment on a concern with the work on it, for who may read the concern. Recorded: `content_viewed`, committed before
 * anything is opened.
 */
export function createViewDetriment(deps: ConcernDeps): DetrimentUseCases['viewDetriment'] {
  return async (ctx, id) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'view_detriment', id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await findOpenable(tx, ctx.person, id)
        const parts = sight.grants.filter(({ kind }) => kind === 'shared' || kind === 'internal')
        // Somebody who investigates works from the terms: how the person is treated is none of their business
        if (!parts.some(({ kind }) => kind === 'internal')) throw new Refusal('permission_denied')
        const read = {
          sealed: await readSealed(tx, sight),
          items: await readItems(
            tx,
            id,
            parts.map(({ compartmentId }) => compartmentId),
          ),
        }
        const compartments = [...new Set(parts.map(({ kind }) => kind))].sort()
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return { value: read, entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields: { compartments } }] }
      })
      const concern = openConcern(sealed, ctx, directory)
      return {
        reports: detrimentCasesOf(concern, items, directory, londonDate(ctx.now)),
        followUps: followUpsIn(concern.entries, items, partOf(concern, 'shared'), concern.signKeyOf('reporter')),
        mayAct: concern.relations.includes('handler') && !subjectsOf(concern, directory).has(ctx.person.userId),
      }
    })
  }
}

/** The reports on an open concern, each with the work on it. */
export function detrimentCasesOf(concern: OpenConcern, items: Items, directory: Directory, today: DateText): DetrimentCase[] {
  const opened = (item: StoredItem) => {
    const part = concern.parts.get(item.compartmentId)
    return part === undefined ? null : { part, key: concern.signKeyOf(item.author) }
  }
  return reportsIn(concern.entries).map((track) => {
    const item = items.reporter.find(({ id }) => id === track.id)
    const door = item === undefined ? null : opened(item)
    return {
      ...reportOf(track, item, door?.part ?? null, door?.key ?? null),
      riskGrade: track.riskGrade,
      reviews: reviewsOf(track, concern.entries, today),
      openSteps: openSteps(track.status),
      records: items.staff
        .filter(({ kind }) => recordKinds.has(kind))
        .map((record) => recordOf(record, concern, directory))
        .filter(({ genuine, content }) => !genuine || (content as { report?: string } | null)?.report === track.id),
    }
  })
}

/** The person's own words, if they wrote exactly this, here. */
export function reportOf(
  track: DetrimentTrack,
  item: StoredItem | undefined,
  part: OpenCompartment | null,
  reporterKey: AuthorKeys | null,
): DetrimentReport {
  const content = item?.kind === 'detriment' && part !== null && reporterKey !== null ? openReport(item, part, reporterKey) : null
  return {
    id: track.id,
    reportedOn: track.reportedOn,
    status: track.status,
    kinds: content?.kinds ?? [],
    description: content?.description ?? null,
    genuine: content !== null,
  }
}

function openReport(item: StoredItem, part: OpenCompartment, reporterKey: AuthorKeys): DetrimentContent | null {
  const opened = openPart(item, part, reporterKey)
  const parsed = opened.genuine ? detrimentContent.safeParse(opened.content) : null
  return parsed?.success ? parsed.data : null
}

/** The plan's dates and those that follow an outcome, each once. A date is done when a review was made for it. */
function reviewsOf(track: DetrimentTrack, entries: readonly StoredEntry[], today: DateText): DetrimentCase['reviews'] {
  const outcome = entries.findLast(({ kind }) => kind === 'concern_resolved')
  const after = outcome === undefined || track.status === 'reported' ? [] : checkDates(outcome.on).map(({ dueOn }) => dueOn)
  const all = [
    ...track.reviewOn.map((dueOn) => ({ dueOn, from: 'plan' as const })),
    ...after.filter((dueOn) => !track.reviewOn.includes(dueOn)).map((dueOn) => ({ dueOn, from: 'outcome' as const })),
  ]
  return all
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .map((review) => {
      const done = track.reviewed.includes(review.dueOn)
      return { ...review, done, late: !done && track.status !== 'closed' && review.dueOn < today }
    })
}
