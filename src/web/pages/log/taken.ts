import type { Writable } from 'node:stream'
import type { Request, Response } from 'express'
import type { StaffContext } from '../../../accounts/index.ts'
import { formFields, redirect } from '../../../http/index.ts'
import { askAgain } from '../../staff/code.ts'
import { withFreshCode } from '../../staff/step-up.ts'
import type { LogPageDeps } from './deps.ts'

interface Taken {
  readonly fileName: string
  write(to: Writable): Promise<void>
}

/** Answers a form with a zip, where the code is right or was given lately; else leads back to the page that asks for it. */
export async function giveTaken(
  request: Request,
  response: Response,
  { staffContext, accounts }: Pick<LogPageDeps, 'staffContext' | 'accounts'>,
  page: string,
  take: (ctx: StaffContext) => Promise<Taken>,
): Promise<void> {
  let taken: Taken
  try {
    taken = await take(await withFreshCode(accounts, staffContext(response), formFields(request).one('otp')))
  } catch (error) {
    return redirect(response, askAgain(error, page))
  }
  response.attachment(taken.fileName).type('application/zip')
  await taken.write(response).catch((error: unknown) => {
    // Half a zip must not end as a whole one; a reader who went away is no fault of ours
    response.destroy()
    if (!response.headersSent) throw error
  })
}
