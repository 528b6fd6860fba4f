import type { Request, Response } from 'express'
import { clearCookie, readCookie, setCookie } from '../../http/index.ts'
import { inboxSteps, steps } from './steps.ts'

/** How far a draft has come after Send: the code is on show, written down, or checked. */
export type Progress = 'open' | 'written_down' | 'checked'

/** What a reporter's one cookie holds: the key of a draft, of an open inbox, of a new code not yet written down. */
export interface HeldKeys {
  readonly draft: { readonly key: string; readonly progress: Progress } | null
  readonly inbox: string | null
  readonly renewal: string | null
}

const cookie = 'draft'
const marks = { open: 'd', written_down: 'w', checked: 'c' } as const satisfies Record<Progress, string>
const progressOf = new Map(Object.entries(marks).map(([progress, mark]) => [mark as string, progress as Progress]))

/** Keys are base64url, so `~` and `.` never stand in one. */
export function readHeldKeys(request: Request): HeldKeys {
  const parts = (readCookie(request, cookie) ?? '').split('~').flatMap((part) => {
    const match = /^([dwcin])\.([\w-]{16,200})$/.exec(part)
    return match === null ? [] : [{ mark: match[1] ?? '', key: match[2] ?? '' }]
  })
  const draft = parts.flatMap(({ mark, key }) => {
    const progress = progressOf.get(mark)
    return progress === undefined ? [] : [{ key, progress }]
  })
  const keyAt = (wanted: string) => parts.find(({ mark }) => mark === wanted)?.key ?? null
  return { draft: draft[0] ?? null, inbox: keyAt('i'), renewal: keyAt('n') }
}

/** Keeps these keys and no others; with none the cookie goes. It dies with the browser at the latest. */
export function holdKeys(response: Response, held: HeldKeys): void {
  const parts = [
    ...(held.draft === null ? [] : [`${marks[held.draft.progress]}.${held.draft.key}`]),
    ...(held.inbox === null ? [] : [`i.${held.inbox}`]),
    ...(held.renewal === null ? [] : [`n.${held.renewal}`]),
  ]
  if (parts.length === 0) clearCookie(response, cookie)
  else setCookie(response, cookie, parts.join('~'))
}

/** Where Back leads from a page that can be opened from anywhere, such as help: to what this browser has open, else to the start. */
export function wayBack(request: Request): string {
  const { draft, inbox } = readHeldKeys(request)
  if (draft !== null) return steps.check
  return inbox === null ? steps.start : inboxSteps.thread
}
