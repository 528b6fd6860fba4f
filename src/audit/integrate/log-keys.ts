import type { Clock, Random } from '../../kernel/index.ts'
import type { Database } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { createNoteSigner, openCheckpoint, parseVerifierKey, verifierKeyText, type NoteSigner } from '../notes/index.ts'
import { readLastCheckpoint, readOrganisationId } from './batch-store.ts'
import { insertLogKey, readLogKeys, retireLogKey, saysOfKey, type LogKeyRow } from './key-store.ts'
import { originOf } from './integrator.ts'
import { LogRefused } from './refused.ts'
import { keyTransaction } from './signing-transaction.ts'

/** Where the log's private keys lie, which only the background process reads: 32 bytes each, by key id. */
export interface LogKeyFiles {
  read(): ReadonlyMap<string, Uint8Array>
  /** The first one; where another process makes one at the same moment, the one that is there stays. */
  begin(id: string, seed: Uint8Array): void
  add(id: string, seed: Uint8Array): void
  remove(id: string): void
}

export interface LogKeysDeps {
  /** Open with the signer's login. */
  readonly signer: Database
  readonly audited: AuditedTransaction
  readonly files: LogKeyFiles
  readonly clock: Clock
  readonly random: Random
}

/** How long an old key signs beside the new one: whoever looks once a month learns of the new one under the old one's signature. */
const keyOverlap = { hours: 30 * 24 } as const

export interface LogKeys {
  /**
   * Whoever signs now, oldest first; none before the organisation is set up. Makes the first key, announces keys that lie in the folder and are not
   * in the log, and retires what its overlap is over for. Records `log_key_announced` and `log_key_retired`. Throws `LogRefused` `key_missing`.
   */
  settle(): Promise<readonly NoteSigner[]>
  /** Lays a new key beside the present one, which goes on signing for 30 days, and announces it. Null while an earlier change is under way. */
  rotate(): Promise<{ readonly verifierKey: string; readonly until: Temporal.Instant } | null>
}

export function createLogKeys(deps: LogKeysDeps): LogKeys {
  const { signer, files, clock, random } = deps
  const settle = async (): Promise<readonly NoteSigner[]> => {
    const origin = await readOrigin(signer)
    if (origin === null) return []
    if (readWhole(files).size === 0) await makeFirst(deps, origin)
    const held = signersIn(files, origin)
    for (const each of held) await announce(deps, verifierKeyText(each.key))
    const rows = await signer.read(readLogKeys)
    const active = await retireOld(deps, rows)
    return active.map(({ verifierKey }) => {
      const found = held.find(({ key }) => verifierKeyText(key) === verifierKey)
      if (found === undefined) throw new LogRefused('key_missing')
      return found
    })
  }
  return {
    settle,
    rotate: async () => {
      const present = await settle()
      const origin = await readOrigin(signer)
      if (origin === null || present.length !== 1) return null
      const seed = random.bytes(32)
      const { key } = createNoteSigner(origin, seed)
      files.add(key.id, seed)
      await settle()
      return { verifierKey: verifierKeyText(key), until: clock.now().add(keyOverlap) }
    },
  }
}

async function readOrigin(signer: Database): Promise<string | null> {
  const id = await signer.read(readOrganisationId)
  return id === null ? null : originOf(id)
}

/** A new key where an old one was lost would be a new log to everybody who knows the old one: the folder has to come back from its backup. */
async function makeFirst({ signer, files, random }: LogKeysDeps, origin: string): Promise<void> {
  if ((await signer.read(readLogKeys)).length > 0) throw new LogRefused('key_missing')
  const seed = random.bytes(32)
  files.begin(createNoteSigner(origin, seed).key.id, seed)
}

/** A file that is open to others, half written or weak counts as lost: nothing is signed with it. */
function readWhole(files: LogKeyFiles): ReadonlyMap<string, Uint8Array> {
  try {
    return files.read()
  } catch {
    throw new LogRefused('key_missing')
  }
}

function signersIn(files: LogKeyFiles, origin: string): NoteSigner[] {
  return [...readWhole(files)].map(([id, seed]) => {
    const signer = createNoteSigner(origin, seed)
    if (signer.key.id !== id) throw new LogRefused('key_missing')
    return signer
  })
}

/** Entry first, row second: a key signs nothing before the log has said whose it is. */
async function announce({ signer, audited, clock }: LogKeysDeps, verifierKey: string): Promise<void> {
  const rows = await signer.read(readLogKeys)
  if (rows.some((row) => row.verifierKey === verifierKey)) return
  await say({ signer, audited, clock }, 'log_key_announced', verifierKey)
  await keyTransaction(signer, (tx) => insertLogKey(tx, verifierKey, clock.now()))
}

/**
 * Retires every key that was announced before the newest one whose overlap is over, and removes their files. Gives the rest. A key takes over only
 * once it signed the newest checkpoint: after a standstill longer than the overlap nobody else could open it.
 */
async function retireOld(deps: LogKeysDeps, rows: readonly LogKeyRow[]): Promise<LogKeyRow[]> {
  const { signer, files, clock } = deps
  const now = clock.now()
  const isOver = ({ announcedAt }: LogKeyRow) => Temporal.Instant.compare(announcedAt.add(keyOverlap), now) <= 0
  const last = await deps.signer.read(readLastCheckpoint)
  const newest = rows.findLastIndex((row) => row.retiredAt === null && isOver(row) && last !== null && isSignedBy(last.note, row))
  const active: LogKeyRow[] = []
  for (const [at, row] of rows.entries()) {
    if (row.retiredAt === null && at >= newest) {
      active.push(row)
      continue
    }
    if (row.retiredAt === null) {
      await say(deps, 'log_key_retired', row.verifierKey)
      await keyTransaction(signer, (tx) => retireLogKey(tx, row.verifierKey, now))
    }
    files.remove(row.verifierKey.split('+')[1] ?? '')
  }
  return active
}

function isSignedBy(note: string, { verifierKey }: LogKeyRow): boolean {
  try {
    openCheckpoint(note, [parseVerifierKey(verifierKey)])
    return true
  } catch {
    return false
  }
}

async function say(
  { signer, audited, clock }: Pick<LogKeysDeps, 'signer' | 'audited' | 'clock'>,
  kind: 'log_key_announced' | 'log_key_retired',
  verifierKey: string,
): Promise<void> {
  if (await signer.read((tx) => saysOfKey(tx, kind, verifierKey))) return
  await audited(async () => ({ value: null, entries: [{ kind, actor: { role: 'system' }, at: clock.now(), fields: { verifierKey } }] }))
}
