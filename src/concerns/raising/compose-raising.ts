import type { Directory } from '../../accounts/index.ts'
import { canonicalJson, composeEntry, type ComposedEntry } from '../../audit/index.ts'
import {
  londonDate,
  newId,
  type Alias,
  type ConcernId,
  type DateText,
  type IntakeGroupId,
  type ItemId,
  type Random,
} from '../../kernel/index.ts'
import type { Category, PageEdition } from '../../settings/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import type { Channel } from '../../workflow/index.ts'
import { commitToParts, createKeys, locateToken, newToken, wrapForToken, type PrivateKeys } from '../../vault/index.ts'
import type { RaiseInput } from './raise-input.ts'
import { countedElements } from './counted-elements.ts'
import { provableParts, saidBesides } from '../proof/provable-parts.ts'
import { readerOf, type Recipients } from './recipients.ts'
import { newReference } from '../reference.ts'
import { reporterKeyDigest } from '../sealing/reporter-keys.ts'
import type { HeaderContent, IdentityContent, NarrativeContent } from '../sealing/sealed-contents.ts'
import {
  createCompartment,
  grantTo,
  sealPart,
  type GrantRow,
  type Holder,
  type ItemRow,
  type OpenCompartment,
} from '../sealing/sealed-parts.ts'
import { sealDutyRecord } from '../sweep/duty-record.ts'
import type { RaisedAnswer } from '../views.ts'

/** All rows of a new concern, sealed, and the answer its reporter gets. After this nothing in memory opens it but the answer itself. */
export interface Raising {
  readonly id: ConcernId
  readonly reference: string
  readonly logAlias: Alias
  readonly intakeGroupId: IntakeGroupId
  readonly raisedOn: DateText
  /** The day its rows are written: later than `raisedOn` where somebody else recorded it. */
  readonly writtenOn: DateText
  readonly channel: Channel
  readonly headerItemId: ItemId
  /** The clock that runs out first. */
  readonly next: ClockReading
  readonly parts: readonly OpenCompartment[]
  readonly grants: readonly GrantRow[]
  readonly items: readonly ItemRow[]
  readonly reporter: {
    locator: Uint8Array<ArrayBuffer>
    wrappedKeys: Uint8Array<ArrayBuffer>
    boxKey: Uint8Array<ArrayBuffer>
    signKey: Uint8Array<ArrayBuffer>
  }
  readonly entry: ComposedEntry
  readonly answer: RaisedAnswer
}

export interface RaisingWorld {
  readonly random: Random
  readonly tokenPepper: Uint8Array
  /** Where what the clock may act on is sealed to. */
  readonly dutyKey: Uint8Array
  readonly directory: Directory
  readonly recipients: Recipients
  readonly intakeGroupId: IntakeGroupId
  readonly categories: readonly Category[]
  /** T1 as it stands the moment it starts. */
  readonly acknowledge: ClockReading
  /** The clock that runs out first. */
  readonly next: ClockReading
  /** The day it reached the organisation, by whatever road. */
  readonly raisedOn: DateText
  readonly channel: Channel
  /** What the pages of law and pledge said when it was sent; absent where somebody else recorded it. */
  readonly pageEditions?: readonly PageEdition[]
  readonly now: Temporal.Instant
}

/** Seals what a person said. Writing needs public keys only; the token's keys are made, used and forgotten here. */
export function composeRaising(world: RaisingWorld, input: RaiseInput): Raising {
  const { random, directory, recipients, now, raisedOn, channel } = world
  const id = newId<ConcernId>(random)
  const logAlias = newId<Alias>(random)
  const token = newToken(random)
  const keys = createKeys()
  const readers = recipients.readers.map(readerOf).map(({ id: readerId, role, name }) => ({ id: readerId, role, name }))
  const told = { ...narrativeOf(input), raisedOn, readers, about: input.about, said: saidBesides(input) }
  const proof = commitToParts(random, provableParts(told))
  const narrative = {
    ...told,
    filler: fillerBeside(told),
    commitmentSalt: base64(proof.salt),
    ...(world.pageEditions && { pageEditions: [...world.pageEditions] }),
    excluded: [...recipients.excluded],
  }
  const sealed = sealParts(world, input, id, keys, narrative)
  const commitment = base64(proof.commitment)
  const acknowledgeBy = world.acknowledge.dueOn
  const fields = {
    status: 'raised',
    openness: input.openness,
    channel,
    danger: input.immediateDanger === 'yes',
    commitment,
    reporterKey: reporterKeyDigest(keys.publicKeys, sealed.parts),
    recipientSet: directory.version,
    acknowledgeBy,
    rule: world.acknowledge.code,
  }
  const draft = { kind: 'concern_raised', actor: { role: 'reporter' }, at: now, concernId: id, fields } as const
  const receipt = { format: 'forthright-receipt/1', concern: logAlias, commitment, salt: base64(proof.salt) }
  return {
    id,
    reference: newReference(random),
    logAlias,
    intakeGroupId: world.intakeGroupId,
    raisedOn,
    writtenOn: londonDate(now),
    channel,
    next: world.next,
    ...sealed,
    reporter: {
      locator: locateToken(world.tokenPepper, token),
      wrappedKeys: wrapForToken(keys, token, world.tokenPepper, random),
      boxKey: keys.publicKeys.box,
      signKey: keys.publicKeys.sign,
    },
    entry: composeEntry(random, draft, { alias: logAlias, number: 1, previous: null }),
    answer: {
      token,
      stage: 'raised',
      raisedOn,
      acknowledgeBy,
      readers: recipients.readers.map(readerOf).map(({ role, name, deputy }) => ({ role, name, deputy })),
      receipt: Buffer.from(canonicalJson(receipt)).toString('base64url'),
    },
  }
}

/** The first compartments with their grants and items: SHARED and INTERNAL always, IDENTITY for a confidential person who gave a name. */
function sealParts(
  { random, directory, dutyKey, recipients, categories }: RaisingWorld,
  input: RaiseInput,
  id: ConcernId,
  keys: PrivateKeys,
  narrative: NarrativeContent,
): Pick<Raising, 'parts' | 'grants' | 'items' | 'headerItemId'> {
  const staff: Holder[] = recipients.readers.map((person) => ({ holder: person.id, boxKey: person.keys.box }))
  const recovery: Holder = { holder: 'recovery', boxKey: directory.recoveryKey }
  const reporter: Holder = { holder: 'reporter', boxKey: keys.publicKeys.box }
  const shared = createCompartment(random, id, 'shared')
  const internal = createCompartment(random, id, 'internal')
  const parts = [shared, internal]
  const excluded = new Set(recipients.excluded)
  const duty = sealDutyRecord({ random, directory, dutyKey, excluded, standby: input.standby === true, parts })
  const grants = [
    ...grantTo(random, shared, [reporter, ...staff, recovery]),
    ...grantTo(random, internal, [...staff, recovery]),
    ...(duty === null ? [] : [duty]),
  ]
  const header = sealPart(
    random,
    internal,
    'header',
    'reporter',
    keys,
    headerOf(random, { ...input, elements: countedElements(categories, input) }, recipients),
  )
  const items = [sealPart(random, shared, 'narrative', 'reporter', keys, narrative), header]
  if (input.openness !== 'anonymous' && input.identity !== undefined) {
    const identity: IdentityContent = { name: input.identity.name ?? null, contact: input.identity.contact ?? null }
    const home = input.openness === 'open' ? internal : createCompartment(random, id, 'identity')
    if (home.kind === 'identity') {
      parts.push(home)
      grants.push(...grantTo(random, home, [...guardiansAmong(recipients), recovery]))
    }
    items.push(sealPart(random, home, 'identity', 'reporter', keys, identity))
  }
  return { parts, grants, items, headerItemId: header.id }
}

/** More than a place, an employer and those it is about take together, nearly always. In bytes. */
const roomBeside = 2_048

/** Fills up what stands beside the story to one length: its size must not tell a place, an employer or a profession (`security.md` 2). */
function fillerBeside({ about, said }: Pick<NarrativeContent, 'about' | 'said'>): string {
  const taken = Buffer.byteLength(JSON.stringify([about, said]))
  return ' '.repeat((roomBeside - (taken % roomBeside)) % roomBeside)
}

function narrativeOf({ narrative, happened, awareSince, immediateDanger, treatedBadly }: RaiseInput) {
  return {
    narrative,
    happened: happened ?? null,
    awareSince: awareSince ?? null,
    immediateDanger: immediateDanger ?? null,
    treatedBadly: treatedBadly ?? null,
  }
}

/** A confidential person's name is for guardians; where a lead reads instead, they stand in a guardian's place and nobody else can act. */
function guardiansAmong(recipients: Recipients): Holder[] {
  const guardians = recipients.readers.filter((person) => person.roles.includes('guardian'))
  return (guardians.length > 0 ? guardians : recipients.readers).map((person) => ({ holder: person.id, boxKey: person.keys.box }))
}

function headerOf(random: Random, input: RaiseInput, recipients: Recipients): HeaderContent {
  return {
    title: null,
    elements: input.elements,
    // Absent where there is none, so that the seal of most concerns is no larger for it
    ...(input.categories !== undefined && input.categories.length > 0 && { categories: input.categories }),
    site: input.site ?? null,
    professionalGroup: input.professionalGroup ?? null,
    about: input.about,
    excluded: [...recipients.excluded],
    workerStatus: input.workerStatus ?? null,
    employer: input.employer ?? null,
    language: input.language ?? null,
    figuresId: newId(random),
    consent: null,
    decision: null,
  }
}

/** The input without absent fields: canonical text knows no `undefined`. */
export function plainInput({ identity: _identity, ...said }: RaiseInput) {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
