import { launcherMark } from './processes.ts'
import { serverPort, type Places } from './places.ts'

export interface ServerOptions {
  /** A port on 127.0.0.1 as well as the socket: for tests that stand in for an operator's server. */
  readonly port?: number
  /** False only in tests that never lose power: waits for no disk. */
  readonly durable?: boolean
}

/**
 * The server's settings, all on its command line: a file in the cluster could be changed and stay so. What a server may write down
 * about a person is decided here (`security.md` 4 and 7): no statement, no value, no time, and no commit times beyond a small log.
 */
export function serverArguments(places: Places, options: ServerOptions): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: options.port === undefined ? '' : '127.0.0.1',
    port: options.port ?? serverPort,
    unix_socket_directories: places.socketDir,
    unix_socket_permissions: '0700',
    max_connections: 100,
    shared_buffers: '128MB',
    // Commit times are kept by the write-ahead log for as long as it is kept: little of it, and none for replicas or archives.
    wal_level: 'minimal',
    max_wal_senders: 0,
    min_wal_size: '32MB',
    max_wal_size: '128MB',
    track_commit_timestamp: 'off',
    // Level `log` leaves out errors of statements, which quote what was sent; start-up failures are above it.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_statement: 'none',
    log_duration: 'off',
    log_min_duration_statement: -1,
    log_min_duration_sample: -1,
    log_transaction_sample_rate: 0,
    log_autovacuum_min_duration: -1,
    log_temp_files: -1,
    log_checkpoints: 'off',
    log_connections: 'off',
    log_disconnections: 'off',
    log_lock_waits: 'off',
    log_replication_commands: 'off',
    log_error_verbosity: 'terse',
    log_line_prefix: '',
    log_destination: 'stderr',
    logging_collector: 'off',
    lc_messages: 'C',
    timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : { fsync: 'on', synchronous_commit: 'on' }),
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', places.cluster, ...words, ...launcherMark()]
}
