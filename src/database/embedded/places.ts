import { execFileSync } from 'node:child_process'
import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the parts of a server of ours are kept, all of it known from the data folder alone: the worker finds the socket by it. */
export interface Places {
  /** The operator's data folder, as a real path. */
  readonly dataDir: string
  readonly secrets: string
  /** Where PostgreSQL's folders are: in the data folder, or for root under `/var/lib/forthright`. Belongs to the launcher. */
  readonly home: string
  readonly cluster: string
  readonly socketDir: string
  /** The one that runs the server. Null: whoever runs the launcher. */
  readonly account: Account | null
  /** Where root keeps a copy of the binaries that the account can reach. Null: used where npm put them. */
  readonly binariesCopy: string | null
}

export interface Account {
  readonly uid: number
  readonly gid: number
}

export const serverPort = 5432
const rootsFolder = '/var/lib/forthright'
/** The kernel's limit is 107 bytes on Linux and 103 on macOS, and a longer path fails only when the server starts. */
const socketPathLimit = 103

/**
 * The places for a data folder, which is made where it is missing. PostgreSQL refuses to run as root, and an unprivileged
 * server can't reach a folder such as `/root`: root's server lives under `rootsFolder`, in a folder named by the data folder's path.
 */
export function placesFor(dataDirAsGiven: string, rootsOwn: string = rootsFolder): Places {
  mkdirSync(dataDirAsGiven, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(dataDirAsGiven)
  const asRoot = process.getuid?.() === 0
  const home = asRoot ? join(rootsOwn, shortName(dataDir)) : join(dataDir, 'postgresql')
  const cluster = join(home, 'cluster')
  return {
    dataDir,
    secrets: join(dataDir, 'secrets'),
    home,
    cluster,
    socketDir: shortSocketDir(home),
    account: asRoot ? (ownerOf(cluster) ?? unprivilegedAccount()) : null,
    binariesCopy: asRoot ? rootsOwn : null,
  }
}

export function socketFile(socketDir: string, port: number): string {
  return join(socketDir, `.s.PGSQL.${port}`)
}

function shortSocketDir(home: string): string {
  const inHome = join(home, 'socket')
  if (Buffer.byteLength(socketFile(inHome, 65_535)) <= socketPathLimit) return inHome
  const inTemp = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp'
  return join(inTemp, `forthright-${process.getuid?.() ?? 0}-${shortName(home)}`)
}

/** The account an existing database belongs to: a `postgres` user installed later must not lock us out. */
function ownerOf(cluster: string): Account | null {
  const found = statSync(cluster, { throwIfNoEntry: false })
  return found === undefined ? null : { uid: found.uid, gid: found.gid }
}

function unprivilegedAccount(): Account {
  return accountNamed('postgres') ?? accountNamed('nobody') ?? { uid: 65_534, gid: 65_534 }
}

function accountNamed(name: string): Account | null {
  try {
    const [uid, gid] = ['-u', '-g'].map((which) =>
      Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
    )
    return uid && gid ? { uid, gid } : null
  } catch {
    return null
  }
}

/** FNV-1a, 64 bits: a name for a path that fits in a socket's. Nothing secret, and nothing rests on it being hard to meet. */
function shortName(path: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(path)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
