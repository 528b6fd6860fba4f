import type { Request, Response } from 'express'
import { clearCookie, readCookie, setCookie } from '../../../http/index.ts'

/** Where codes wait on screen until they are handed over. */
export const handOverHref = '/concerns/new/cards'

/**
 * The secrets of codes that wait to be handed over, newest first, in one cookie: a reload shows a card again, and its address says nothing.
 * The receipts they open are for their recorder alone.
 */
const cookie = 'cards'
const most = 5

export function heldCodes(request: Request): readonly string[] {
  return (readCookie(request, cookie) ?? '').split('~').filter((key) => /^[\w-]{22,64}$/.test(key))
}

export function holdCodes(request: Request, response: Response, key: string): void {
  keep(response, [key, ...heldCodes(request).filter((other) => other !== key)].slice(0, most))
}

export function letGo(request: Request, response: Response, gone: string): void {
  keep(
    response,
    heldCodes(request).filter((key) => key !== gone),
  )
}

function keep(response: Response, keys: readonly string[]): void {
  if (keys.length === 0) clearCookie(response, cookie)
  else setCookie(response, cookie, keys.join('~'))
}
