import { spawn } from 'node:child_process'
import type { Mailer, MailFault } from './mailer.ts'

/** The operator's own way to text messages and pagers. */
export type CallWay = { readonly kind: 'command'; readonly path: string } | { readonly kind: 'webhook'; readonly url: () => string }

/**
 * The way to who is on call, for a fixed text to one number. A command gets both as lines of its input and nothing else, neither arguments nor our
 * environment; a webhook gets them as JSON (`to`, `text`), and is not followed elsewhere. Exit 0 or an answer of 2xx means that it was taken.
 */
export function createCaller(way: CallWay, patience = 10_000): Mailer {
  return {
    send: ({ address, message }) =>
      way.kind === 'command' ? runCommand(way.path, address, message, patience) : postTo(way.url(), address, message, patience),
  }
}

function runCommand(path: string, number: string, text: string, patience: number): Promise<MailFault | null> {
  return new Promise((resolve) => {
    const child = spawn(path, [], {
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: patience,
      killSignal: 'SIGKILL',
    })
    child.on('error', () => resolve('unreachable'))
    child.on('close', (code) => resolve(code === 0 ? null : 'letter_refused'))
    // A program that does not read is judged by how it ends
    child.stdin.on('error', () => {})
    child.stdin.end(`${number}\n${text}\n`)
  })
}

async function postTo(url: string, number: string, text: string, patience: number): Promise<MailFault | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: number, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    await answer.body?.cancel()
    if (answer.status === 401 || answer.status === 403) return 'login_refused'
    return answer.ok ? null : 'letter_refused'
  } catch {
    return 'unreachable'
  }
}
