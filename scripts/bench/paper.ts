/** How figures are printed. */
export function title(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

export function line(name: string, value: string): void {
  process.stdout.write(`  ${name.padEnd(44)} ${value}\n`)
}

export function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0)
}

export function perSecond(rate: number): string {
  return `${rate.toFixed(rate < 20 ? 1 : 0)}/s`
}

/** The value that this share of all is at or under; milliseconds in, text out. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function spread(samples: readonly number[]): string {
  const at = (share: number) => percentile(samples, share).toFixed(1)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`
}
