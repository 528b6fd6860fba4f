import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, lastDayToAnswer, readDrawnEntry, readFixedDraws, sampleBounds, type StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { addDays, hasRole, invalid, londonDate, readId, Refusal } from '../../kernel/index.ts'
import { contentOf } from '../sealing/concern-content.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { mayOpenIdentity, subjectsOf } from '../acts/facts.ts'
import { readItems } from '../sealing/item-store.ts'
import { identityAmong, readOpenIdentity } from '../reading/open-identity.ts'
import { openConcern, partOf, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { actingRole, findAndLock, findOpenable, findVisible, type Sight } from '../reading/visibility.ts'
import { leftIn } from './mask.ts'
import { sealMasked } from './masked-seal.ts'
import { namesFor, preparedFrom } from './prepare-text.ts'
import type { SampleReason, SampleUnlockInput } from './sample-input.ts'
import { insertAnswer, insertSampleText, readAsked, type AskedRow } from './sample-store.ts'
import type { AskedSample, MaskedText, Samples, SampleUnlocked } from './samples.ts'

/** How long an auditor may read what was unlocked: our own choice, no rule sets it. */
const sampleDays = 30

/** What those who hold a drawn concern do: they alone open it, and decide what of it is shown. */
export function createAnswerSample(deps: ConcernDeps): Pick<Samples, 'listAsked' | 'prepare' | 'unlock' | 'refuse'> {
  const answering = async <T>(
    ctx: StaffContext,
    id: string,
    attempt: string,
    work: (asked: AskedRow, directory: Directory) => Promise<T>,
  ) => {
    const directory = await deps.directory.current()
    const [asked] = readId(id) === null ? [] : await deps.database.read((tx) => readAsked(tx, { id }))
    return recordingRefusals(deps, ctx, attempt, asked?.concernId ?? null, async () => {
      if (asked === undefined || !isOfAuditor(asked, directory)) throw new Refusal('not_found')
      return work(asked, directory)
    })
  }
  return {
    listAsked: (ctx) => recordingRefusals(deps, ctx, 'list_asked_samples', null, () => listAsked(deps, ctx)),
    prepare: (ctx, id) =>
      answering(ctx, id, 'prepare_sample', async (asked, directory) => {
        const { sealed, items, fixedAt } = await deps.audited(async (tx) => {
          const sight = await findHandled(tx, ctx, asked, findOpenable)
          const compartmentIds = sight.grants.filter(({ kind }) => kind !== 'identity').map(({ compartmentId }) => compartmentId)
          const [fixed] = await readFixedDraws(tx, asked.drawId)
          const read = { sealed: await readSealed(tx, sight), items: await readItems(tx, asked.concernId, compartmentIds) }
          const value = { ...read, fixedAt: fixed?.at ?? null }
          const compartments = [...new Set(sight.grants.map(({ kind }) => kind))].filter((kind) => kind !== 'identity').sort()
          const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
          return {
            value,
            entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: asked.concernId, fields: { compartments } }],
          }
        })
        const open = openConcern(sealed, ctx, directory)
        requireFree(open, ctx, directory)
        return {
          ...shownAsked(asked),
          concernId: asked.concernId,
          numbers: asked.numbers,
          fixedAt,
          ...preparedFrom(contentOf(open, items, directory), directory),
        }
      }),
    unlock: (ctx, id, input) => answering(ctx, id, 'unlock_sample', (asked, directory) => unlock(deps, ctx, asked, input, directory)),
    refuse: (ctx, id, reason) => answering(ctx, id, 'refuse_sample', (asked, directory) => refuse(deps, ctx, asked, reason, directory)),
  }
}

async function listAsked(deps: ConcernDeps, ctx: StaffContext): Promise<readonly AskedSample[]> {
  if (!hasRole(ctx.person, 'guardian', 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
  const directory = await deps.directory.current()
  // A day more than a lapse takes: the day itself decides
  const since = ctx.now.subtract({ hours: 24 * (sampleBounds.answerWithinDays + 2) })
  return deps.audited(async (tx) => {
    const found: AskedSample[] = []
    for (const asked of await readAsked(tx, { holder: ctx.person.userId, since })) {
      const handles = (await findVisible(tx, ctx.person, asked.concernId)).relations.includes('handler')
      if (handles && isOfAuditor(asked, directory) && !hasLapsed(asked, ctx)) found.push(shownAsked(asked))
    }
    return { value: found, entries: [{ kind: 'queue_viewed', actor: actorOf(ctx.person), at: ctx.now, fields: {} }] }
  })
}

const shownAsked = ({ id, reference, askedAt }: AskedRow): AskedSample => ({
  ...{ id, reference, askedAt },
  answerUntil: lastDayToAnswer(londonDate(askedAt)),
})

const hasLapsed = ({ askedAt }: AskedRow, ctx: StaffContext): boolean => londonDate(ctx.now) > lastDayToAnswer(londonDate(askedAt))

/** Whoever asked is an auditor by the signed list now: there is nobody else to seal to. */
const isOfAuditor = ({ askedBy }: AskedRow, directory: Directory): boolean => directory.find(askedBy)?.roles.includes('auditor') ?? false

/** The concern, to somebody who handles it. Refusal `not_found` for everybody else, `sample_answered`, `sample_lapsed`. */
async function findHandled(tx: Tx, ctx: StaffContext, { id, concernId }: AskedRow, find: typeof findVisible): Promise<Sight> {
  const sight = await find(tx, ctx.person, concernId)
  if (!sight.relations.includes('handler')) throw new Refusal('not_found')
  const [now] = await readAsked(tx, { id })
  if (now === undefined || now.answered) throw new Refusal('sample_answered')
  if (hasLapsed(now, ctx)) throw new Refusal('sample_lapsed')
  return sight
}

/** Refusal `conflict_of_interest` for somebody whom the concern is about. */
function requireFree(open: OpenConcern, ctx: StaffContext, directory: Directory): void {
  if (subjectsOf(open, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
}

/** Refusal `record_not_genuine` where the log does not say that this auditor drew this concern: a row alone asks for nothing. */
async function requireDrawn(tx: Tx, asked: AskedRow, directory: Directory): Promise<void> {
  const entry = await readDrawnEntry(tx, asked.drawId)
  const holds = entry !== null && entry.alias === directory.find(asked.askedBy)?.alias && entry.drawn.includes(asked.alias)
  if (!holds) throw new Refusal('record_not_genuine')
}

async function unlock(
  deps: ConcernDeps,
  ctx: StaffContext,
  asked: AskedRow,
  input: SampleUnlockInput,
  directory: Directory,
): Promise<SampleUnlocked> {
  const { concernId } = asked
  const until = addDays(londonDate(ctx.now), sampleDays)
  const answer = await deps.audited<SampleUnlocked | 'named'>(async (tx) => {
    const sight = await findAndLock(tx, ctx.person, concernId, findOpenable)
    await findHandled(tx, ctx, asked, findOpenable)
    const open = openConcern(await readSealed(tx, sight), ctx, directory)
    requireFree(open, ctx, directory)
    await requireDrawn(tx, asked, directory)
    const left = leftIn(input.text, { person: await personIn(tx, open), about: namesFor(open, directory) })
    const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
    const base = { actor, at: ctx.now, concernId } as const
    // Told as an answer, never in an error: they are words that somebody wrote
    if (left.others.length > 0 && !input.harmless)
      return {
        value: { until: null, left: left.others },
        entries: [{ ...base, kind: 'content_viewed', fields: { compartments: ['internal'] } }],
      }
    await deps.checkSecondFactor(tx, ctx, input.otp ?? '')
    // Kept, and the code is spent: otherwise this would be a way to guess a name unseen
    if (left.person)
      return {
        value: 'named',
        entries: [{ ...base, kind: 'attempt_refused', fields: { attempt: 'unlock_sample', code: 'names_remain' } }],
      }
    const place = { concernId, id: asked.id, sample: asked.drawId, author: ctx.person.userId }
    const boxKey = directory.find(asked.askedBy)!.keys.box
    const sealed = sealMasked(ctx, place, maskedOf(open, input), boxKey)
    await insertAnswer(tx, { id: asked.id, concernId, author: ctx.person.userId, at: ctx.now, reason: null, until })
    await insertSampleText(tx, asked.id, concernId, until, sealed)
    const signature = Buffer.from(sealed.signature).toString('base64')
    return {
      value: { until, left: [] },
      entries: [{ ...base, kind: 'sample_unlocked', fields: { sample: asked.drawId, signature, until } }],
    }
  })
  if (answer === 'named') throw invalid('/text', 'names_the_person', 'Take out every word of the name and contact of who raised it.')
  return answer
}

async function refuse(deps: ConcernDeps, ctx: StaffContext, asked: AskedRow, reason: SampleReason, directory: Directory): Promise<void> {
  await deps.audited(async (tx) => {
    const sight = await findAndLock(tx, ctx.person, asked.concernId, findOpenable)
    await findHandled(tx, ctx, asked, findOpenable)
    requireFree(openConcern(await readSealed(tx, sight), ctx, directory), ctx, directory)
    const { concernId } = asked
    await insertAnswer(tx, { id: asked.id, concernId, author: ctx.person.userId, at: ctx.now, reason, until: null })
    const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
    const fields = { sample: asked.drawId, reasonCode: reason }
    return { value: undefined, entries: [{ kind: 'sample_refused', actor, at: ctx.now, concernId, fields }] }
  })
}

/** Name and contact of who raised it, to be looked for and shown to nobody. */
async function personIn(tx: Tx, open: OpenConcern): Promise<string[]> {
  const part = mayOpenIdentity(open) ? partOf(open, 'identity') : null
  const confidential = part && identityAmong((await readItems(tx, open.concern.id, [part.id])).reporter, part, open.signKeyOf('reporter'))
  const said = confidential ?? (open.concern.openness === 'open' ? await readOpenIdentity(tx, open) : null)
  return said === null ? [] : [said.name, said.contact].filter((text) => text !== null)
}

function maskedOf(open: OpenConcern, { text, showSite, showProfession }: SampleUnlockInput): MaskedText {
  return {
    text,
    raisedIn: open.concern.raisedOn.slice(0, 7),
    steps: open.entries.flatMap(stepOf),
    site: showSite ? (open.header?.site ?? null) : null,
    profession: showProfession ? (open.header?.professionalGroup ?? null) : null,
  }
}

/** A step that moved the concern, and its month. */
function stepOf({ on, text }: StoredEntry): MaskedText['steps'] {
  const { from, to } = (JSON.parse(text) as { fields: { from?: string; to?: string } }).fields
  return to === undefined || to === from ? [] : [{ to, month: on.slice(0, 7) }]
}
