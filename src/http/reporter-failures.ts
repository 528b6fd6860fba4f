import type { ErrorCode, Log } from '../kernel/index.ts'

const hour = 3_600_000

/**
 * Failures of reporters' requests, told once an hour as a count by code: an operator sees that something is wrong, and no line dates what
 * somebody sent (P2).
 */
export function createReporterFailures(log: Log): (code: ErrorCode) => void {
  const counts = new Map<ErrorCode, number>()
  setInterval(() => {
    for (const [code, count] of counts) log('reporter_requests_failed', { code, count })
    counts.clear()
  }, hour).unref()
  return (code) => void counts.set(code, (counts.get(code) ?? 0) + 1)
}
