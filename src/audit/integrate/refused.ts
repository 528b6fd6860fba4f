/** Why the log was not carried on. Each is a sign of tampering, of a lost key or of a mistake of ours; none mends itself. */
export type LogFault =
  /** An entry's text is not what its hash or its row says, or not canonical. */
  | 'entry_altered'
  /** An entry does not name the hash of the one before it. */
  | 'link_broken'
  /** The entry before one, or the one that raised a concern, is gone. */
  | 'entry_missing'
  /** Tiles and positions do not give the root that was signed last. */
  | 'tree_altered'
  /** The last checkpoint is not signed by a key of ours, or not what its row says. */
  | 'checkpoint_altered'
  /** A key that signs is not in the secrets folder, not whole, open to others, or another log's. */
  | 'key_missing'
  /** The database does not know the checkpoint that was published last: it was put back, and nobody declared it. */
  | 'rolled_back'

/** Nothing is signed over a log that does not hold: this stops the batch. `entry` is the entry's id, null where it is about none. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused'
  readonly code: LogFault
  readonly entry: string | null

  constructor(code: LogFault, entry: string | null = null) {
    super(entry === null ? code : `${code} ${entry}`)
    this.code = code
    this.entry = entry
  }
}
