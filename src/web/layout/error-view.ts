import type { ErrorPage } from '../../http/index.ts'
import { plural } from './language.ts'
import type { words as english } from './words.en.ts'

export interface ErrorView {
  readonly heading: string
  readonly detail: string
  readonly faults: readonly string[]
  readonly wait: string | null
  readonly links: readonly { readonly href: string; readonly text: string }[]
  /** Shown for faults of ours only: it is the one thing in the log that belongs to this request. */
  readonly reference: string | null
}

/** What an error page says and where it leads; `home` is where the reader starts. */
export function errorView(error: ErrorPage, common: typeof english, language: string, home: string): ErrorView {
  const words = common.errorPage
  const startAgain = { href: home, text: words.startAgain }
  const links = {
    missing: [startAgain],
    again: [startAgain],
    refused: [startAgain],
    sign_in: [{ href: '/sign-in', text: words.signIn }],
    wait: [],
    closed: [{ href: '/help', text: words.otherWays }],
    fault: [startAgain, { href: '/help', text: words.otherWays }],
  }[error.kind]
  return {
    heading: error.title,
    detail: error.detail,
    faults: (error.errors ?? []).map((fault) => fault.detail),
    wait: error.retryAfterSeconds === null ? null : waitInWords(error.retryAfterSeconds, words, language),
    links,
    reference: error.kind === 'fault' ? (error.instance.split(':').at(-1) ?? null) : null,
  }
}

function waitInWords(seconds: number, words: (typeof english)['errorPage'], language: string): string {
  if (seconds < 120) return plural(language, seconds, words.waitSeconds)
  return plural(language, Math.ceil(seconds / 60), words.waitMinutes)
}
