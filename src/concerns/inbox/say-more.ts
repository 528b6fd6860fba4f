import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { hasRole, invalid, Refusal, type UserId } from '../../kernel/index.ts'
import { opennesses } from '../../workflow/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { insertCompartments, readHolders } from '../sealing/grant-store.ts'
import { holdersOf, recoveryOf } from '../sealing/holders.ts'
import { readItems } from '../sealing/item-store.ts'
import type { Receipts } from '../raising/receipts.ts'
import { narrativeContent, type IdentityContent } from '../sealing/sealed-contents.ts'
import { createCompartment, grantTo, openPart, type OpenCompartment, type SealTarget } from '../sealing/sealed-parts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { SayMoreInput } from './inputs.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter, type ReporterActing } from './reporter-act.ts'

/**
 * Takes a person from anonymous to confidential or open, never back: what somebody has read cannot be unread. A confidential name is sealed for
 * the guardians alone, an open one for everybody who handles the concern. Recorded: `openness_changed`, with how it was before; how it was first
 * raised stays in the first entry, which is what the return counts.
 * Refusal `invalid_input` (`only_towards_open`; `required` where neither name nor contact is given), `no_reader_left`.
 */
export function createSayMore(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['sayMore'] {
  return createReporterAct(deps, receipts, {
    name: 'say_more',
    perform: async (acting, input) => {
      const before = acting.concern.openness
      assertTowardsOpen(before, input)
      const home =
        input.openness === 'open' ? await internalOf(acting) : await newIdentityPart(acting, await deps.directory.current(acting.tx))
      const content: IdentityContent = { name: input.name ?? null, contact: input.contact ?? null }
      const item = sealAsReporter(acting, home, 'identity', content)
      await acting.tx.concern.updateMany({ where: { id: acting.concern.id }, data: { openness: input.openness } })
      const made = input.openness === 'open' ? {} : { part: home.id, partKey: Buffer.from(home.keys.publicKey).toString('hex') }
      return {
        answer: { openness: input.openness },
        items: [item],
        entry: {
          ...reporterEntryBase(acting),
          kind: 'openness_changed',
          fields: { before, openness: input.openness, item: item.id, ...made },
        },
      }
    },
  })
}

/** From the most to the least known. */
const order = opennesses

function assertTowardsOpen(before: SayMoreInput['openness'], { openness, name, contact }: SayMoreInput): void {
  if (order.indexOf(openness) >= order.indexOf(before)) {
    throw invalid('/openness', 'only_towards_open', 'You can only become more known, never less. What was read cannot be taken back.')
  }
  if (name === undefined && contact === undefined) throw invalid('/name', 'required', 'Write your name, or how we can reach you.')
}

/** The handlers' compartment under the key it has now: only its public half is needed to seal. Refusal `record_not_genuine`. */
async function internalOf({ tx, concern, raisedKeys }: ReporterActing): Promise<SealTarget> {
  const row = await tx.compartment.findFirst({ where: { concernId: concern.id, kind: 'internal' }, select: { id: true } })
  const publicKey = row && raisedKeys.partKeys.get(row.id)
  const epoch = row && raisedKeys.epochs.get(row.id)
  if (!row || !publicKey || !epoch) throw new Refusal('record_not_genuine')
  return { id: row.id as SealTarget['id'], concernId: concern.id, kind: 'internal', epoch, keys: { publicKey: new Uint8Array(publicKey) } }
}

/** Made here and now, so that nobody can have slipped a key of their own under it. Epoch 2: the first entry vouches for epoch 1 alone. */
async function newIdentityPart(acting: ReporterActing, directory: Directory): Promise<OpenCompartment> {
  const { tx, random, concern } = acting
  const part = { ...createCompartment(random, concern.id, 'identity'), epoch: 2 }
  const guardians = await guardiansToTell(acting, directory)
  if (guardians.length === 0) throw new Refusal('no_reader_left')
  await insertCompartments(tx, [part], grantTo(random, part, [...holdersOf(directory, guardians), recoveryOf(directory)]))
  return part
}

/**
 * Guardians who handle the concern now: promised to its reporter as readers or let in since by a handler, and still holding a key. Where a lead
 * was chosen instead, they stand in a guardian's place.
 */
async function guardiansToTell(acting: ReporterActing, directory: Directory): Promise<UserId[]> {
  const { tx, concern, entries } = acting
  const promised = new Set<string>(await promisedReaders(acting))
  const letIn = new Set(entries.filter(({ kind }) => kind === 'access_granted').map(({ text }) => fieldOf(text, 'person')))
  const holding = new Set((await readHolders(tx, concern.id)).filter(({ kind }) => kind === 'internal').map(({ holder }) => holder))
  const handlers = directory.people.filter(({ id, alias }) => holding.has(id) && (promised.has(id) || letIn.has(alias)))
  const guardians = handlers.filter((person) => isGuardian(person))
  return (guardians.length > 0 ? guardians : handlers.filter(({ id }) => promised.has(id))).map(({ id }) => id)
}

const isGuardian = (person: DirectoryPerson): boolean => hasRole(person, 'guardian')

async function promisedReaders({ tx, concern, shared, raisedKeys }: ReporterActing): Promise<readonly string[]> {
  const { reporter } = await readItems(tx, concern.id, [shared.id])
  const item = reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, raisedKeys.signKey)
  const parsed = opened?.genuine ? narrativeContent.safeParse(opened.content) : null
  if (!parsed?.success) throw new Refusal('record_not_genuine')
  return parsed.data.readers.map(({ id }) => id)
}

function fieldOf(entryText: string, name: string): unknown {
  return (JSON.parse(entryText) as { fields: Readonly<Record<string, unknown>> }).fields[name]
}
