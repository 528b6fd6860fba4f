import type { Request, Response } from 'express'
import { clearCookie, readCookie, setCookie } from '../../../http/index.ts'
import type { PeopleDeps } from '../people/deps.ts'

export type EnrolDeps = Pick<PeopleDeps, 'people' | 'settings'>

/** The link's secret and how far its holder has come: two cookies that live as long as the browser, or an hour. */
const linkCookie = 'link'
const draftCookie = 'enrol'
/** Shown on the last page, when there is no session and no link any more. */
const fingerprintCookie = 'enrolled'
const hour = 3600

export const secretOf = (request: Request): string => readCookie(request, linkCookie) ?? ''
export const draftOf = (request: Request): string => readCookie(request, draftCookie) ?? ''
export const enrolledAs = (request: Request): string => readCookie(request, fingerprintCookie) ?? ''

export function keepSecret(response: Response, secret: string): void {
  setCookie(response, linkCookie, secret, { maxAgeSeconds: hour })
  clearCookie(response, draftCookie)
  clearCookie(response, fingerprintCookie)
}

export function keepDraft(response: Response, draft: string): void {
  setCookie(response, draftCookie, draft, { maxAgeSeconds: hour })
}

/** The link is used up: nothing of it stays in the browser but the fingerprint to read out, which everybody may know. */
export function putAway(response: Response, fingerprint: string): void {
  clearCookie(response, linkCookie)
  clearCookie(response, draftCookie)
  setCookie(response, fingerprintCookie, fingerprint, { maxAgeSeconds: hour })
}
