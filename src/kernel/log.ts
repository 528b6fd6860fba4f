import winston from 'winston'

/**
 * Every line the processes may print, with the fields each may carry. A line is a code and these numbers or codes, never an
 * address, agent, path, query, body, claim, name or database message: nothing here can describe a reporter (P2).
 */
const logEvents = {
  starting: ['mode'],
  listening: ['port', 'milliseconds'],
  database_started: ['milliseconds'],
  migrations_applied: ['count'],
  stopping: ['signal'],
  stopped: [],
  request_failed: ['code', 'requestId'],
  reporter_requests_failed: ['code', 'count'],
  internal_error: ['where', 'kind', 'requestId'],
  intake_closed: ['reason'],
  one_guardian: [],
  duty_key_missing: [],
  job_done: ['job', 'count'],
  job_failed: ['job', 'kind'],
  log_refused: ['code', 'entry'],
  witness_failed: ['kind', 'count'],
  mail_failed: ['kind', 'count'],
  mail_given_up: ['count'],
  worker_started: [],
  sample_concerns_added: ['count'],
} as const satisfies Record<string, readonly string[]>

export type LogEvent = keyof typeof logEvents
type FieldsOf<E extends LogEvent> = { readonly [Field in (typeof logEvents)[E][number]]?: string | number }

export interface Log {
  <E extends LogEvent>(event: E, fields?: FieldsOf<E>): void
}

/** Lines as JSON on standard output. Fields not on the list above are dropped even where a cast let them through. */
export function createLog(silent = false): Log {
  const logger = winston.createLogger({
    silent,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console()],
  })
  return (event, fields = {}) => {
    const allowed: readonly string[] = logEvents[event]
    const kept = Object.entries(fields).filter(([name]) => allowed.includes(name))
    logger.info(event, Object.fromEntries(kept))
  }
}
