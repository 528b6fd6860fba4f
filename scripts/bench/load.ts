import { keptOpen, send, type PlainAnswer } from '../../test/support/process-http.ts'

export interface Load {
  readonly origin: string
  readonly clients: number
  readonly seconds: number
  /** The next thing to send, by its place in the run. */
  readonly next: (place: number) => { readonly path: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  readonly wanted: number
}

export interface Loaded {
  readonly answers: readonly PlainAnswer[]
  readonly failures: readonly string[]
  /** Answers as wanted, a second. */
  readonly rate: number
  readonly milliseconds: readonly number[]
}

/**
 * Closed loop: each client sends its next request when the last is answered. Clients call from addresses of their own where the system has
 * them (all of 127.0.0.0/8 on Linux): one address alone would meet the cap that keeps a flood to itself.
 */
export async function load({ origin, clients, seconds, next, wanted }: Load): Promise<Loaded> {
  const agent = keptOpen()
  const answers: PlainAnswer[] = []
  const failures: string[] = []
  const milliseconds: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let place = 0
  const client = async (number: number): Promise<void> => {
    const from = process.platform === 'linux' ? { from: `127.0.0.${2 + number}` } : {}
    while (performance.now() < end) {
      const { path, ...rest } = next(place++)
      const sent = performance.now()
      const answer = await send(origin, path, { ...rest, ...from, agent }).catch(
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      )
      if (typeof answer !== 'string' && answer.status === wanted) {
        answers.push(answer)
        milliseconds.push(performance.now() - sent)
      } else failures.push(typeof answer === 'string' ? answer : String(answer.status))
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  const spent = (performance.now() - began) / 1000
  agent.destroy()
  return { answers, failures, rate: answers.length / spent, milliseconds }
}
